package placement

import (
	"errors"

	"herald/cmd/internal/ledger"
)

// Arrive lets the articles in that waited until their URL answers 200, and whose URL has. now is in milliseconds.
func Arrive(tx *ledger.Tx, c Config, now int64) error {
	arrived, err := tx.Arrived()
	if err != nil || len(arrived) == 0 {
		return err
	}
	w, err := Open(tx, c)
	if err != nil {
		return err
	}
	for _, wait := range arrived {
		row, err := tx.Article(wait.Article)
		if err != nil {
			return err
		}
		if row.URL != wait.URL { // it has moved since it was asked for
			wait.Live, wait.Next = false, now
			if err := tx.PutWait(&wait); err != nil {
				return err
			}
			continue
		}
		old := *row
		row.Flags &^= ledger.Awaited
		if err := errors.Join(w.Put(&old, row, now, wait.Quiet), tx.DropWait(row.ID)); err != nil {
			return err
		}
	}
	return w.Close()
}
