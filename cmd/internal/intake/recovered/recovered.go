// Package recovered lets new entries take up the rows that standing documents left when the ledger was lost (see
// ledger.Recovered): at their URL in any scan of a source, elsewhere in its first. It matters once, in the first scans
// after the loss.
package recovered

import (
	"errors"
	"slices"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// Rows are the recovered rows, and what is asked of the scan whose entries take them up. It is used within one
// transaction, by one goroutine.
type Rows struct {
	Tx      *ledger.Tx
	Source  string         // the name of the source that is scanned
	First   bool           // no complete scan of it held an article yet
	Sources []string       // the names of all sources of the config
	Zone    *time.Location // of the dates in its permalinks
	Taken   map[int64]bool // rows that an entry of the scan has taken up; it grows

	Load        func(key string) (*source.Article, error)
	Locate      func(s *ledger.Staged)                      // sets the URL that an entry has on its date
	Inherit     func(s *ledger.Staged, row *ledger.Article) // lets the date of a row stand where an entry gives none
	RefuseClaim func(s *ledger.Staged, other string) error  // refuses an entry whose id another article has
	RefuseURL   func(s *ledger.Staged, other string) error  // and one whose URL another article has

	// Early is set where something is refused that may be let in once every source has been read.
	Early bool
}

// IDs lets new entries claim the ids that readers know them by, whatever they claim themselves.
func (r *Rows) IDs() error {
	return r.each(func(s *ledger.Staged, row *ledger.Article) error {
		id := row.Shown.ID
		if id == "" || MintedFor(s.Claim, id) {
			return nil
		}
		if taken, err := r.Tx.GUIDTaken(id); err != nil || taken {
			return err
		}
		s.Claim = id
		return r.Tx.Restage(s)
	})
}

// URLs refuses new entries that claim, as their id, the URL at which readers know another entry: no document showed an
// id of that one, and where nothing else is said the URL is it.
func (r *Rows) URLs() error {
	pairs, err := r.Tx.ClaimedURLs(r.Source)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		s, err := r.Tx.StagedByID(p.Stage)
		if err != nil {
			return err
		}
		row, err := r.Tx.Article(p.Article)
		if err != nil {
			return err
		}
		if err := r.RefuseClaim(s, row.URL); err != nil {
			return err
		}
	}
	return nil
}

// LikeFirst sorts the entries of each run that share a claim: first those whose title was shown at their URL, then those at
// whose URL anything was; else they keep their order.
func (r *Rows) LikeFirst(ids []int64) ([]int64, error) {
	claims, ranks := map[int64]string{}, map[int64]int{}
	for _, id := range ids {
		s, err := r.Tx.StagedByID(id)
		if err != nil {
			return nil, err
		}
		row, err := r.Tx.Recovered(s.URL)
		if err != nil {
			return nil, err
		}
		claims[id], ranks[id] = s.Claim, unlike(s, row)
	}
	for rest := ids; len(rest) > 0; {
		many := slices.IndexFunc(rest, func(id int64) bool { return claims[id] != claims[rest[0]] })
		if many < 0 {
			many = len(rest)
		}
		slices.SortStableFunc(rest[:many], func(a, b int64) int { return ranks[a] - ranks[b] })
		rest = rest[many:]
	}
	return ids, nil
}

// early reports whether an entry that does not look like what documents showed, under its id or at its URL, comes before all
// sources have been read: another one may hold the article itself.
func (r *Rows) early(s *ledger.Staged, row *ledger.Article) (bool, error) {
	if row.Shown.Title == "" || plain(s.Shown.Title) == plain(row.Shown.Title) || s.Flags&ledger.Draft != 0 {
		return false, nil
	}
	for _, name := range r.Sources {
		record, err := r.Tx.Source(name)
		if err != nil {
			return false, err
		}
		if name != r.Source && record.LastGood == 0 {
			r.Early = true
			return true, nil
		}
	}
	return false, nil
}

// each calls f for new entries at the URLs of recovered rows, the most alike first.
func (r *Rows) each(f func(*ledger.Staged, *ledger.Article) error) error {
	pairs, err := r.Tx.RecoveredByURL(r.Source)
	if err != nil {
		return err
	}
	for len(pairs) > 0 {
		many := slices.IndexFunc(pairs, func(p ledger.Pair) bool { return p.Article != pairs[0].Article })
		if many < 0 {
			many = len(pairs)
		}
		if err := r.likestFirst(pairs[:many], f); err != nil {
			return err
		}
		pairs = pairs[many:]
	}
	return nil
}

// likestFirst calls f for the new entries at the URL of one recovered row: first one with the title that
// was shown there, then the one whose date fits best.
func (r *Rows) likestFirst(pairs []ledger.Pair, f func(*ledger.Staged, *ledger.Article) error) error {
	row, err := r.Tx.Article(pairs[0].Article)
	if err != nil {
		return err
	}
	entries := make([]*ledger.Staged, len(pairs))
	for i, p := range pairs {
		if entries[i], err = r.Tx.StagedByID(p.Stage); err != nil {
			return err
		}
	}
	slices.SortStableFunc(entries, func(a, b *ledger.Staged) int { return unlike(a, row) - unlike(b, row) })
	for _, s := range entries {
		if err := f(s, row); err != nil {
			return err
		}
	}
	return nil
}

// ByURL takes up what stood at the URLs of new entries.
func (r *Rows) ByURL() error { return r.each(r.take) }

// take joins a new entry with a recovered row; the first entry that asks gets it. It stays a new one.
func (r *Rows) take(s *ledger.Staged, row *ledger.Article) error {
	if r.Taken[row.ID] || s.Article != 0 {
		return nil
	}
	if early, err := r.early(s, row); err != nil || early {
		return errors.Join(err, r.RefuseURL(s, row.URL))
	}
	r.Taken[row.ID] = true
	s.Article = row.ID
	if s.Flags&ledger.Draft == 0 { // a draft is dated when it is none any more
		r.Inherit(s, row)
	}
	return r.Tx.Restage(s)
}
