package intake

import (
	"cmp"

	"herald/cmd/internal/ledger"
)

// grace lets public articles that are missing stay until they have been missing for the grace of their source. One whose
// key or URL another article has now makes room at once.
func (r *resolver) grace() error {
	if r.scan.grace() == 0 {
		return nil
	}
	return r.tx.StagedPages(r.source, ledger.ByKey, ledger.StagedMissing, func(s *ledger.Staged) error {
		row, err := r.tx.Article(s.Article)
		if err != nil || r.scan.until(row) <= r.scan.start || !row.InFeed && !row.InSitemap || r.abandoned[row.ID] != 0 || r.merged.Displaced[row.ID] {
			return err
		}
		if taken, err := r.tx.StagedAt(r.source, row.URL); err != nil || taken {
			return err
		}
		s.Kind = ledger.Away
		return r.tx.Restage(s)
	})
}

// until returns when a row that is missing is to be removed.
func (s *scan) until(row *ledger.Article) int64 {
	since := min(cmp.Or(row.MissingSince, s.start), s.start) // a clock that was set back prolongs nothing
	return since + s.grace().Milliseconds()
}

// stay notes that a row is missing. Its entry is looked at whenever it is listed again.
func (a *applier) stay(st *ledger.Staged) error {
	row, err := a.tx.Article(st.Article)
	if err != nil {
		return err
	}
	until := a.scan.until(row)
	if since := until - a.scan.grace().Milliseconds(); since != row.MissingSince {
		row.MissingSince = since
		if err := a.tx.Put(row); err != nil {
			return err
		}
	}
	report := a.scan.report
	report.Missing++
	if at := ledger.Time(until); report.MissingUntil.IsZero() || at.Before(report.MissingUntil) {
		report.MissingUntil = at
	}
	st.Fingerprint = ""
	return a.putSeen(st)
}
