package intake

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

// Retire removes the articles of sources that left the config, once the operator agrees; force stands for that. It
// returns the holds that wait. It is to be called before each publication, never beside a scan.
func (in *Intake) Retire(ctx context.Context, force bool) (waiting []hold.Hold, err error) {
	due := false
	err = in.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		due, err = in.hasRetired(tx)
		return err
	})
	if err != nil || !due {
		return nil, err
	}
	err = in.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		names, err := tx.SourceNames()
		if err != nil {
			return err
		}
		for _, name := range names {
			if _, configured := in.source(name); configured {
				err = hold.DropOf(tx, name, hold.Gone)
			} else {
				var held *hold.Hold
				if held, err = in.retire(tx, name, force); held != nil {
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
func (in *Intake) hasRetired(tx *ledger.Tx) (bool, error) {
	names, err := tx.SourceNames()
	if err != nil {
		return false, err
	}
	for _, name := range names {
		if _, configured := in.source(name); configured {
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
func (in *Intake) retire(tx *ledger.Tx, name string, force bool) (*hold.Hold, error) {
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
	now := ledger.Millis(in.config.Now().Truncate(time.Second))
	held, approved, err := hold.Ensure(tx, ledger.Hold{
		Kind: hold.Gone, Subject: name, Signature: hold.Signature(name, fmt.Sprint(living)),
		Summary: fmt.Sprintf("source %s is no longer in the config: its %d articles would be removed", name, living),
	}, now)
	if err != nil {
		return nil, err
	}
	if in.config.Guard != nil && !force && !approved {
		return &held, nil
	}
	return nil, errors.Join(tx.DropHold(held.ID), in.removeAll(tx, name, now), forget(tx, name))
}

// forget clears what a source that left the config had refused and listed, and what the guard keeps of it; when it first held
// an article stays known.
func forget(tx *ledger.Tx, name string) error {
	record, err := tx.Source(name)
	if err != nil {
		return err
	}
	record.Articles, record.Listed = 0, 0
	return errors.Join(tx.ForgetSeen(name), tx.PutSource(record), guard.Forget(tx, name), forgetMemory(tx, name))
}

// removeAll removes every article of a source.
func (in *Intake) removeAll(tx *ledger.Tx, name string, now int64) error {
	rows, err := placement.Open(tx, in.config.Placement)
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
