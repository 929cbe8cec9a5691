package edition

import (
	"cmp"
	"fmt"

	"herald/cmd/internal/ledger"
)

// add takes in the row of an article that was never known.
func (a *applying) add(st *ledger.Staged, row *ledger.Article) error {
	rec, recovered, err := a.recall(st)
	if err != nil {
		return err
	}
	claim, err := a.claim(st, rec)
	if err != nil {
		return err
	}
	a.dateNew(row, st, rec, recovered)
	if recovered {
		row.Shard = rec.Shard
		if err := a.times.recovered(row, rec); err != nil {
			return err
		}
	}
	if a.unresolved && a.claimed {
		if refused, err := a.urlTaken(st); err != nil || refused {
			return err
		}
	}
	if refused, err := a.insert(row, st, claim); err != nil || refused {
		return err
	}
	if recovered {
		if err := a.tx.DropRecovered(rec.URL); err != nil {
			return err
		}
	}
	a.report.Added++
	if recovered {
		a.report.Recovered++
	}
	if row.DatedBy != "" {
		a.report.DatedBy[string(row.DatedBy)]++
	}
	a.tell("added", row)
	st.Article = row.ID
	return a.note(st)
}

// insert gives a new row its id for ever, its feed times and its shard, and writes it. It refuses
// the entry whose id or URL is another's.
func (a *applying) insert(row *ledger.Article, st *ledger.Staged, claim string) (refused bool, err error) {
	row.GUID = cmp.Or(claim, st.URL)
	row.InFeed, row.InSitemap, row.Due = public(row, a.start)
	if row.InSitemap && row.Shard == "" {
		if err := a.shards.assign(row); err != nil {
			return false, err
		}
	}
	if a.first {
		row.ToldURL, row.ToldTopic = knowable(row)
	}
	if added, err := a.try(row, claim); err != nil {
		return false, err
	} else if !added {
		if refused, err = a.contest(row, st, claim); err != nil || refused {
			return refused, err
		}
	}
	a.shards.add(row)
	if a.first {
		return false, nil
	}
	return false, a.tx.Touch(row.ID)
}

// try writes a new row as if nothing of it could be taken.
func (a *applying) try(row *ledger.Article, claim string) (added bool, err error) {
	if row.GUID != claim && a.reserved[row.GUID] {
		return false, nil
	}
	published, updated, took := row.FeedPublished, row.FeedUpdated, func() {}
	if row.InFeed || row.InSitemap {
		took = a.times.guess(row)
	}
	if added, err = a.tx.Add(row); added {
		took()
	} else {
		row.FeedPublished, row.FeedUpdated = published, updated
	}
	return added, err
}

// contest finds out what of a new row was taken, and writes it with what is free.
func (a *applying) contest(row *ledger.Article, st *ledger.Staged, claim string) (refused bool, err error) {
	if a.unresolved {
		if refused, err := a.urlTaken(st); err != nil || refused {
			return refused, err
		}
	}
	if row.GUID, refused, err = a.mint(claim, st); err != nil {
		return false, err
	}
	if refused {
		return true, a.refuse(st)
	}
	if row.InFeed || row.InSitemap {
		if err := a.times.give(nil, row); err != nil {
			return false, err
		}
	}
	return false, a.tx.Put(row)
}

// urlTaken refuses a new entry whose URL a living article has.
func (a *applying) urlTaken(st *ledger.Staged) (refused bool, err error) {
	holder, err := a.tx.ByURL(st.URL)
	if err != nil || holder == nil || holder.RemovedAt != 0 {
		return false, err
	}
	a.report.Contested = true
	refuse(st, urlTaken(st, holder.Said.Place))
	return true, a.refuse(st)
}

// recall gives what standing documents said of an entry when the ledger was lost.
func (a *applying) recall(st *ledger.Staged) (ledger.Recovered, bool, error) {
	if !a.recovered {
		return ledger.Recovered{}, false, nil
	}
	return a.tx.Recovered(cmp.Or(a.reunited[st.Key], st.URL))
}

// mint gives the id of a new article: what it claims, else its URL, else that with "#2" and on. An
// id that the article itself claims and that is taken refuses it.
func (a *applying) mint(claim string, st *ledger.Staged) (guid string, refused bool, err error) {
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
			a.report.Contested = true
			refuse(st, fmt.Sprintf(idTaken, guid, holder.Said.Place))
			return "", true, nil
		}
		guid = fmt.Sprintf("%s#%d", base, n)
	}
}

// dateNew gives a new article its time of last change.
func (a *applying) dateNew(row *ledger.Article, st *ledger.Staged, rec ledger.Recovered, recovered bool) {
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
	row.FirstSight = a.first && !a.recovered && row.DatedBy == datedFirst
}
