package edition

import (
	"fmt"
	"slices"

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
		if s, ok := s.(*feedSet); ok {
			some, err := s.missing(tx, row)
			if err != nil {
				return nil, nil, err
			}
			why = append(why, some...)
		}
	}
	return paths, why, nil
}

// missing says why feeds that a row could stand in do not show it.
func (s *feedSet) missing(tx *ledger.Tx, row *ledger.Article) (why []string, err error) {
	all, err := s.list.Read(tx)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if !row.InFeed || !row.In(f.Where) {
			continue
		}
		w, err := s.windowOf(tx, f)
		if err != nil {
			return nil, err
		}
		if w.ids[row.ID] {
			continue
		}
		feed := "the feed"
		if len(all) > 1 {
			feed += " " + f.ShownName()
		}
		why = append(why, fmt.Sprintf("older than the newest %d of %s", f.Items, feed))
	}
	return why, nil
}
