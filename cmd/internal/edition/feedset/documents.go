package feedset

import (
	"net/url"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// formats returns the documents of a feed; shown notes the rows that it looked at.
func (s *Set) formats(tx *ledger.Tx, v *view, f Feed, shown map[int64]bool) ([]*document.Document, error) {
	known := v.known[f.Name]
	if known.GUID == "" {
		known.Name = f.Name
		s.unnamed = append(s.unnamed, f)
	}
	var docs []*document.Document
	formats := s.list.Formats(f)
	for _, format := range formats {
		d, err := s.place(format, f.Paths[format.Kind])
		if err != nil {
			return nil, err
		}
		s.made(d, f, known, format)
		docs = append(docs, d)
	}
	now, err := s.stamps(v, f)
	if err != nil {
		return nil, err
	}
	older, err := s.archives(tx, v, f, known)
	if err != nil {
		return nil, err
	}
	if v.unchanged(docs, now) {
		s.asTheyAre(tx, v, f, docs)
		return append(older, docs...), nil
	}
	w, err := s.windowOf(tx, f)
	if err != nil {
		return nil, err
	}
	head, err := s.head(tx, f, known)
	if err != nil {
		return nil, err
	}
	head.Updated = ledger.Time(w.updated)
	items := make([]inputItem, len(w.rows))
	for i, r := range w.rows {
		items[i] = w.inputItem(r)
		shown[r.ID] = true
	}
	seen := w.outline
	for i, d := range docs {
		zone := "" // of the dates that the page shows
		if formats[i].Kind == feeds.Page {
			zone = s.config.Placement.Zone.String()
		}
		head.Deleted = w.deleted(formats[i])
		d.Inputs, d.LeftAt, d.Stamp = document.InputsOf(string(formats[i].Kind), head, items, zone), w.left, w.stamp(now)
		d.Holds = func(row *ledger.Article) bool { return seen.ids[row.ID] }
		d.Concerns = func(row *ledger.Article) bool { return concerns(f, seen, row) }
		if seen.lacks {
			d.Waits = func(tx *ledger.Tx, row *ledger.Article) (bool, error) { return waits(f, tx, seen, row) }
		}
	}
	return append(older, docs...), nil
}

// made says how the document of a format is made and checked.
func (s *Set) made(d *document.Document, f Feed, known ledger.Feed, format feeds.Format) {
	var elsewhere []string // hosts of what was rendered
	d.Render = func(tx *ledger.Tx) ([]byte, error) {
		w, err := s.windowOf(tx, f)
		if err != nil {
			return nil, err
		}
		elsewhere = w.hosts()
		return s.render(tx, f, known, format)
	}
	d.Check = func(doc []byte) error { return s.check(format, doc, elsewhere) }
}

// hosts returns the hosts of the articles that stand elsewhere: those of other people's feeds.
func (w *window) hosts() (all []string) {
	for _, r := range w.rows {
		if u, err := url.Parse(r.URL); err == nil && r.Flags&ledger.Foreign != 0 {
			all = append(all, u.Host)
		}
	}
	return all
}

// place returns the document of a format at a config path, without what it is made from.
func (s *Set) place(format feeds.Format, path string) (*document.Document, error) {
	d, known := s.places[path]
	if !known {
		at, err := document.Document{}.At(s.config.Placement.Site, path)
		if err != nil {
			return nil, err
		}
		d = *at
		s.places[path] = d
	}
	d.Kind = s.kind(format)
	return &d, nil
}

// asTheyAre says of the documents of a feed that cannot have changed what their receipts say. Where a row is asked for, or a
// file is gone, the feed is looked at.
func (s *Set) asTheyAre(tx *ledger.Tx, v *view, f Feed, docs []*document.Document) {
	for _, d := range docs {
		r := v.receipts[d.Path]
		d.Inputs, d.LeftAt, d.Stamp = r.Inputs, r.LeftAt, r.Stamp
		d.Holds = func(row *ledger.Article) bool {
			if !row.InFeed || !row.In(f.Where) {
				return false
			}
			w, err := s.windowOf(tx, f)
			return err == nil && w.ids[row.ID]
		}
		d.Concerns = func(row *ledger.Article) bool {
			w := s.windows.byFeed[f.Name] // looked at, where a file is gone and is made anew
			return w != nil && concerns(f, w.outline, row)
		}
	}
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
