package edition

import (
	"context"
	"errors"
	"fmt"
	"time"

	"herald/cmd/internal/ledger"
)

// ErrUnknown says that nothing of a name is known.
var ErrUnknown = errors.New("nothing is known of it")

// Next is when Publish has something to do by the clock alone; the zero time: never.
func (e *Edition) Next(ctx context.Context) (at time.Time, err error) {
	err = e.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		ms, err := tx.NextDue()
		at = ledger.Time(ms)
		return err
	})
	return at, err
}

// Approve marks a hold as released; 0 means the only one there is. The next Scan or Publish lets
// exactly that change through, and nothing else.
func (e *Edition) Approve(ctx context.Context, id int64) (Hold, error) {
	var out Hold
	err := e.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		holds, err := tx.Holds()
		if err != nil {
			return err
		}
		if id == 0 && len(holds) > 1 {
			return fmt.Errorf("%d changes are held: say which one; herald status lists them", len(holds))
		}
		for _, h := range holds {
			if id == 0 || h.ID == id {
				h.Approved = true
				out = *holdOf(h)
				return tx.PutHold(&h)
			}
		}
		if id == 0 {
			return errors.New("approve: nothing is held")
		}
		return fmt.Errorf("approve hold %d: there is no such hold, or its cause is gone", id)
	})
	return out, err
}

// Status says how sources, documents, holds and notices stand.
func (e *Edition) Status(ctx context.Context) (*Status, error) {
	s := &Status{}
	err := e.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		return errors.Join(e.sourceStatus(tx, s), e.documentStatus(tx, s), e.waitingStatus(tx, s))
	})
	return s, err
}

func (e *Edition) sourceStatus(tx *ledger.Tx, s *Status) error {
	for _, src := range e.Sources {
		record, err := tx.Source(src.Name)
		if err != nil {
			return err
		}
		row := SourceStatus{
			Name: src.Name, FirstScan: ledger.Time(record.FirstScan), LastScan: ledger.Time(record.LastScan),
			LastGood: ledger.Time(record.LastGood), LastError: record.LastError, Articles: record.Articles,
		}
		if row.Refused, err = tx.RefusalCount(src.Name); err != nil {
			return err
		}
		if row.Removed, err = tx.RemovedCount(src.Name); err != nil {
			return err
		}
		s.Sources = append(s.Sources, row)
	}
	return nil
}

func (e *Edition) documentStatus(tx *ledger.Tx, s *Status) error {
	receipts, err := tx.Receipts()
	for _, r := range receipts {
		url, err := e.Site.URL.Join("/" + r.Path)
		if err != nil {
			return err
		}
		s.Documents = append(s.Documents, DocumentStatus{Path: r.Path, URL: url, MediaType: r.MediaType, Size: r.Size, Changed: ledger.Time(r.Changed)})
	}
	return err
}

func (e *Edition) waitingStatus(tx *ledger.Tx, s *Status) error {
	holds, err := tx.Holds()
	if err != nil {
		return err
	}
	for _, h := range holds {
		s.Holds = append(s.Holds, *holdOf(h))
	}
	if s.Waiting, s.WaitingCount, err = noticesIn(tx, ledger.Waiting); err != nil {
		return err
	}
	if s.Dead, s.DeadCount, err = noticesIn(tx, ledger.Dead); err != nil {
		return err
	}
	refused, err := tx.Refusals("", listedAtMost)
	if err != nil {
		return err
	}
	for _, r := range refused {
		s.Refused = append(s.Refused, Refusal{r.Source, r.Key, r.Reason, r.LastGood})
	}
	if s.Ahead, err = e.ahead(tx, e.nowMillis()); err != nil {
		return err
	}
	s.Told, err = tx.NoticeCount(ledger.Done)
	return err
}

// noticesIn gives the first notices in a state, and how many there are.
func noticesIn(tx *ledger.Tx, state string) ([]Notice, int64, error) {
	first, err := tx.Notices(state, listedAtMost)
	if err != nil {
		return nil, 0, err
	}
	var out []Notice
	for _, n := range first {
		out = append(out, noticeOf(n))
	}
	count, err := tx.NoticeCount(state)
	return out, count, err
}

// nearFuture is how far ahead of UTC a clock on Earth can be: a zone-less date within it may well
// have been meant as now.
const nearFuture = 14 * time.Hour

// ahead names the articles that wait for a date which was written without an offset, while no
// site.timezone says what was meant.
func (e *Edition) ahead(tx *ledger.Tx, now int64) ([]string, error) {
	if e.Site.ZoneSet {
		return nil, nil
	}
	var out []string
	err := tx.Ahead(now, now+nearFuture.Milliseconds(), func(row *ledger.Article) error {
		out = append(out, fmt.Sprintf("%s appears at %s; if its date is another zone's, set site.timezone",
			row.Said.Place, ledger.Time(row.Published).In(e.Site.Zone).Format(time.RFC3339)))
		return nil
	})
	return out, err
}

// Editions gives the last publications, newest first.
func (e *Edition) Editions(ctx context.Context, limit int) ([]EditionStatus, error) {
	var out []EditionStatus
	err := e.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		editions, err := tx.Editions(limit)
		for _, ed := range editions {
			out = append(out, EditionStatus{ID: ed.ID, At: ledger.Time(ed.At), Written: ed.Written, Removed: ed.Removed})
		}
		return err
	})
	return out, err
}
