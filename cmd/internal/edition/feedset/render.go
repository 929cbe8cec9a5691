package feedset

import (
	"bytes"
	"cmp"
	"fmt"

	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/cmd/internal/publish"
	"herald/feeds"
	"herald/source"
	"herald/source/weburl"
)

// head returns all of a feed but its items.
func (s *Set) head(tx *ledger.Tx, f Feed, known ledger.Feed) (*feeds.Feed, error) {
	site, url := s.config.Site, s.config.Placement.Site
	head := &feeds.Feed{
		Title: cmp.Or(f.Title, site.Title), Description: cmp.Or(f.Description, site.Description),
		Language: site.Language, Copyright: site.Copyright, Author: site.Author, Hubs: s.config.Hubs, Content: f.Content, Bytes: cmp.Or(f.Bytes, publish.MaxDocument), Self: map[feeds.Kind]string{},
	}
	var err error
	if head.Authority, err = tx.Meta(ledger.MetaAuthority); err != nil {
		return nil, err
	}
	if head.Link, err = url.Join("/"); err != nil {
		return nil, err
	}
	if site.Image != "" {
		if head.Image, err = url.Join(site.Image); err != nil {
			return nil, fmt.Errorf("site.image: %w", err)
		}
	}
	for _, format := range s.list.Formats(f) {
		if head.Self[format.Kind], err = url.Join(f.Paths[format.Kind]); err != nil {
			return nil, err
		}
	}
	if head.ID, err = s.id(f, known); err != nil {
		return nil, err
	}
	if head.Podcast, err = s.podcast(tx, f, head.Self[feeds.RSS]); err != nil {
		return nil, err
	}
	s.forPeople(head, f)
	pages, err := s.pagesOf(tx, f)
	if err != nil {
		return nil, err
	}
	head.History, err = s.history(f, pages)
	return head, err
}

// podcastKey names the guid of a podcast, which is for ever.
func podcastKey(f Feed) string { return "podcast " + f.Name }

// podcast returns what directories are told of a feed whose RSS stands at a URL.
func (s *Set) podcast(tx *ledger.Tx, f Feed, rss string) (*feeds.Podcast, error) {
	if f.Podcast == nil || rss == "" {
		return nil, nil
	}
	known, err := tx.Meta(podcastKey(f))
	if err != nil {
		return nil, err
	}
	p := &feeds.Podcast{GUID: cmp.Or(known, feeds.PodcastGUID(rss)), Category: f.Podcast.Category, Explicit: f.Podcast.Explicit, Owner: f.Podcast.Owner}
	if f.Podcast.Image != "" {
		p.Image, err = s.config.Placement.Site.Join(f.Podcast.Image)
		if weburl.IsIRI(f.Podcast.Image) {
			p.Image, err = weburl.Normal(f.Podcast.Image)
		}
	}
	return p, err
}

// recordPodcast keeps the guid of a podcast.
func (s *Set) recordPodcast(tx *ledger.Tx, f Feed) error {
	if f.Podcast == nil || f.Paths[feeds.RSS] == "" {
		return nil
	}
	url, err := s.config.Placement.Site.Join(f.Paths[feeds.RSS])
	if err != nil {
		return err
	}
	p, err := s.podcast(tx, f, url)
	if err != nil || p == nil {
		return err
	}
	return tx.SetMeta(podcastKey(f), p.GUID)
}

// forPeople adds what the page of a feed shows beside the feed.
func (s *Set) forPeople(head *feeds.Feed, f Feed) {
	if head.Self[feeds.Page] == "" {
		return
	}
	head.Site, head.Zone = s.config.Site.Title, s.config.Placement.Zone
	if f.Name != feedlist.Main {
		return
	}
	for _, other := range s.all {
		if other.Name != f.Name {
			head.Others = append(head.Others, feeds.Other{Title: cmp.Or(other.Title, s.config.Site.Title), Self: s.urls(other)})
		}
	}
}

// urls returns the URLs of the documents of a feed; a path that joins no URL is left out, for it has no document either.
func (s *Set) urls(f Feed) map[feeds.Kind]string {
	urls := map[feeds.Kind]string{}
	for _, format := range s.list.Formats(f) {
		if url, err := s.config.Placement.Site.Join(f.Paths[format.Kind]); err == nil {
			urls[format.Kind] = url
		}
	}
	return urls
}

// id returns the id of a feed: the one that is known, else the URL of its Atom, or of the first document that there is.
func (s *Set) id(f Feed, known ledger.Feed) (string, error) {
	if known.GUID != "" {
		return known.GUID, nil
	}
	path := f.Paths[feeds.Atom]
	for _, format := range s.list.Formats(f) {
		path = cmp.Or(path, f.Paths[format.Kind])
	}
	return s.config.Placement.Site.Join(path)
}

// render writes one document of a feed.
func (s *Set) render(tx *ledger.Tx, f Feed, known ledger.Feed, format feeds.Format) ([]byte, error) {
	w, err := s.windowOf(tx, f)
	if err != nil {
		return nil, err
	}
	head, err := s.head(tx, f, known)
	if err != nil {
		return nil, err
	}
	head.Updated = ledger.Time(w.updated)
	head.Deleted = w.deleted(format)
	return s.written(tx, f, *head, w, s.bodies, format)
}

// deleted returns what a document says has left the feed.
func (w *window) deleted(format feeds.Format) (all []feeds.Deleted) {
	if format.Kind != feeds.Atom {
		return nil
	}
	for _, g := range w.gone {
		all = append(all, feeds.Deleted{ID: g.GUID, Published: ledger.Time(g.FeedPublished), When: ledger.Time(g.LeftAt)})
	}
	return all
}

// written returns a document that shows a window behind a head.
func (s *Set) written(tx *ledger.Tx, f Feed, whole feeds.Feed, w *window, bodies *bodyCache, format feeds.Format) ([]byte, error) {
	for _, row := range w.rows {
		a, err := s.item(tx, f, row, w.links[row.ID], bodies)
		if err != nil {
			return nil, err
		}
		whole.Items = append(whole.Items, a)
	}
	var out bytes.Buffer
	err := format.Write(&out, &whole)
	return out.Bytes(), err
}

// item returns a row as an article of a feed; named is what the links in its body name.
func (s *Set) item(tx *ledger.Tx, f Feed, row *ledger.Article, named []links.Answer, bodies *bodyCache) (*source.Article, error) {
	said := row.Shown
	a := &source.Article{
		Key: row.Key, Place: said.Place, ID: row.GUID, URL: row.URL, Canonical: said.Canonical, Title: said.Title,
		Summary: said.Summary, Image: row.Image, Language: said.Language, Authors: said.Authors, Categories: said.Categories, Tags: said.Tags,
		Alternates: said.Alternates, Episode: said.Episode, Origin: said.Origin, Published: ledger.Time(row.FeedPublished), Updated: ledger.Time(row.FeedUpdated),
	}
	for _, enclosure := range said.Enclosures {
		if enclosure.URL = weburl.Resolve(row.URL, enclosure.URL); enclosure.URL != "" {
			a.Enclosures = append(a.Enclosures, enclosure)
		}
	}
	if !needsBody(f, row) {
		return a, nil
	}
	body, err := bodies.of(tx, row, named)
	if err != nil {
		return nil, err
	}
	a.Summary = cmp.Or(a.Summary, body.summary)
	if f.Content == feeds.Full {
		a.Content = body.content
	}
	return a, nil
}
