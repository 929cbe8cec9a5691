package edition

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"herald/cmd/internal/ledger"
	"herald/source"
)

const (
	datedFirst     = source.DatedByFirstSeen
	datedRecovered = source.DatedByRecovery
)

// applying moves a resolved stage into the ledger.
type applying struct {
	*scan
	tx     *ledger.Tx
	times  *feedTimes
	shards *shards

	recovered  bool            // something was recovered of a lost ledger and not taken up yet
	reserved   map[string]bool // ids that readers know articles by which no scan has met since the ledger was lost
	refusals   bool            // some entry of the source stands refused
	unresolved bool            // nobody has asked yet whose URL it is
	claimed    bool            // of an unresolved scan: some entry claims an id, so two with one URL need not have one id
}

// apply makes a resolved stage true.
func (s *scan) apply(tx *ledger.Tx) error {
	a, err := s.applying(tx)
	if err != nil {
		return err
	}
	// Removals come first: they free the URLs and ids that others take up.
	for _, pass := range []ledger.Selection{ledger.StagedAbsent, ledger.StagedPresent} {
		if err := tx.StagedPages(s.src.Name, ledger.ByKey, pass, a.one); err != nil {
			return err
		}
	}
	return a.close()
}

func (s *scan) applying(tx *ledger.Tx) (*applying, error) {
	shards, err := s.openShards(tx)
	if err != nil {
		return nil, err
	}
	recovered, err := tx.RecoveredCount()
	if err != nil {
		return nil, err
	}
	refusals, err := tx.RefusalCount(s.src.Name)
	if err != nil {
		return nil, err
	}
	reserved, err := reservedIDs(tx)
	if err != nil {
		return nil, err
	}
	times, err := newFeedTimes(tx)
	if err != nil {
		return nil, err
	}
	return &applying{scan: s, tx: tx, times: times, shards: shards, recovered: recovered > 0, reserved: reserved, refusals: refusals > 0}, nil
}

func (a *applying) close() error {
	if err := a.shards.close(); err != nil {
		return err
	}
	if err := a.tx.ClearSightings(a.src.Name); err != nil {
		return err
	}
	return a.finish(a.tx, true)
}

func (a *applying) one(st *ledger.Staged) error {
	switch st.Kind {
	case ledger.New:
		return a.add(st, a.draw(st))
	case ledger.Changed:
		return a.change(st)
	case ledger.Missing:
		return a.remove(st)
	case ledger.Moved:
		return a.tx.DropSeen(a.src.Name, st.Key)
	case ledger.Refused:
		return a.refuse(st)
	}
	return a.note(st) // same, ignored
}

// note remembers what an entry looked like; a refusal it had is over.
func (a *applying) note(st *ledger.Staged) error {
	if a.refusals {
		if err := a.tx.Accept(a.src.Name, st.Key); err != nil {
			return err
		}
	}
	return a.tx.PutSeen(a.src.Name, ledger.Seen{Key: st.Key, Fingerprint: st.Fingerprint, Article: st.Article})
}

// refuse keeps the last good version of an article, if there is one, under its present key.
func (a *applying) refuse(st *ledger.Staged) error {
	if st.Article != 0 {
		row, err := a.tx.Article(st.Article)
		if err != nil {
			return err
		}
		if row.RemovedAt != 0 {
			st.Article = 0 // it was to come back; it stays away
		} else if row.Source != a.src.Name || row.Key != st.Key {
			old := *row
			row.Source, row.Key = a.src.Name, st.Key
			if err := errors.Join(a.leave(&old), a.tx.Put(row)); err != nil {
				return err
			}
		}
	}
	if err := a.tx.Refuse(a.src.Name, st.Key, st.Reason, a.start); err != nil {
		return err
	}
	return a.tx.PutSeen(a.src.Name, ledger.Seen{Key: st.Key, Fingerprint: st.Fingerprint, Article: st.Article})
}

// remove takes an article out of everything but the ledger.
func (a *applying) remove(st *ledger.Staged) error {
	if st.Article != 0 {
		row, err := a.tx.Article(st.Article)
		if err != nil {
			return err
		}
		old := *row
		row.RemovedAt = a.start
		a.report.Removed++
		a.tell("removed", row)
		if err := a.put(&old, row, false); err != nil {
			return err
		}
	}
	if st.Reason == noArticle {
		st.Article = 0
		return a.note(st)
	}
	return a.tx.DropSeen(a.src.Name, st.Key)
}

func (a *applying) tell(kind string, row *ledger.Article) {
	a.report.ChangeCount++
	if len(a.report.Changes) < 100 {
		a.report.Changes = append(a.report.Changes, Change{Kind: kind, Key: row.Key, URL: row.URL, Title: row.Said.Title})
	}
}

// draw makes the row of an entry that was never known, as far as the entry alone says what is in it.
func (s *scan) draw(st *ledger.Staged) *ledger.Article {
	row := &ledger.Article{FirstSeen: st.FirstSeen}
	s.fill(row, st)
	return row
}

// fill takes over what an entry says into its row.
func (s *scan) fill(row *ledger.Article, st *ledger.Staged) {
	row.Source, row.Key = s.src.Name, st.Key
	row.URL, row.Path, row.Words, row.DigestV, row.Said = st.URL, st.Path, st.Words, st.DigestV, st.Said
	row.Published, row.DatedBy = st.Published, st.DatedBy
	row.Expires, row.Flags = st.Expires, st.Flags
	row.RemovedAt = 0
	row.Digest = digest(row)
	row.Image = ""
	if row.Said.Image != "" {
		row.Image = source.Resolve(row.URL, row.Said.Image)
	}
}

// digest covers what the world is told of: the words, where they stand, and the date that a file
// name gives.
func digest(row *ledger.Article) (d source.Digest) {
	sum := sha256.New()
	sum.Write(row.Words[:])
	sum.Write([]byte(row.URL))
	if row.DatedBy == source.DatedByFileName {
		fmt.Fprintf(sum, "\x00%d", row.Published)
	}
	copy(d[:], sum.Sum(nil))
	return d
}

// claimedUpdate is the article's own time of last change if it is believable, else 0.
func (a *applying) claimedUpdate(st *ledger.Staged) int64 {
	if st.Updated < st.Published || st.Updated > ledger.Millis(a.Now()) {
		return 0
	}
	return st.Updated
}

// change brings a row up to what its entry says.
func (a *applying) change(st *ledger.Staged) error {
	row, err := a.tx.Article(st.Article)
	if err != nil {
		return err
	}
	old := *row
	if st.Claim != "" && st.Claim != row.GUID {
		a.report.Warnings = append(a.report.Warnings, fmt.Sprintf("%s: its id stays %q; ids never change, so %q is left out of account", st.Place, row.GUID, st.Claim))
	}
	a.fill(row, st)
	changed := row.Digest != old.Digest
	if changed {
		a.report.Changed++
	}
	quiet := a.first || st.Minor && row.URL == old.URL && a.stays(&old, row)
	a.dateChange(row, &old, st, changed && !st.Minor)
	switch {
	case old.RemovedAt != 0:
		a.tell("added", row)
	case old.Key != row.Key:
		a.tell("renamed", row)
	case changed:
		a.tell("changed", row)
	}
	if err := errors.Join(a.leave(&old), a.put(&old, row, quiet)); err != nil {
		return err
	}
	return a.note(st)
}

// stays reports whether a row enters and leaves no document: that, too, is told of a minor change.
func (a *applying) stays(old, row *ledger.Article) bool {
	inFeed, inSitemap, _ := public(row, a.start)
	return inFeed == old.InFeed && inSitemap == old.InSitemap
}

// leave takes a row from the source that it was in, which the config no longer names: that source
// must not remove what has moved on.
func (a *applying) leave(old *ledger.Article) error {
	if old.Source == a.src.Name {
		return nil
	}
	return a.tx.DropSeen(old.Source, old.Key)
}

// dateChange moves the time of last change, unless the change is minor or the article says another.
func (a *applying) dateChange(row, old *ledger.Article, st *ledger.Staged, counts bool) {
	switch claimed := a.claimedUpdate(st); {
	case claimed != 0:
		row.Updated, row.FirstSight = claimed, false
	case counts && old.FeedPublished == 0 && row.Published > a.start:
		row.Updated = row.Published // not yet out: it was never another
	case counts && old.FeedPublished == 0:
		row.Updated = max(row.Published, old.Updated)
	case counts:
		row.Updated, row.FirstSight = max(a.start, row.Published), false
		if row.Updated == old.Updated {
			row.Updated += 1000 // the second change of one second is one too
		}
	}
	row.Updated = max(row.Updated, row.Published)
}

// put settles whether a row is public now, its feed times and its shard, and writes it. old is the
// row before. A quiet change moves what the world is taken to know at once, unless a change that is
// not quiet still waits to be told.
func (a *applying) put(old, row *ledger.Article, quiet bool) error {
	if quiet {
		waiting, err := a.tx.IsTouched(row.ID)
		if err != nil {
			return err
		}
		quiet = !waiting
	}
	if err := a.settleRow(a.tx, a.times, a.shards, old, row, a.start, quiet); err != nil || quiet {
		return err
	}
	return a.tx.Touch(row.ID)
}
