package edition

import (
	"context"
	"errors"
	"fmt"
	"time"

	"herald/cmd/internal/ledger"
)

// scan is one scan of one source.
type scan struct {
	*Edition
	src     Source
	opts    ScanOptions
	start   int64 // whole second, in ledger time
	partial bool  // only some keys are looked at
	first   bool  // no complete scan of the source held an article yet
	report  *ScanReport

	reunited map[string]string // key of a new entry -> the other URL that standing documents showed it at when the ledger was lost
}

// Scan lists a source, loads what looks changed, and applies the result unless the guard holds
// it. An error means that the source could not be read whole: nothing was applied, the last good
// articles stay.
func (e *Edition) Scan(ctx context.Context, name string, o ScanOptions) (*ScanReport, error) {
	src, err := e.source(name)
	if err != nil {
		return nil, err
	}
	if src.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, src.Timeout, fmt.Errorf("not read within its timeout of %s", src.Timeout))
		defer cancel()
	}
	report := &ScanReport{Source: name, DatedBy: map[string]int{}}
	if held, err := e.prepare(ctx, o.Force); err != nil || held != nil {
		report.Hold = held
		return report, err
	}
	s := &scan{Edition: e, src: src, opts: o, start: ledger.Millis(e.Now().Truncate(time.Second)), report: report}
	if err := s.run(ctx); err != nil {
		return nil, s.failed(ctx, err)
	}
	return report, nil
}

func (e *Edition) source(name string) (Source, error) {
	for _, s := range e.Sources {
		if s.Name == name {
			return s, nil
		}
	}
	return Source{}, fmt.Errorf("scan %s: no such source", name)
}

func (s *scan) run(ctx context.Context) error {
	var leftover, known, recovered bool // leftover: of a scan that was cut off
	err := s.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		record, err := tx.Source(s.src.Name)
		if err != nil {
			return err
		}
		s.first = record.FirstScan == 0
		if leftover, err = tx.HasStaged(s.src.Name); err != nil {
			return err
		}
		if known, err = tx.Known(); err != nil {
			return err
		}
		n, err := tx.RecoveredCount()
		recovered = n > 0
		return err
	})
	if err == nil && leftover {
		err = s.Ledger.Write(ctx, func(tx *ledger.Tx) error { return tx.ClearStage(s.src.Name) })
	}
	switch {
	case err != nil:
		return err
	case !known && !recovered:
		return s.begin(ctx)
	}
	if err := s.collect(ctx, s.stage); err != nil {
		return err
	}
	return s.settle(ctx)
}

// failed notes in the ledger that the source could not be read, beside the scan's own context,
// which may be over.
func (s *scan) failed(ctx context.Context, cause error) error {
	if why := context.Cause(ctx); why != nil {
		cause = why
	}
	err := s.Ledger.Write(context.WithoutCancel(ctx), func(tx *ledger.Tx) error {
		record, err := tx.Source(s.src.Name)
		if err != nil {
			return err
		}
		record.LastScan, record.LastError = s.start, cause.Error()
		return errors.Join(tx.PutSource(record), tx.ClearStage(s.src.Name))
	})
	return errors.Join(fmt.Errorf("scan %s: %w", s.src.Name, cause), err)
}

// errHeld rolls back what was resolved for a scan that is held.
var errHeld = errors.New("held")

// settle resolves, guards and applies the stage in one transaction: all of it becomes true, or
// nothing does.
func (s *scan) settle(ctx context.Context) error {
	var verdict verdict
	err := s.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		staged, err := tx.HasStaged(s.src.Name)
		if err != nil {
			return err
		}
		if !staged {
			return s.unchanged(tx)
		}
		if err := (&resolve{scan: s, ctx: ctx, tx: tx}).run(); err != nil {
			return err
		}
		if verdict, err = s.judge(tx); err != nil {
			return err
		}
		if verdict.held {
			return errHeld
		}
		return s.apply(tx)
	})
	if errors.Is(err, errHeld) {
		return s.Ledger.Write(ctx, func(tx *ledger.Tx) error { return s.hold(tx, verdict) })
	}
	return err
}

// unchanged ends a scan that found nothing to look at: a hold over its source has lost its cause.
func (s *scan) unchanged(tx *ledger.Tx) error {
	holds, err := tx.HoldsOf(s.src.Name, scanHolds()...)
	if err != nil {
		return err
	}
	return errors.Join(dropHolds(tx, holds), s.finish(tx, false))
}

// finish writes down that the scan is complete and fills in what stands now; recount says that the
// number of articles may have changed.
func (s *scan) finish(tx *ledger.Tx, recount bool) error {
	if s.partial {
		return tx.ClearStage(s.src.Name)
	}
	record, err := tx.Source(s.src.Name)
	if err != nil {
		return err
	}
	if recount {
		if record.Articles, err = tx.Living(s.src.Name); err != nil {
			return err
		}
	}
	s.report.Articles = record.Articles
	refused, err := tx.Refusals(s.src.Name, listedAtMost)
	if err != nil {
		return err
	}
	if s.report.RefusedCount, err = tx.RefusalCount(s.src.Name); err != nil {
		return err
	}
	for _, r := range refused {
		s.report.Refused = append(s.report.Refused, Refusal{r.Source, r.Key, r.Reason, r.LastGood})
	}
	if s.report.First = s.first && s.report.Articles > 0; s.report.First {
		record.FirstScan = s.start
	}
	record.LastScan, record.LastError, record.Listed = s.start, "", s.report.Listed
	if s.report.Hold == nil {
		record.LastGood = s.start
	}
	return errors.Join(tx.PutSource(record), tx.ClearStage(s.src.Name))
}
