// Package retired removes the articles of sources that the config no longer names, once the operator agrees.
package retired

import (
	"context"
	"errors"
	"fmt"
	"time"

	"herald/cmd/internal/guard"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
)

// Sources are those of a ledger, and what is asked of the config.
type Sources struct {
	Ledger     *ledger.Ledger
	Configured func(name string) bool // whether the config names a source
	Placement  placement.Config
	Guarded    bool // a removal waits for the operator
	Now        func() time.Time
}

// Retire removes the articles of sources that left the config, once the operator agrees; force stands for that. It
// returns the holds that wait. It is to be called before each publication, never beside a scan.
func (s Sources) Retire(ctx context.Context, force bool) (waiting []hold.Hold, err error) {
	due := false
	err = s.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		due, err = s.hasRetired(tx)
		return err
	})
	if err != nil || !due {
		return nil, err
	}
	err = s.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		names, err := tx.SourceNames()
		if err != nil {
			return err
		}
		for _, name := range names {
			if s.Configured(name) {
				err = hold.DropOf(tx, name, hold.Gone)
			} else {
				var held *hold.Hold
				if held, err = s.retire(tx, name, force); held != nil {
					waiting = append(waiting, *held)
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return waiting, err
}

// hasRetired reports whether some source left the config and not all of it is dealt with, or a hold over one that left
// stands.
func (s Sources) hasRetired(tx *ledger.Tx) (bool, error) {
	names, err := tx.SourceNames()
	if err != nil {
		return false, err
	}
	for _, name := range names {
		if s.Configured(name) {
			continue
		}
		if record, err := tx.Source(name); err != nil || record.Articles+record.Listed > 0 {
			return err == nil, err
		}
	}
	holds, err := tx.HoldsOf("", hold.Gone)
	return len(holds) > 0, err
}

// retire removes what is left of a source that the config no longer names, or holds that.
func (s Sources) retire(tx *ledger.Tx, name string, force bool) (*hold.Hold, error) {
	if err := hold.DropOf(tx, name, hold.ScanKinds()...); err != nil {
		return nil, err
	}
	living, err := tx.Living(name)
	if err != nil {
		return nil, err
	}
	if living == 0 { // its articles have moved to another source, or are removed already
		return nil, errors.Join(hold.DropOf(tx, name, hold.Gone), forget(tx, name))
	}
	now := ledger.Millis(s.Now().Truncate(time.Second))
	held, approved, err := hold.Ensure(tx, ledger.Hold{
		Kind: hold.Gone, Subject: name, Signature: hold.Signature(name, fmt.Sprint(living)),
		Summary: fmt.Sprintf("source %s is no longer in the config: its %d articles would be removed", name, living),
	}, now)
	if err != nil {
		return nil, err
	}
	if s.Guarded && !force && !approved {
		return &held, nil
	}
	return nil, errors.Join(tx.DropHold(held.ID), s.removeAll(tx, name, now), forget(tx, name))
}

// forget clears what a source that left the config had refused and listed, and what the guard keeps of it; when it first held
// an article stays known.
func forget(tx *ledger.Tx, name string) error {
	record, err := tx.Source(name)
	if err != nil {
		return err
	}
	record.Articles, record.Listed = 0, 0
	return errors.Join(tx.ForgetSeen(name), tx.PutSource(record), guard.Forget(tx, name), tx.ForgetMemory(name))
}

// removeAll removes every article of a source.
func (s Sources) removeAll(tx *ledger.Tx, name string, now int64) error {
	rows, err := placement.Open(tx, s.Placement)
	if err != nil {
		return err
	}
	err = tx.OfSource(name, func(row *ledger.Article) error {
		old := *row
		row.RemovedAt, row.MissingSince = now, 0
		return errors.Join(rows.Put(&old, row, now, false), tx.DropSeen(name, row.Key))
	})
	return errors.Join(err, rows.Close())
}
