package status

import (
	"context"
	"errors"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/intake/memory"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/links"
	"herald/cmd/internal/live"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
)

// noticesAtMost is how many notices of a state are named.
const noticesAtMost = 1000

// Config is what is asked.
type Config struct {
	Ledger    *ledger.Ledger
	Sources   []intake.Source
	Edition   *edition.Edition // asked which documents hold an article
	Placement placement.Config
	Links     links.Finder
	Aliases   map[string]string // old paths -> the path of the document that they have, with a leading slash
	Dir       string            // where relative paths of the operator's begin, beside the current folder: the config's
	To        string            // the folder that documents are put in, absolute
	Reads     []string          // what the sources read, as the config says
	Now       func() time.Time
	Moment    func(time.Time) string // writes a time in sentences; nil: RFC 3339 in UTC
}

// Reporter answers what operators ask. It only reads, and may be used from several goroutines at once.
type Reporter struct{ config Config }

// New returns a Reporter.
func New(c Config) *Reporter {
	if c.Moment == nil {
		c.Moment = func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	}
	return &Reporter{config: c}
}

// now is the moment in whole seconds, in milliseconds.
func (r *Reporter) now() int64 { return ledger.Millis(r.config.Now().Truncate(time.Second)) }

// Status says how sources, documents, holds and notices stand.
func (r *Reporter) Status(ctx context.Context) (*Status, error) {
	s := &Status{ // who reads the JSON need not tell missing lists from empty ones
		Sources: []SourceStatus{}, Documents: []DocumentStatus{}, Holds: []hold.Hold{}, Waiting: []outbox.Notice{}, Dead: []outbox.Notice{}, Refused: []intake.Refusal{},
	}
	err := r.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		return errors.Join(r.sourceStatus(tx, s), r.documentStatus(tx, s), r.waitingStatus(tx, s))
	})
	return s, err
}

func (r *Reporter) sourceStatus(tx *ledger.Tx, s *Status) error {
	for _, src := range r.config.Sources {
		record, err := tx.Source(src.Name)
		if err != nil {
			return err
		}
		row := SourceStatus{
			Name: src.Name, FirstScan: ledger.Time(record.FirstScan), LastScan: ledger.Time(record.LastScan),
			LastGood: ledger.Time(record.LastGood), LastError: record.LastError, Articles: record.Articles, Merged: record.Copies,
		}
		said, err := memory.Said(tx, src.Name)
		if err != nil {
			return err
		}
		row.Resting = said.Next(ledger.Time(r.now()))
		if row.Refused, err = tx.RefusalCount(src.Name); err != nil {
			return err
		}
		if row.Removed, err = tx.RemovedCount(src.Name); err != nil {
			return err
		}
		if row.Standing, err = placement.StandingOf(tx, src.Name, r.now()); err != nil {
			return err
		}
		if row.Pages, err = tx.PageCount(src.Name); err != nil {
			return err
		}
		missing, since, err := tx.MissingCount(src.Name)
		if err != nil {
			return err
		}
		if row.Missing = missing; missing > 0 {
			row.Until = ledger.Time(since).Add(src.Grace)
		}
		s.Sources = append(s.Sources, row)
	}
	return nil
}

func (r *Reporter) documentStatus(tx *ledger.Tx, s *Status) error {
	receipts, err := tx.Receipts()
	for _, receipt := range receipts {
		url, err := r.config.Placement.Site.Join("/" + receipt.Path)
		if err != nil {
			return err
		}
		s.Documents = append(s.Documents, DocumentStatus{Path: receipt.Path, URL: url, MediaType: receipt.MediaType, Size: receipt.Size, Changed: ledger.Time(receipt.Changed)})
	}
	return err
}

func (r *Reporter) waitingStatus(tx *ledger.Tx, s *Status) error {
	holds, err := tx.Holds()
	if err != nil {
		return err
	}
	for _, h := range holds {
		s.Holds = append(s.Holds, hold.Of(h))
	}
	if s.Waiting, s.WaitingCount, err = noticesIn(tx, notice.Waiting); err != nil {
		return err
	}
	if s.Dead, s.DeadCount, err = noticesIn(tx, notice.Dead); err != nil {
		return err
	}
	refused, err := intake.Refusals(tx, "")
	if err != nil {
		return err
	}
	s.Refused = append(s.Refused, refused...)
	if s.Ahead, err = placement.Ahead(tx, r.config.Placement, r.now()); err != nil {
		return err
	}
	if s.Live, s.LiveCount, _, err = live.Waiting(tx, r.now()); err != nil {
		return err
	}
	s.Told, err = tx.Notices().Count(notice.Done)
	return err
}

// noticesIn returns the first notices in a state, and how many there are.
func noticesIn(tx *ledger.Tx, state string) ([]outbox.Notice, int64, error) {
	first, err := tx.Notices().In(state, noticesAtMost)
	if err != nil {
		return nil, 0, err
	}
	out := []outbox.Notice{}
	for _, n := range first {
		out = append(out, outbox.NoticeOf(n))
	}
	count, err := tx.Notices().Count(state)
	return out, count, err
}

// Editions returns the last publications, newest first.
func (r *Reporter) Editions(ctx context.Context, limit int) ([]EditionStatus, error) {
	var out []EditionStatus
	err := r.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		editions, err := tx.Editions(limit)
		for _, ed := range editions {
			out = append(out, EditionStatus{ID: ed.ID, At: ledger.Time(ed.At), Written: ed.Written, Removed: ed.Removed})
		}
		return err
	})
	return out, err
}
