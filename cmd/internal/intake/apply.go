package intake

import (
	"errors"
	"slices"

	"herald/cmd/internal/guard"
	"herald/cmd/internal/intake/merging"
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
	others    map[string]bool // sources that lead other articles now, or have other copies
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
	if err := a.absorb(); err != nil {
		return err
	}
	if err := errors.Join(a.rows.Close(), a.notes.Close(), tx.ClearSightings(s.source.Name), merging.RecountAll(tx, a.others)); err != nil {
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
	a := &applier{scan: s, source: s.source.Name, tx: tx, rows: rows, recovered: recovered > 0, reserved: reserved, refusals: refusals > 0, others: map[string]bool{}}
	if s.noted {
		a.notes = guard.Keep(tx, a.source, s.start)
	}
	return a, nil
}

// one applies one staged entry.
func (a *applier) one(st *ledger.Staged) error {
	a.scan.counted.Add(1)
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
	return a.putSeen(st) // same, ignored, copies
}

// putSeen remembers what an entry looked like; a refusal it had is over.
func (a *applier) putSeen(st *ledger.Staged) error {
	if a.refusals {
		if err := a.tx.Accept(a.source, st.Key); err != nil {
			return err
		}
	}
	seen := ledger.Seen{Key: st.Key, Fingerprint: st.Fingerprint, Article: st.Article}
	if st.Kind == ledger.Copy {
		seen.Copy, seen.Place, seen.URL = true, st.Place, st.URL
	}
	return a.tx.PutSeen(a.source, seen)
}

// refuse keeps the last good version of an article, if there is one, under its present key.
func (a *applier) refuse(st *ledger.Staged) error {
	seen := ledger.Seen{Key: st.Key, Fingerprint: st.Fingerprint}
	if st.Article == 0 {
		var err error
		if seen.Article, err = a.scan.merged.Keep(st.Key); err != nil {
			return err
		}
		seen.Copy, seen.Place, seen.URL = seen.Article != 0, st.Place, st.URL
	} else {
		row, err := a.tx.Article(st.Article)
		if err != nil {
			return err
		}
		seen.Article = row.ID
		if row.RemovedAt != 0 || a.leads(row) {
			seen.Article = 0 // it was to come back, or to take over what another source has; it does not
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
	return a.tx.PutSeen(a.source, seen)
}

// remove takes an article out of everything but the ledger, unless another source holds it.
func (a *applier) remove(st *ledger.Staged) error {
	if st.Article != 0 {
		if err := a.removeRow(st.Article); err != nil {
			return err
		}
	}
	if st.Reason == noArticle {
		st.Article = 0
		return a.putSeen(st)
	}
	return a.tx.DropSeen(a.source, st.Key)
}

func (a *applier) removeRow(id int64) error {
	row, err := a.tx.Article(id)
	if err != nil {
		return err
	}
	if handed, err := a.handOver(row); err != nil || handed {
		return err
	}
	old := *row
	row.RemovedAt, row.MissingSince = a.scan.start, 0
	a.scan.report.Removed++
	a.scan.report.change("removed", row)
	return a.put(&old, row, false)
}
