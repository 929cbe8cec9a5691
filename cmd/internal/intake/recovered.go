package intake

import (
	"errors"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
)

// What this file and unclaimed.go hold matters once: in the first scans after the ledger was lost. New entries then take
// up the rows that standing documents left (see ledger.Recovered): at their URL in any scan, elsewhere in the first of
// their source.

// recoveredIDs lets new entries claim the ids that readers know them by, whatever they claim themselves.
func (r *resolver) recoveredIDs() error {
	return r.eachRecovered(func(s *ledger.Staged, row *ledger.Article) error {
		id := row.Shown.ID
		if id == "" || mintedFor(s.Claim, id) {
			return nil
		}
		if taken, err := r.tx.GUIDTaken(id); err != nil || taken {
			return err
		}
		s.Claim = id
		return r.tx.Restage(s)
	})
}

// recoveredURLs refuses new entries that claim, as their id, the URL at which readers know another entry: no document showed an
// id of that one, and where nothing else is said the URL is it.
func (r *resolver) recoveredURLs() error {
	pairs, err := r.tx.ClaimedURLs(r.source)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		s, row, err := r.pair(p)
		if err != nil {
			return err
		}
		if err := r.refuseClaim(s, row.URL); err != nil {
			return err
		}
	}
	return nil
}

// likeFirst sorts the entries of each run that share a claim: first those whose title was shown at their URL, then those at
// whose URL anything was; else they keep their order.
func (r *resolver) likeFirst(ids []int64) ([]int64, error) {
	claims, ranks := map[int64]string{}, map[int64]int{}
	for _, id := range ids {
		s, err := r.tx.StagedByID(id)
		if err != nil {
			return nil, err
		}
		row, err := r.tx.Recovered(s.URL)
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

// unlike ranks how little an entry looks like what documents showed at its URL. Drafts are shown by none.
func unlike(s *ledger.Staged, row *ledger.Article) int {
	switch {
	case row == nil:
		return 3
	case s.Flags&ledger.Draft != 0:
		return 2
	case plain(s.Shown.Title) != plain(row.Shown.Title):
		return 1
	}
	return 0
}

// early reports whether an entry that does not look like what documents showed, under its id or at its URL, comes before all
// sources have been read: another one may hold the article itself.
func (r *resolver) early(s *ledger.Staged, row *ledger.Article) (bool, error) {
	if row.Shown.Title == "" || plain(s.Shown.Title) == plain(row.Shown.Title) || s.Flags&ledger.Draft != 0 {
		return false, nil
	}
	for _, name := range r.scan.in.names() {
		record, err := r.tx.Source(name)
		if err != nil {
			return false, err
		}
		if name != r.source && record.LastGood == 0 {
			r.scan.report.Early = true
			return true, nil
		}
	}
	return false, nil
}

// mintedFor reports whether a recovered id may be what Atom shows instead of a claimed one that is
// no IRI.
func mintedFor(claim, recovered string) bool {
	return claim != "" && !strings.Contains(claim, ":") && strings.HasPrefix(recovered, "tag:")
}

// eachRecovered calls f for new entries at the URLs of recovered rows, the most alike first.
func (r *resolver) eachRecovered(f func(*ledger.Staged, *ledger.Article) error) error {
	pairs, err := r.tx.RecoveredByURL(r.source)
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
func (r *resolver) likestFirst(pairs []ledger.Pair, f func(*ledger.Staged, *ledger.Article) error) error {
	var row *ledger.Article
	entries := make([]*ledger.Staged, len(pairs))
	for i, p := range pairs {
		var err error
		if entries[i], row, err = r.pair(p); err != nil {
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

// recoveredByURL takes up what stood at the URLs of new entries.
func (r *resolver) recoveredByURL() error { return r.eachRecovered(r.takeRecovered) }

// takeRecovered joins a new entry with a recovered row; the first entry that asks gets it. It stays a new one.
func (r *resolver) takeRecovered(s *ledger.Staged, row *ledger.Article) error {
	if r.taken[row.ID] || s.Article != 0 {
		return nil
	}
	if early, err := r.early(s, row); err != nil || early {
		return errors.Join(err, r.refuseURL(s, row.URL))
	}
	r.taken[row.ID] = true
	s.Article = row.ID
	if s.Flags&ledger.Draft == 0 { // a draft is dated when it is none any more
		r.scan.entries.inherit(s, row)
		r.page(s, row.Shown.ID != "")
	}
	return r.tx.Restage(s)
}
