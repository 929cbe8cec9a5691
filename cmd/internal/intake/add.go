package intake

import (
	"cmp"
	"errors"
	"fmt"

	"herald/cmd/internal/intake/recovered"
	"herald/cmd/internal/ledger"
	"herald/source"
)

// add takes in an article that was never known, or that only a recovered row knows. What nobody has met is tried before
// anything is asked: of most articles nothing is taken.
func (a *applier) add(st *ledger.Staged) error {
	row := &ledger.Article{GUID: cmp.Or(st.Claim, st.Minted, st.URL)}
	if st.Article == 0 && (st.Claim != "" || !a.reserved[row.GUID]) {
		a.fillNew(row, st)
		added, err := a.rows.Add(row, a.scan.start, a.scan.first)
		if err != nil {
			return err
		}
		if added {
			return a.recordNew(row, st)
		}
	}
	return a.addContested(st)
}

// addContested takes in an article of which something may be taken, or that a recovered row knows.
func (a *applier) addContested(st *ledger.Staged) error {
	row := &ledger.Article{}
	if st.Article != 0 {
		var err error
		if row, err = a.tx.Article(st.Article); err != nil {
			return err
		}
	}
	if refused, err := a.mint(row, st); err != nil {
		return err
	} else if refused {
		return a.refuse(st)
	}
	if st.Article != 0 {
		if err := a.tx.DropRecovered(row.ID); err != nil {
			return err
		}
		row.ID = 0 // it counts as known from now on
		a.scan.report.Recovered++
	}
	a.fillNew(row, st)
	if err := a.rows.Put(&ledger.Article{}, row, a.scan.start, a.scan.first); err != nil {
		return err
	}
	return a.recordNew(row, st)
}

// fillNew takes over what an entry says into a new row.
func (a *applier) fillNew(row *ledger.Article, st *ledger.Staged) {
	row.FirstSeen = st.FirstSeen
	a.scan.fill(row, st)
	a.await(row, st.Article != 0)
	a.dateNew(row, st)
}

// recordNew reports a new row and remembers its entry.
func (a *applier) recordNew(row *ledger.Article, st *ledger.Staged) error {
	a.scan.report.Added++
	switch {
	case row.IsPage():
		a.scan.report.Pages++
	case row.DatedBy != "":
		a.scan.report.DatedBy[string(row.DatedBy)]++
	}
	a.scan.report.change("added", row)
	st.Article = row.ID
	if err := errors.Join(a.putWait(&ledger.Article{}, row), a.notes.Note(&ledger.Article{}, row)); err != nil {
		return err
	}
	return a.putSeen(st)
}

// mint returns a new article its id: what readers know it by, else what it claims, else what its source mints, else its
// URL, else that with "#2" and on.
// An id that the article itself claims and that is taken refuses it.
func (a *applier) mint(row *ledger.Article, st *ledger.Staged) (refused bool, err error) {
	claim, own := st.Claim, cmp.Or(st.Minted, st.URL)
	switch shown := row.Shown.ID; {
	case st.Article == 0:
	case shown == "" && row.FormerURL() != st.URL:
		own = row.FormerURL()
	case shown == "":
	case !recovered.MintedFor(claim, shown):
		if taken, err := a.tx.GUIDTaken(shown); err != nil || !taken {
			row.GUID = shown
			return false, err
		}
	}
	row.GUID = cmp.Or(claim, own)
	for base, n := row.GUID, 2; ; n++ {
		taken, err := a.tx.GUIDTaken(row.GUID)
		if err != nil || !taken && (row.GUID == claim || !a.reserved[row.GUID]) {
			return false, err
		}
		if claim != "" {
			holder, err := a.tx.ByGUID(row.GUID)
			if err != nil {
				return false, err
			}
			a.scan.report.Contested = true
			refuse(st, fmt.Sprintf(idTaken, claim, holder.Shown.Place))
			return true, nil
		}
		row.GUID = fmt.Sprintf("%s#%d", base, n)
	}
}

// dateNew returns a new article its time of last change.
func (a *applier) dateNew(row *ledger.Article, st *ledger.Staged) {
	claimed := a.claimedUpdate(st)
	switch {
	case claimed != 0:
		row.FirstSight = false
	case st.Article == 0:
		row.FirstSight = a.scan.first && !a.recovered && row.DatedBy == source.DatedByFirstSeen
	}
	row.Updated = cmp.Or(claimed, max(row.Published, row.Updated))
}
