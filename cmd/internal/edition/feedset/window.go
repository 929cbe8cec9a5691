package feedset

import (
	"cmp"
	"errors"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/feeds"
)

// maxRows is how many rows are held for being shown soon.
const maxRows = 6000

// windowOf returns the window of a feed, with what its links name.
func (s *Set) windowOf(tx *ledger.Tx, f Feed) (*window, error) {
	if w := s.windows.byFeed[f.Name]; w != nil {
		return w, nil
	}
	w, err := s.window(tx, f)
	if err == nil {
		err = s.findLinks(tx, f, w)
	}
	if err != nil {
		return nil, err
	}
	if s.windows.rows += len(w.rows); s.windows.rows > maxRows || s.windows.byFeed == nil {
		s.windows = windows{byFeed: map[string]*window{}, rows: len(w.rows)}
	}
	s.windows.byFeed[f.Name] = w
	return w, nil
}

// candidates is how many of the newest articles a feed looks at: those that it shows, and as many that would
// move up next.
func candidates(f Feed) int { return 2 * f.Items }

// needsBody reports whether the feed's documents need a row's body.
func needsBody(f Feed, row *ledger.Article) bool {
	return f.Content == feeds.Full || f.Content == feeds.Summary && row.Shown.Summary == ""
}

// lacksBody reports whether the feed's documents need a row's body that is not there.
func lacksBody(f Feed, tx *ledger.Tx, row *ledger.Article) (bool, error) {
	if !needsBody(f, row) {
		return false, nil
	}
	found, err := tx.HasBody(row.ID, row.ContentDigest)
	return !found, err
}

// errFull ends a look at articles.
var errFull = errors.New("the window is full")

// window selects the newest articles of a feed whose bodies are there, and those that it keeps for a while.
func (s *Set) window(tx *ledger.Tx, f Feed) (*window, error) {
	w, looked, last := &window{outline: outline{ids: map[int64]bool{}, kept: map[int64]bool{}}}, 0, int64(0)
	kept, err := tx.Keeps(f.Where.Kinds()...)
	if err != nil || !kept {
		return w, err // nothing was published since the config asks for it
	}
	err = tx.NewestOf(f.Where, candidates(f), func(row *ledger.Article) error {
		looked, last = looked+1, row.FeedPublished
		if err := w.add(tx, f, row); err != nil {
			return err
		}
		if len(w.rows) == f.Items {
			w.oldest = row.FeedPublished
			return errFull
		}
		return nil
	})
	if err != nil && !errors.Is(err, errFull) {
		return nil, err
	}
	if looked == candidates(f) && w.oldest == 0 {
		w.oldest = last
	}
	if err := s.addKept(tx, f, w); err != nil {
		return nil, err
	}
	left, err := tx.LeftSinceOf(f.Where, w.oldest)
	if err != nil {
		return nil, err
	}
	if f.Deleted && left != 0 {
		if w.gone, err = tx.GoneOf(f.Where, w.oldest, f.Items); err != nil {
			return nil, err
		}
	}
	known, err := tx.Feed(f.Name)
	w.left = known.LeftAt
	w.updated = max(w.updated, left, w.left)
	return w, err
}

// add adds a row whose body is there.
func (w *window) add(tx *ledger.Tx, f Feed, row *ledger.Article) error {
	lacks, err := lacksBody(f, tx, row)
	if err != nil || lacks {
		w.lacks = w.lacks || lacks
		return err
	}
	w.rows = append(w.rows, row)
	w.ids[row.ID] = true
	w.updated = max(w.updated, row.FeedUpdated)
	return nil
}

// addKept adds the rows that a feed keeps for a while and that are not among the newest.
func (s *Set) addKept(tx *ledger.Tx, f Feed, w *window) error {
	rows, err := keptRows(f, tx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		w.kept[row.ID] = true
		if w.ids[row.ID] {
			continue
		}
		w.timed = true
		if err := w.add(tx, f, row); err != nil {
			return err
		}
	}
	if w.timed {
		slices.SortFunc(w.rows, func(a, b *ledger.Article) int { return cmp.Compare(b.FeedPublished, a.FeedPublished) })
	}
	return nil
}

// keptRows returns the rows that a feed keeps for a while.
func keptRows(f Feed, tx *ledger.Tx) (rows []*ledger.Article, err error) {
	if f.Keep <= 0 {
		return nil, nil
	}
	ids, err := tx.KeptOf(f.Name)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		row, err := tx.Article(id)
		if err != nil {
			return nil, err
		}
		if row != nil && row.InFeed && row.In(f.Where) {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// findLinks finds what the links in the bodies that a feed shows name.
func (s *Set) findLinks(tx *ledger.Tx, f Feed, w *window) (err error) {
	w.links = map[int64][]links.Answer{}
	for _, row := range w.rows {
		if len(row.Shown.Refs) == 0 || !needsBody(f, row) {
			continue
		}
		if w.links[row.ID], err = s.config.Links.Of(tx, row); err != nil {
			return err
		}
	}
	return nil
}

// concerns reports whether a change of a row may change the window: the feed picks it, and it is no older than the
// last row, or is kept for a while. Of a row that the feed picks no more, left tells.
func concerns(f Feed, o outline, row *ledger.Article) bool {
	return (row.FeedPublished >= o.oldest || o.kept[row.ID]) && row.In(f.Where)
}

// waits reports whether the feed should show a row in the window and has no body of it yet.
func waits(f Feed, tx *ledger.Tx, o outline, row *ledger.Article) (bool, error) {
	if !row.InFeed || !concerns(f, o, row) {
		return false, nil
	}
	return lacksBody(f, tx, row)
}
