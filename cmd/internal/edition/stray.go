package edition

import (
	"errors"
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
)

// strays lets the ids that files bear decide where files took each other's names: such an entry
// leaves the row that its key had and is resolved like a new one. What claims another id than its
// row's for no such reason stays: ids never change.
func (r *resolve) strays() error {
	pairs, err := r.tx.Strays(r.src.Name)
	if err != nil {
		return err
	}
	r.left = map[int64]int64{}
	for _, p := range pairs {
		s, err := r.tx.StagedByID(p.Stage)
		if err != nil {
			return err
		}
		r.left[p.Article] = p.Stage
		s.Kind, s.Article = ledger.New, 0
		if err := r.tx.Restage(s); err != nil {
			return err
		}
	}
	return r.stay()
}

// stay gives the date of its row to each entry that stays although it claims another id. One that
// claims the id of an article that is there is refused: its last good version stands.
func (r *resolve) stay() error {
	pairs, err := r.tx.Dissenting(r.src.Name)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if err := r.stayOne(p); err != nil {
			return err
		}
	}
	return nil
}

func (r *resolve) stayOne(p ledger.Pair) error {
	s, err := r.tx.StagedByID(p.Stage)
	if err != nil {
		return err
	}
	holder, err := r.tx.ByGUID(s.Claim)
	if err != nil {
		return err
	}
	if holder != nil {
		if vacant, err := r.vacant(holder); err != nil || !vacant {
			return errors.Join(err, r.refuseClaim(s, holder.Said.Place))
		}
	}
	row, err := r.tx.Article(p.Article)
	if err != nil {
		return err
	}
	r.settleBy(s, row)
	return r.tx.Restage(s)
}

// forsaken deals with the rows that an entry left and none took up: where that entry was refused
// the row stays its last good version, else its article is gone.
func (r *resolve) forsaken() error {
	for _, row := range slices.Sorted(maps.Keys(r.left)) {
		if r.taken[row] {
			continue
		}
		s, err := r.tx.StagedByID(r.left[row])
		if err != nil {
			return err
		}
		if s.Kind == ledger.Refused {
			s.Article = row
			err = r.tx.Restage(s)
		} else {
			err = r.tx.Stage(r.src.Name, &ledger.Staged{Key: s.Key, Kind: ledger.Missing, Article: row})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
