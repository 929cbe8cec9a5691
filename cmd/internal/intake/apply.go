package intake

import (
	"errors"
	"slices"

	"herald/cmd/internal/guard"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source"
)

// applier moves a resolved stage into the ledger.
type applier struct {
	scan   *scan
	source string // its name
	tx     *ledger.Tx
	rows   *placement.Writer
	notes  guard.Notes

	recovered bool            // something was recovered of a lost ledger and not taken up yet
	reserved  map[string]bool // the ids among that
	refusals  bool            // some entry of the source stands refused
}

// apply makes a resolved stage true.
func (s *scan) apply(tx *ledger.Tx) error {
	a, err := s.newApplier(tx)
	if err != nil {
		return err
	}
	// Removals come first: they free the URLs and ids that others take up.
	for _, pass := range []ledger.Selection{ledger.StagedAbsent, ledger.StagedPresent} {
		if err := tx.StagedPages(s.source.Name, ledger.ByKey, pass, a.one); err != nil {
			return err
		}
	}
	if err := errors.Join(a.rows.Close(), a.notes.Close(), tx.ClearSightings(s.source.Name)); err != nil {
		return err
	}
	return s.finish(tx, true)
}

func (s *scan) newApplier(tx *ledger.Tx) (*applier, error) {
	recovered, err := tx.RemovedCount(ledger.Recovered)
	if err != nil {
		return nil, err
	}
	refusals, err := tx.RefusalCount(s.source.Name)
	if err != nil {
		return nil, err
	}
	reserved, err := tx.RecoveredIDs()
	if err != nil {
		return nil, err
	}
	rows, err := placement.Open(tx, s.in.config.Placement)
	if err != nil {
		return nil, err
	}
	a := &applier{scan: s, source: s.source.Name, tx: tx, rows: rows, recovered: recovered > 0, reserved: reserved, refusals: refusals > 0}
	if s.noted {
		a.notes = guard.Keep(tx, a.source, s.start)
	}
	return a, nil
}

// one applies one staged entry.
func (a *applier) one(st *ledger.Staged) error {
	if slices.ContainsFunc(st.Shown.Refs, source.Ref.ByName) {
		if err := a.tx.KeepNames(); err != nil {
			return err
		}
	}
	switch st.Kind {
	case ledger.New:
		return a.add(st)
	case ledger.Changed:
		return a.change(st)
	case ledger.Missing:
		return a.remove(st)
	case ledger.Away:
		return a.stay(st)
	case ledger.Moved:
		return a.tx.DropSeen(a.source, st.Key)
	case ledger.Refused:
		return a.refuse(st)
	}
	return a.putSeen(st) // same, ignored
}

// putSeen remembers what an entry looked like; a refusal it had is over.
func (a *applier) putSeen(st *ledger.Staged) error {
	if a.refusals {
		if err := a.tx.Accept(a.source, st.Key); err != nil {
			return err
		}
	}
	return a.tx.PutSeen(a.source, ledger.Seen{Key: st.Key, Fingerprint: st.Fingerprint, Article: st.Article})
}

// refuse keeps the last good version of an article, if there is one, under its present key.
func (a *applier) refuse(st *ledger.Staged) error {
	if st.Article != 0 {
		row, err := a.tx.Article(st.Article)
		if err != nil {
			return err
		}
		if row.RemovedAt != 0 {
			st.Article = 0 // it was to come back; it stays away
		} else if row.Source != a.source || row.Key != st.Key {
			old := *row
			row.Source, row.Key = a.source, st.Key
			if err := errors.Join(a.leave(&old), a.tx.Put(row)); err != nil {
				return err
			}
			a.rows.Count(&old, row)
		}
	}
	if err := a.tx.Refuse(a.source, st.Key, st.Reason, a.scan.start); err != nil {
		return err
	}
	return a.tx.PutSeen(a.source, ledger.Seen{Key: st.Key, Fingerprint: st.Fingerprint, Article: st.Article})
}

// remove takes an article out of everything but the ledger.
func (a *applier) remove(st *ledger.Staged) error {
	if st.Article != 0 {
		row, err := a.tx.Article(st.Article)
		if err != nil {
			return err
		}
		old := *row
		row.RemovedAt, row.MissingSince = a.scan.start, 0
		a.scan.report.Removed++
		a.scan.report.change("removed", row)
		if err := a.put(&old, row, false); err != nil {
			return err
		}
	}
	if st.Reason == noArticle {
		st.Article = 0
		return a.putSeen(st)
	}
	return a.tx.DropSeen(a.source, st.Key)
}
