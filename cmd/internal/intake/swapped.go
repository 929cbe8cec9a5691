package intake

import (
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// swapped lets the ids that files bear decide where files took each other's names: an entry that is
// another article than the row's of its key leaves that row and is resolved like a new one. What claims
// another id for no such reason stays what it is, for ids never change.
func (r *resolver) swapped() error {
	pairs, err := r.tx.Swapped(r.source)
	if err != nil {
		return err
	}
	r.abandoned = map[int64]int64{}
	for _, p := range pairs {
		s, err := r.tx.StagedByID(p.Stage)
		if err != nil {
			return err
		}
		if led, err := r.merged.Led(p.Article); err != nil || led {
			if err != nil {
				return err
			}
			continue // the row came to it in this scan
		}
		// It was compared with the row, and may have taken its date: it is read anew.
		fresh, err := r.scan.load(r.ctx, &found{entry: source.Entry{Key: s.Key}})
		if err != nil {
			return err
		}
		if fresh.Kind != ledger.New {
			continue // no longer what it was a moment ago: the next scan sees
		}
		r.abandoned[p.Article] = p.Stage
		delete(r.taken, p.Article)
		fresh.ID, fresh.Fingerprint = s.ID, s.Fingerprint
		if err := r.tx.Restage(fresh); err != nil {
			return err
		}
	}
	return r.claimsTaken()
}

// claimsTaken refuses a known article that claims the id of another one that is there; its last good
// version stands. Where that one is an earlier source's, both are one.
func (r *resolver) claimsTaken() error {
	pairs, err := r.tx.ClaimsTaken(r.source)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		holder, err := r.tx.Article(p.Article)
		if err != nil {
			return err
		}
		if vacant, err := r.vacant(holder); err != nil || vacant {
			if err != nil {
				return err
			}
			continue
		}
		s, err := r.tx.StagedByID(p.Stage)
		if err != nil {
			return err
		}
		if done, err := r.merged.Claiming(s, holder); err != nil || done {
			if err != nil {
				return err
			}
			continue
		}
		if err := r.refuseClaim(s, holder.Shown.Place); err != nil {
			return err
		}
	}
	return nil
}

// removeAbandoned deals with the rows that an entry left and none took up: where that entry was refused
// the row stays its last good version, else its article is gone.
func (r *resolver) removeAbandoned() error {
	for _, row := range slices.Sorted(maps.Keys(r.abandoned)) {
		if r.taken[row] {
			continue
		}
		s, err := r.tx.StagedByID(r.abandoned[row])
		if err != nil {
			return err
		}
		if s.Kind == ledger.Refused {
			s.Article = row
			err = r.tx.Restage(s)
		} else {
			err = r.tx.Stage(r.source, &ledger.Staged{Key: s.Key, Kind: ledger.Missing, Article: row})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
