package intake

import (
	"cmp"
	"errors"
	"fmt"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// add takes in an article that was never known, or that only standing documents know, for the ledger was lost.
func (a *applier) add(st *ledger.Staged) error {
	rec, recovered, err := a.recall(st)
	if err != nil {
		return err
	}
	claim, err := a.claim(st, rec)
	if err != nil {
		return err
	}
	guid, refused, err := a.mint(claim, st)
	if err != nil {
		return err
	}
	if refused {
		return a.refuse(st)
	}
	row := &ledger.Article{GUID: guid, FirstSeen: st.FirstSeen}
	a.fill(row, st)
	a.dateNew(row, st, rec, recovered)
	if recovered {
		if err := errors.Join(a.rows.Recover(row, rec), a.tx.DropRecovered(rec.URL)); err != nil {
			return err
		}
		a.scan.report.Recovered++
	}
	if err := a.rows.Put(&ledger.Article{}, row, a.scan.start, a.scan.first); err != nil {
		return err
	}
	a.scan.report.Added++
	if row.DatedBy != "" {
		a.scan.report.DatedBy[string(row.DatedBy)]++
	}
	a.scan.report.change("added", row)
	st.Article = row.ID
	return a.note(st)
}

// recall gives what standing documents said of an entry when the ledger was lost.
func (a *applier) recall(st *ledger.Staged) (ledger.Recovered, bool, error) {
	if !a.recovered {
		return ledger.Recovered{}, false, nil
	}
	return a.tx.Recovered(cmp.Or(a.scan.recoveredAt[st.Key], st.URL))
}

// mint gives the id of a new article: what it claims, else its URL, else that with "#2" and on. An
// id that the article itself claims and that is taken refuses it.
func (a *applier) mint(claim string, st *ledger.Staged) (guid string, refused bool, err error) {
	guid = cmp.Or(claim, st.URL)
	for base, n := guid, 2; ; n++ {
		taken, err := a.tx.GUIDTaken(guid)
		if err != nil || !taken && (guid == claim || !a.reserved[guid]) {
			return guid, false, err
		}
		if st.Claim != "" {
			holder, err := a.tx.ByGUID(guid)
			if err != nil {
				return "", false, err
			}
			a.scan.report.Contested = true
			refuse(st, fmt.Sprintf(idTaken, guid, holder.Said.Place))
			return "", true, nil
		}
		guid = fmt.Sprintf("%s#%d", base, n)
	}
}

// dateNew gives a new article its time of last change.
func (a *applier) dateNew(row *ledger.Article, st *ledger.Staged, rec ledger.Recovered, recovered bool) {
	row.Updated = row.Published
	if claimed := a.claimedUpdate(st); claimed != 0 {
		row.Updated = claimed
		return
	}
	if recovered {
		row.FirstSight = rec.LastMod == 0
		row.Updated = max(row.Published, rec.LastMod)
		return
	}
	row.FirstSight = a.scan.first && !a.recovered && row.DatedBy == source.DatedByFirstSeen
}
