package intake

import (
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
	for _, p := range pairs {
		s, row, err := r.pair(p)
		if err != nil {
			return err
		}
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
	r.taken[row.ID] = true
	s.Article = row.ID
	if s.Flags&ledger.Draft == 0 { // a draft is dated when it is none any more
		r.scan.entries.inherit(s, row)
		r.page(s, row.Shown.ID != "")
	}
	return r.tx.Restage(s)
}
