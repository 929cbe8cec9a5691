package edition

import (
	"slices"

	"herald/cmd/internal/edition/feedset"
	"herald/cmd/internal/ledger"
)

// Holding returns the paths of the published documents that hold a row now, in order, and why feeds that could hold it do
// not.
func (e *Edition) Holding(tx *ledger.Tx, row *ledger.Article) (paths, why []string, err error) {
	docs, err := e.documents(tx)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range docs {
		_, published, err := tx.Receipt(d.Path)
		if err != nil {
			return nil, nil, err
		}
		if published && d.Holds != nil && d.Holds(row) {
			paths = append(paths, d.Path)
		}
	}
	slices.Sort(paths)
	for _, s := range e.sets {
		if s, ok := s.(*feedset.Set); ok {
			some, err := s.Missing(tx, row)
			if err != nil {
				return nil, nil, err
			}
			why = append(why, some...)
		}
	}
	return paths, why, nil
}
