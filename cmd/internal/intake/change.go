package intake

import (
	"errors"
	"fmt"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source/weburl"
)

// claimedUpdate is the article's own time of last change if it is believable, else 0.
func (a *applier) claimedUpdate(st *ledger.Staged) int64 {
	if st.Updated < st.Published || st.Updated > ledger.Millis(a.scan.in.config.Now()) {
		return 0
	}
	return st.Updated
}

// change brings a row up to what its entry says.
func (a *applier) change(st *ledger.Staged) error {
	row, err := a.tx.Article(st.Article)
	if err != nil {
		return err
	}
	old := *row
	if st.Claim != "" && st.Claim != row.GUID {
		a.scan.report.Warnings = append(a.scan.report.Warnings, fmt.Sprintf("%s: its id stays %q; ids never change, so %q is left out of account", st.Place, row.GUID, st.Claim))
	}
	a.scan.fill(row, st)
	leavePages(row, &old)
	changed := row.Digest != old.Digest
	quiet := a.scan.first || st.Minor && row.URL == old.URL && a.stays(&old, row)
	a.dateChange(row, &old, st, changed && !st.Minor)
	a.report(&old, row)
	if err := errors.Join(a.leave(&old), a.put(&old, row, quiet), a.putWait(&old, row)); err != nil {
		return err
	}
	if row.URL != old.URL {
		if err := a.askCopies(row.ID); err != nil {
			return err
		}
	}
	return a.putSeen(st)
}

// report counts and names what became of a row: each article once, as what a reader of the report would call it. How many were
// renamed is counted where they are found.
func (a *applier) report(old, row *ledger.Article) {
	r := a.scan.report
	switch {
	case old.RemovedAt != 0:
		r.Added++
		r.change("added", row)
	case old.Key != row.Key && !a.leads(old) && old.ContentDigest == row.ContentDigest:
		r.change("renamed", row)
	case row.Digest != old.Digest:
		r.Changed++
		r.change("changed", row)
	default:
		return
	}
	if url, topic := placement.Told(old); old.URL != row.URL && url.URL+topic.URL != "" && len(r.Changes) > 0 && r.ChangeCount <= changesListed {
		r.Changes[len(r.Changes)-1].Was = old.URL
	}
}

// stays reports whether a row enters and leaves no document: that, too, is told of a minor change.
func (a *applier) stays(old, row *ledger.Article) bool {
	inFeed, inSitemap, _ := placement.Public(row, a.scan.start)
	return inFeed == old.InFeed && inSitemap == old.InSitemap
}

// dateChange moves the time of last change, unless the change is minor or the article says another.
func (a *applier) dateChange(row, old *ledger.Article, st *ledger.Staged, counts bool) {
	switch claimed := a.claimedUpdate(st); {
	case claimed != 0:
		row.Updated, row.FirstSight = claimed, false
	case counts && old.FeedPublished == 0 && row.Published > a.scan.start:
		row.Updated = row.Published // not yet out: it was never another
	case counts && old.FeedPublished == 0:
		row.Updated = max(row.Published, old.Updated)
	case counts:
		row.Updated, row.FirstSight = max(a.scan.start, row.Published), false
		if row.Updated == old.Updated {
			row.Updated += 1000 // the second change of one second is one too
		}
	}
	row.Updated = max(row.Updated, row.Published)
}

// put writes a row as the rules want it. A quiet change moves what the world is taken to know at once, unless a change
// that is not quiet still waits to be told. old is the row before.
func (a *applier) put(old, row *ledger.Article, quiet bool) error {
	if quiet {
		waiting, err := a.tx.IsTouched(row.ID)
		if err != nil {
			return err
		}
		quiet = !waiting
	}
	err := a.rows.Put(old, row, a.scan.start, quiet)
	if quiet && !a.scan.first {
		err = errors.Join(err, a.rows.Keep(old, row, a.scan.start))
	}
	return errors.Join(err, a.notes.Note(old, row))
}

// fill takes over what an entry says into its row.
func (s *scan) fill(row *ledger.Article, st *ledger.Staged) {
	was, origin := row.Digest, row.Shown.Origin
	row.Source, row.Key = s.source.Name, st.Key
	row.URL, row.Path, row.ContentDigest, row.DigestVersion, row.Shown = st.URL, st.Path, st.ContentDigest, st.DigestVersion, st.Shown
	row.Published, row.DatedBy = st.Published, st.DatedBy
	row.Expires, row.Flags = st.Expires, waits(st.Flags, row.Flags)
	row.RemovedAt, row.MissingSince = 0, 0
	if row.Digest = placement.Digest(row); row.Digest == was {
		row.Shown.Origin = origin // its feed alone says something else, which is no change of the article
	}
	row.Image = ""
	if row.Shown.Image != "" {
		row.Image = weburl.Resolve(row.URL, row.Shown.Image)
	}
}
