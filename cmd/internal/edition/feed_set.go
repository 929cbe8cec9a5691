package edition

import (
	"context"
	"fmt"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/feeds"
	"herald/source"
	"herald/source/feed"
)

// feedSet is the feeds, each in its formats.
type feedSet struct {
	config *Config
	bodies *bodyCache
}

func newFeedSet(c *Config) *feedSet {
	return &feedSet{config: c, bodies: &bodyCache{rendered: map[int64]renderedBody{}}}
}

// Kinds returns a kind for each format.
func (s *feedSet) Kinds() []Kind {
	var kinds []Kind
	for _, f := range s.config.Formats {
		kinds = append(kinds, s.kind(f))
	}
	return kinds
}

// kind is a format as a kind of documents. One of ours is a feed that bears our mark, in a format that is read by others
// too, or one that the gate of its format lets through.
func (s *feedSet) kind(f feeds.Format) Kind {
	return Kind{Name: string(f.Kind), MediaType: f.MediaType, Topic: true, Ours: func(_ string, body []byte) bool {
		parsed, err := feed.Parse(body)
		return err == nil && parsed.Ours || err != nil && s.check(f, body) == nil
	}}
}

// Documents returns every feed in each of its formats.
func (s *feedSet) Documents(tx *ledger.Tx) ([]*Document, error) {
	var docs []*Document
	shown := map[int64]bool{}
	for _, f := range s.config.Feeds {
		w, err := s.window(tx, f)
		if err != nil {
			return nil, err
		}
		for _, row := range w.rows {
			shown[row.ID] = true
		}
		some, err := s.formats(tx, f, w)
		if err != nil {
			return nil, err
		}
		docs = append(docs, some...)
	}
	s.bodies.keep(shown)
	return docs, nil
}

// window is what a feed shows at one moment.
type window struct {
	rows    []*ledger.Article
	links   map[int64][]links.Answer // what the links in the bodies that it shows name, by row
	updated int64                    // the newest change, the leaving of an article included
	oldest  int64                    // feed time of the last row that it can show; 0: there is room for all
	left    int64                    // when an article last left the feed and stayed public, or left with other terms
}

// candidates is how many of the newest articles a feed looks at: those that it shows, and as many that would
// move up next.
func (f Feed) candidates() int { return 2 * f.Items }

// needsBody reports whether the feed's documents need a row's body.
func (f Feed) needsBody(row *ledger.Article) bool {
	return f.Content == feeds.Full || f.Content == feeds.Summary && row.Shown.Summary == ""
}

// newest returns the newest articles of a feed, at most limit.
func (f Feed) newest(tx *ledger.Tx, limit int) ([]*ledger.Article, error) {
	var rows []*ledger.Article
	err := tx.NewestOf(f.Where, limit, func(row *ledger.Article) error { rows = append(rows, row); return nil })
	return rows, err
}

// window selects the newest articles of a feed whose bodies are there.
func (s *feedSet) window(tx *ledger.Tx, f Feed) (*window, error) {
	candidates, err := f.newest(tx, f.candidates())
	if err != nil {
		return nil, err
	}
	w := &window{}
	if len(candidates) == f.candidates() {
		w.oldest = candidates[len(candidates)-1].FeedPublished
	}
	for _, row := range candidates {
		if f.needsBody(row) {
			found, err := tx.HasBody(row.ID, row.ContentDigest)
			if err != nil {
				return nil, err
			}
			if !found {
				continue
			}
		}
		w.rows = append(w.rows, row)
		w.updated = max(w.updated, row.FeedUpdated)
		if len(w.rows) == f.Items {
			w.oldest = row.FeedPublished
			break
		}
	}
	left, err := tx.LeftSinceOf(f.Where, w.oldest)
	if err != nil {
		return nil, err
	}
	known, err := tx.Feed(f.Name)
	w.left = known.LeftAt
	w.updated = max(w.updated, left, w.left)
	return w, err
}

// findLinks finds what the links in the bodies that a feed shows name.
func (s *feedSet) findLinks(tx *ledger.Tx, f Feed, w *window) (err error) {
	w.links = map[int64][]links.Answer{}
	for _, row := range w.rows {
		if len(row.Shown.Refs) == 0 || !f.needsBody(row) {
			continue
		}
		if w.links[row.ID], err = s.config.Links.Of(tx, row); err != nil {
			return err
		}
	}
	return nil
}

// Due reports whether the filters of the feeds ask for other terms than are kept.
func (s *feedSet) Due(tx *ledger.Tx) (bool, error) {
	return tx.KeepsOtherTerms(s.config.Placement.TermKinds()...)
}

// Prepare keeps the terms that the filters of the feeds ask for.
func (s *feedSet) Prepare(tx *ledger.Tx) error {
	return tx.KeepTerms(s.config.Placement.TermKinds()...)
}

// holds reports whether a row stands in the window.
func (w *window) holds(row *ledger.Article) bool {
	return slices.ContainsFunc(w.rows, func(r *ledger.Article) bool { return r.ID == row.ID })
}

// concerns reports whether a change of a row may change the window: the feed picks it, and it is no older than the
// last row. Of a row that the feed picks no more, window.left tells.
func (f Feed) concerns(w *window, row *ledger.Article) bool {
	return row.FeedPublished >= w.oldest && row.In(f.Where)
}

// waits reports whether the feed should show a row in the window and has no body of it yet.
func (f Feed) waits(tx *ledger.Tx, w *window, row *ledger.Article) (bool, error) {
	if !row.InFeed || !f.needsBody(row) || row.FeedPublished < w.oldest || !row.In(f.Where) {
		return false, nil
	}
	found, err := tx.HasBody(row.ID, row.ContentDigest)
	return !found, err
}

// inputItem is what a feed's inputs say of a row.
type inputItem struct {
	ID, Published, Updated int64
	GUID, URL, Digest      string
	Links                  []string `json:",omitempty"` // the URLs that its links name, "" for those without one
}

// inputItem returns what the inputs of a feed say of a row that it shows.
func (w *window) inputItem(row *ledger.Article) inputItem {
	item := inputItem{ID: row.ID, Published: row.FeedPublished, Updated: row.FeedUpdated, GUID: row.GUID, URL: row.URL, Digest: row.Digest.String()}
	for _, a := range w.links[row.ID] {
		item.Links = append(item.Links, a.URL)
	}
	return item
}

// formats returns the documents of a feed.
func (s *feedSet) formats(tx *ledger.Tx, f Feed, w *window) ([]*Document, error) {
	head, err := s.head(tx, f)
	if err != nil {
		return nil, err
	}
	if err := s.findLinks(tx, f, w); err != nil {
		return nil, err
	}
	head.Updated = ledger.Time(w.updated)
	items := make([]inputItem, len(w.rows))
	for i, r := range w.rows {
		items[i] = w.inputItem(r)
	}
	var docs []*Document
	for _, format := range s.config.Formats {
		path := f.Paths[format.Kind]
		if path == "" {
			continue
		}
		d, err := Document{
			Kind: s.kind(format), Inputs: inputsOf(string(format.Kind), head, items), Holds: w.holds, LeftAt: w.left,
			Concerns: func(row *ledger.Article) bool { return f.concerns(w, row) },
			Waits:    func(tx *ledger.Tx, row *ledger.Article) (bool, error) { return f.waits(tx, w, row) },
			Render:   func(tx *ledger.Tx) ([]byte, error) { return s.render(tx, f, head, w, format) },
			Check:    func(doc []byte) error { return s.check(format, doc) },
		}.at(s.config.Placement.Site, path)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// check is the gate before a document of a format is put.
func (s *feedSet) check(format feeds.Format, doc []byte) error {
	if err := format.Check(doc, []string{s.config.Placement.Site.Host()}); err != nil {
		return fmt.Errorf("check %s feed: %w", format.Kind, err)
	}
	return nil
}

// Record keeps the id of each feed from its first publication on.
func (s *feedSet) Record(tx *ledger.Tx, _ []ledger.Receipt) error {
	for _, f := range s.config.Feeds {
		known, err := tx.Feed(f.Name)
		if err != nil {
			return err
		}
		if known.GUID != "" {
			continue
		}
		head, err := s.head(tx, f)
		if err != nil {
			return err
		}
		known.GUID = head.ID
		if err := tx.PutFeed(known); err != nil {
			return err
		}
	}
	return nil
}

// Fetch loads the bodies that the feeds need and the ledger does not keep. One whose content is no longer
// the row's is not taken.
func (s *feedSet) Fetch(ctx context.Context) error {
	wanted := map[int64]*ledger.Article{}
	err := s.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		for _, f := range s.config.Feeds {
			newest, err := f.newest(tx, f.candidates())
			if err != nil {
				return err
			}
			for _, row := range newest {
				found, err := tx.HasBody(row.ID, row.ContentDigest)
				if err != nil {
					return err
				}
				if !found && f.needsBody(row) {
					wanted[row.ID] = row
				}
			}
		}
		return nil
	})
	if err != nil || len(wanted) == 0 {
		return err
	}
	loaded := s.load(ctx, wanted)
	return s.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		for id, a := range loaded {
			if err := tx.PutBody(id, a.ContentDigest, a.Body); err != nil {
				return err
			}
		}
		windows := make([]ledger.Window, len(s.config.Feeds))
		for i, f := range s.config.Feeds {
			windows[i] = ledger.Window{Where: f.Where, Newest: f.candidates()}
		}
		return tx.PruneBodies(windows...)
	})
}

// load loads articles that rows want, by row.
func (s *feedSet) load(ctx context.Context, wanted map[int64]*ledger.Article) map[int64]*source.Article {
	loaded := map[int64]*source.Article{}
	for id, row := range wanted {
		a, err := s.config.Load(ctx, row.Source, row.Key)
		switch {
		case err == nil && a == nil: // its source left the config
		case err != nil || a.ContentDigest != row.ContentDigest:
			s.config.Log.Warn("body not to be had now; the article stays out of full-content documents", "article", row.Shown.Place, "cause", err)
		default:
			loaded[id] = a
		}
	}
	return loaded
}
