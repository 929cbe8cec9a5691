package recovery

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
	"herald/feeds"
	"herald/sitemap"
	"herald/source/feed"
	"herald/source/text"
	"herald/source/weburl"
)

// standing is what the documents of ours that stand say, when the ledger is lost.
type standing struct {
	recovery *Recovery
	articles map[string]*ledger.Article // by URL
	order    []string                   // URLs as the sitemap lists them: the oldest first
	site     string                     // site.url that they were made for; "": they do not tell
	minted   []feed.Item                // of Atom, whose ids are tag: URIs
	feedIDs  map[string]string          // by the feed's name
	values   []ledger.Value             // that feeds stand for, with their slugs
	key      string
	index    bool
	leaves   []ledger.Receipt // of the children of the index, and of archive documents
	read     map[string]bool  // archive documents, by path

	published, updated map[int64]*int64 // the feed times of articles, by their values: no two may share one
}

// read reads what stands at our paths and bears our mark.
func (r *Recovery) read(ctx context.Context) (*standing, error) {
	s := &standing{
		recovery: r, articles: map[string]*ledger.Article{}, feedIDs: map[string]string{}, published: map[int64]*int64{}, updated: map[int64]*int64{}, read: map[string]bool{},
	}
	for _, f := range r.config.Feeds {
		for _, path := range f.Paths {
			if f.Each != "" {
				if err := s.feedsOfValues(ctx, f, path); err != nil {
					return nil, err
				}
				continue
			}
			if _, err := s.feed(ctx, path, func(string) string { return f.Name }); err != nil {
				return nil, err
			}
		}
	}
	if err := s.sitemap(ctx, r.config.Sitemap, ""); err != nil {
		return nil, err
	}
	s.date()
	s.site = cmp.Or(s.site, s.siteOf())
	if len(s.articles) > 0 {
		r.config.Log.Info("no state, but published documents stand: ids and dates are recovered from them", "articles", len(s.articles))
	}
	return s, s.findKey(ctx)
}

// document returns a standing document, nil if there is none. What stands in its place and cannot be read shows nothing: it is
// somebody else's, which publishing holds.
func (r *Recovery) document(ctx context.Context, path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	name, err := r.config.Placement.Site.FilePath(path)
	if err != nil {
		return nil, err
	}
	doc, err := r.config.Sink.Read(ctx, name, publish.MaxDocument)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case errors.Is(err, publish.ErrNotFile), errors.Is(err, publish.ErrTooLarge):
		r.config.Log.Warn("no state, and a document that may show ids and dates cannot be read", "document", name, "cause", err)
		return nil, nil
	}
	return doc, err
}

func (s *standing) article(url string) *ledger.Article {
	if s.articles[url] == nil {
		s.articles[url] = ledger.NewRecovered(url, s.recovery.now())
	}
	return s.articles[url]
}

// show returns an article a feed time that a document shows: the latest of its own. Where documents show one time of two
// articles (one moved when they were made, or somebody edited them) the article that is read later has it.
func show(times map[int64]*int64, at *int64, shown time.Time) {
	ms := ledger.Millis(shown)
	if ms <= *at {
		return
	}
	if other := times[ms]; other != nil {
		*other = 0
	}
	delete(times, *at)
	*at, times[ms] = ms, at
}

// feed reads a document of a feed, whose name is told by its title; "": it is not known. It reports whether it stands.
func (s *standing) feed(ctx context.Context, path string, named func(title string) string) (stands bool, err error) {
	doc, err := s.recovery.document(ctx, path)
	if err != nil || doc == nil {
		return false, err
	}
	d, err := feed.Parse(doc)
	if err != nil || !d.Ours {
		return false, nil // not ours: publishing holds it
	}
	if name := named(d.Title); name != "" && d.ID != "" {
		s.feedIDs[name] = d.ID
	}
	if site, err := weburl.ParseSite(d.Link); err == nil {
		s.site = site.String()
	}
	for _, item := range d.Items {
		if d.Format == feed.Atom && strings.HasPrefix(item.ID, "tag:") {
			s.minted = append(s.minted, item)
		}
		a := s.article(item.URL)
		a.Shown.Title, a.Shown.Summary = cmp.Or(item.Title, a.Shown.Title), cmp.Or(item.Summary, a.Shown.Summary)
		// RSS and JSON Feed hold ids verbatim, Atom only what is an IRI.
		if item.ID != "" && (a.Shown.ID == "" || d.Format != feed.Atom) {
			a.Shown.ID = item.ID
		}
		show(s.published, &a.FeedPublished, item.Published)
		show(s.updated, &a.FeedUpdated, item.Updated)
		a.Published = max(a.Published, ledger.Millis(item.Published))
	}
	return true, s.archive(ctx, d, named)
}

// archive reads the archive document that a document of a feed names, and so all that are older.
func (s *standing) archive(ctx context.Context, d *feed.Document, named func(title string) string) error {
	path, ours := strings.CutPrefix(d.Older, cmp.Or(s.site, s.recovery.site()))
	if !ours || d.Older == "" || s.read[path] {
		return nil
	}
	s.read[path] = true
	doc, err := s.recovery.document(ctx, path)
	if err != nil || doc == nil {
		return err
	}
	name, err := s.recovery.config.Placement.Site.FilePath(path)
	if err != nil {
		return err
	}
	s.leaves = append(s.leaves, ledger.Receipt{
		Path: name, Kind: ledger.KindArchive + string(d.Format), MediaType: feeds.Kind(d.Format).MediaType(), Body: sha256.Sum256(doc), Size: int64(len(doc)),
		Changed: s.recovery.now(),
	})
	_, err = s.feed(ctx, path, named)
	return err
}

// sitemap reads the sitemap at path; shard is what the index calls it, "" the index itself.
func (s *standing) sitemap(ctx context.Context, path, shard string) error {
	doc, err := s.recovery.document(ctx, path)
	if err != nil || doc == nil {
		return err
	}
	urls, children, ours, err := sitemap.Read(doc)
	if err != nil || !ours {
		return nil
	}
	if shard != "" {
		if err := s.child(path, doc); err != nil {
			return err
		}
	}
	for _, u := range urls {
		if shard == "pages" || strings.HasPrefix(shard, "pages-") {
			break // they are no articles
		}
		a := s.article(u.Loc)
		a.Updated, a.FirstSight, a.Shard = ledger.Millis(u.LastMod), u.LastMod.IsZero(), shard
		s.order = append(s.order, u.Loc)
	}
	for _, child := range children {
		s.index = true
		if stem, _ := sitemap.ChildParts(s.recovery.config.Sitemap); s.site == "" {
			s.site = child.Loc[:max(0, strings.LastIndex(child.Loc, stem))]
		}
		local := strings.TrimPrefix(child.Loc, cmp.Or(s.site, s.recovery.site()))
		name, ours := sitemap.ChildName(s.recovery.config.Sitemap, local)
		if _, err := s.recovery.config.Placement.Site.FilePath(local); !ours || shard != "" || err != nil {
			continue
		}
		if err := s.sitemap(ctx, local, name); err != nil {
			return err
		}
	}
	return nil
}

// child returns a standing child of the index a receipt: it bears our mark, and goes where nothing
// stands for it any more.
func (s *standing) child(path string, doc []byte) error {
	name, err := s.recovery.config.Placement.Site.FilePath(path)
	s.leaves = append(s.leaves, ledger.Receipt{
		Path: name, Kind: ledger.KindSitemapChild, MediaType: sitemap.MediaType, Body: sha256.Sum256(doc), Size: int64(len(doc)), Changed: s.recovery.now(),
	})
	return err
}

// findKey takes up a standing IndexNow key: a file that holds nothing but its own name.
func (s *standing) findKey(ctx context.Context) error {
	names, err := s.recovery.config.Sink.Names(".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		key, isText := strings.CutSuffix(name, ".txt")
		if !isText || !text.IsIndexNowKey(key) {
			continue
		}
		if body, err := s.recovery.config.Sink.Read(ctx, name, 256); err == nil && string(bytes.TrimSpace(body)) == key {
			s.key = key
			return nil
		}
	}
	return nil
}
