package edition

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"herald/cmd/internal/ledger"
	"herald/feeds"
	"herald/source"
)

// shown is what the default feed shows at one moment.
type shown struct {
	rows    []*ledger.Article
	updated int64
	oldest  int64 // feed time of the last row; 0: there is room for more
}

// bodied reports whether the feed's documents need the article's body.
func (e *Edition) bodied(row *ledger.Article) bool {
	return e.Feed.Content == feeds.Full || e.Feed.Content == feeds.Summary && row.Said.Summary == ""
}

// show selects the newest articles whose bodies can be had.
func (e *Edition) show(tx *ledger.Tx) (*shown, error) {
	s := &shown{}
	var candidates []*ledger.Article
	err := tx.Newest(2*e.Feed.Items, func(row *ledger.Article) error {
		candidates = append(candidates, row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, row := range candidates {
		if e.bodied(row) {
			found, err := tx.HasBody(row.ID, row.Words)
			if err != nil {
				return nil, err
			}
			if !found {
				continue
			}
		}
		s.rows = append(s.rows, row)
		s.updated = max(s.updated, row.FeedUpdated)
		if len(s.rows) == e.Feed.Items {
			s.oldest = row.FeedPublished
			break
		}
	}
	left, err := tx.LeftSince(s.oldest)
	s.updated = max(s.updated, left)
	return s, err
}

// feedDocuments gives the documents of the default feed.
func (e *Edition) feedDocuments(tx *ledger.Tx) ([]*document, error) {
	if e.Feed == nil {
		return nil, nil
	}
	s, err := e.show(tx)
	if err != nil {
		return nil, err
	}
	head, err := e.feedHead(tx)
	if err != nil {
		return nil, err
	}
	head.Updated = ledger.Time(s.updated)
	type said struct {
		ID, Published, Updated int64
		GUID, URL, Digest      string
	}
	items := make([]said, len(s.rows))
	for i, r := range s.rows {
		items[i] = said{r.ID, r.FeedPublished, r.FeedUpdated, r.GUID, r.URL, r.Digest.String()}
	}
	var docs []*document
	for _, f := range []struct {
		kind  feeds.Kind
		path  string
		write func(io.Writer, *feeds.Feed) error
	}{{feeds.RSS, e.Feed.RSS, feeds.WriteRSS}, {feeds.Atom, e.Feed.Atom, feeds.WriteAtom}, {feeds.JSON, e.Feed.JSON, feeds.WriteJSON}} {
		if f.path == "" {
			continue
		}
		d, err := e.place(&document{
			kind: string(f.kind), mediaType: f.kind.MediaType(), inputs: inputsOf(string(f.kind), head, items), oldest: s.oldest,
			render: func(tx *ledger.Tx) ([]byte, error) { return e.renderFeed(tx, head, s.rows, f.write) },
			check:  func(doc []byte) error { return feeds.Check(f.kind, doc, []string{e.Site.URL.Host()}) },
		}, f.path)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// feedHead fills in all of the feed but its items.
func (e *Edition) feedHead(tx *ledger.Tx) (*feeds.Feed, error) {
	f := &feeds.Feed{
		Title: first(e.Feed.Title, e.Site.Title), Description: first(e.Feed.Description, e.Site.Description),
		Language: e.Site.Language, Copyright: e.Site.Copyright, Author: e.Site.Author, Hubs: e.Notify.Hubs, Content: e.Feed.Content,
	}
	var err error
	if f.ID, err = tx.Meta(metaFeedID); err != nil {
		return nil, err
	}
	if f.Authority, err = tx.Meta(metaAuthority); err != nil {
		return nil, err
	}
	if f.Link, err = e.Site.URL.Join("/"); err != nil {
		return nil, err
	}
	if e.Site.Image != "" {
		if f.Image, err = e.Site.URL.Join(e.Site.Image); err != nil {
			return nil, fmt.Errorf("site.image: %w", err)
		}
	}
	for path, url := range map[string]*string{e.Feed.RSS: &f.RSS, e.Feed.Atom: &f.Atom, e.Feed.JSON: &f.JSON} {
		if path == "" {
			continue
		}
		if *url, err = e.Site.URL.Join(path); err != nil {
			return nil, err
		}
	}
	if f.ID == "" {
		f.ID = first(f.Atom, f.RSS, f.JSON)
	}
	return f, nil
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func (e *Edition) renderFeed(tx *ledger.Tx, head *feeds.Feed, rows []*ledger.Article, write func(io.Writer, *feeds.Feed) error) ([]byte, error) {
	f := *head
	kept := make(map[int64]rendered, len(rows))
	for _, row := range rows {
		a, err := e.item(tx, row)
		if err != nil {
			return nil, err
		}
		f.Items = append(f.Items, a)
		if r, ok := e.rendered[row.ID]; ok {
			kept[row.ID] = r
		}
	}
	e.rendered = kept
	var out bytes.Buffer
	err := write(&out, &f)
	return out.Bytes(), err
}

// item renders an article for a feed.
func (e *Edition) item(tx *ledger.Tx, row *ledger.Article) (*source.Article, error) {
	said := row.Said
	a := &source.Article{
		Key: row.Key, Place: said.Place, ID: row.GUID, URL: row.URL, Canonical: said.Canonical, Title: said.Title,
		Summary: said.Summary, Image: row.Image, Language: said.Language, Authors: said.Authors, Categories: said.Categories, Tags: said.Tags,
		Alternates: said.Alternates, Published: ledger.Time(row.FeedPublished), Updated: ledger.Time(row.FeedUpdated),
	}
	for _, enclosure := range said.Enclosures {
		if enclosure.URL = source.Resolve(row.URL, enclosure.URL); enclosure.URL != "" {
			a.Enclosures = append(a.Enclosures, enclosure)
		}
	}
	if !e.bodied(row) {
		return a, nil
	}
	body, err := e.body(tx, row)
	if err != nil {
		return nil, err
	}
	if a.Summary == "" {
		a.Summary = body.summary
	}
	if e.Feed.Content == feeds.Full {
		a.Content = body.content
	}
	return a, nil
}

// rendered is an article's body as safe HTML, and the summary cut from it.
type rendered struct {
	digest           source.Digest
	content, summary string
}

// body renders an article's body, once for all formats and until it changes.
func (e *Edition) body(tx *ledger.Tx, row *ledger.Article) (rendered, error) {
	if r, ok := e.rendered[row.ID]; ok && r.digest == row.Digest {
		return r, nil
	}
	body, _, err := tx.Body(row.ID, row.Words)
	if err != nil {
		return rendered{}, err
	}
	r := rendered{digest: row.Digest, content: source.Render(body, row.URL)}
	if row.Said.Summary == "" {
		r.summary = source.Summarize(r.content)
	}
	if e.rendered == nil {
		e.rendered = map[int64]rendered{}
	}
	e.rendered[row.ID] = r
	return r, nil
}

// fetch loads the bodies that the feed needs and the ledger does not keep: of what it shows, and
// of as many that would move up next. One whose words are no longer the row's is not taken.
func (e *Edition) fetch(ctx context.Context) error {
	if e.Feed == nil {
		return nil
	}
	var wanted []*ledger.Article
	err := e.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		var newest []*ledger.Article
		if err := tx.Newest(2*e.Feed.Items, func(row *ledger.Article) error { newest = append(newest, row); return nil }); err != nil {
			return err
		}
		for _, row := range newest {
			found, err := tx.HasBody(row.ID, row.Words)
			if err != nil {
				return err
			}
			if !found && e.bodied(row) {
				wanted = append(wanted, row)
			}
		}
		return nil
	})
	if err != nil || len(wanted) == 0 {
		return err
	}
	bodies := map[int64]*source.Article{}
	for _, row := range wanted {
		src, err := e.source(row.Source)
		if err != nil {
			continue
		}
		a, err := src.Source.Load(ctx, row.Key)
		if err != nil || a.Words != row.Words {
			e.Log.Warn("body not to be had now; the article stays out of full-content documents", "article", row.Said.Place, "cause", err)
			continue
		}
		bodies[row.ID] = a
	}
	return e.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		for id, a := range bodies {
			if err := tx.PutBody(id, a.Words, a.Body); err != nil {
				return err
			}
		}
		return tx.PruneBodies(ledger.Window{Newest: 2 * e.Feed.Items})
	})
}

// nowMillis is the moment of a publication, in whole seconds.
func (e *Edition) nowMillis() int64 { return ledger.Millis(e.Now().Truncate(time.Second)) }
