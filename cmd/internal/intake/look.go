package intake

import (
	"context"
	"errors"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/source"
)

// Look takes in edits of articles that are already known, without listing their source: what it
// costs does not grow with the source. What is being written it passes over. Anything else that it meets (a new key, one
// that is gone, a refusal, a hold over the source, a change that the guard would hold) it leaves alone and reports false:
// that takes a Scan.
func (in *Intake) Look(ctx context.Context, name string, keys []string) (*ScanReport, bool, error) {
	s, err := in.newScan(name)
	if err != nil {
		return nil, false, err
	}
	s.partial = true
	known, err := s.known(ctx, keys)
	if err != nil || known == nil {
		return nil, false, err
	}
	for _, f := range known {
		if f.staged, err = s.loadSettled(ctx, f); err != nil || f.staged != nil && f.staged.Kind != ledger.Changed {
			return nil, false, nil // the scan that follows says what is wrong
		}
	}
	err = s.ledger.Write(ctx, func(tx *ledger.Tx) error {
		if err := tx.ClearStage(name); err != nil {
			return err
		}
		return s.stageBatch(tx, known)
	})
	if err == nil {
		err = s.resolveAndApply(ctx)
	}
	if errors.Is(err, errHeld) {
		return nil, false, nil // a scan sees all that is to be held
	}
	return s.report, err == nil, err
}

// known returns what the ledger knows of keys; nil if some key is not a living article's, or the
// source is held or was never read.
func (s *scan) known(ctx context.Context, keys []string) ([]*found, error) {
	var out []*found
	err := s.ledger.Read(ctx, func(tx *ledger.Tx) error {
		record, err := tx.Source(s.source.Name)
		if err != nil || record.FirstScan == 0 || record.LastError != "" {
			return err
		}
		s.epoch = record.Epoch
		holds, err := tx.HoldsOf(s.source.Name, hold.ScanKinds()...)
		if err != nil || len(holds) > 0 {
			return err
		}
		var all []*found
		for _, key := range keys {
			seen, known, err := tx.Seen(s.source.Name, key)
			if err != nil || !known || seen.Own() == 0 {
				return err
			}
			all = append(all, &found{entry: source.Entry{Key: key}, seen: seen})
		}
		out = all
		return nil
	})
	return out, err
}
