package placement

import (
	"crypto/sha256"
	"fmt"
	"math"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// archives are the archive documents of feeds, held open during one transaction: which articles each holds. They are cut from
// the oldest article of a feed on, so that a page's articles stay the same while newer ones come. An edit changes the sum
// of its page; what enters or leaves makes the pages from there on stale, and Cut cuts them anew.
type archives struct {
	tx     *ledger.Tx
	known  map[string]ledger.Archive
	pages  map[string][]ledger.ArchivePage
	edited map[string]map[int]bool // by feed: the places of pages to write
	stale  map[string]bool
}

func openArchives(tx *ledger.Tx) (*archives, error) {
	known, err := tx.Archives()
	if err != nil || len(known) == 0 { // none was cut yet: that is done as a whole
		return nil, err
	}
	return &archives{tx, known, map[string][]ledger.ArchivePage{}, map[string]map[int]bool{}, map[string]bool{}}, nil
}

// moved notes a change of a row. old is the row as it stood.
func (a *archives) moved(c Config, old, row *ledger.Article) error {
	if a == nil {
		return nil
	}
	before, now := map[string]bool{}, map[string]bool{}
	if old.InFeed {
		for _, f := range c.feedsOf(old) {
			_, before[f.Name] = a.known[f.Name]
		}
	}
	if row.InFeed {
		for _, f := range c.feedsOf(row) {
			_, now[f.Name] = a.known[f.Name]
		}
	}
	for name, was := range before {
		if was && !now[name] {
			a.cutFrom(name, old.FeedPublished)
		}
	}
	for name, is := range now {
		switch {
		case is && !before[name]:
			a.cutFrom(name, row.FeedPublished)
		case is:
			if err := a.edit(name, old, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// cutFrom notes that the pages of a feed are to be cut anew from a feed time on. One whose archive was never cut is stale as a
// whole anyhow.
func (a *archives) cutFrom(feed string, from int64) {
	if known, made := a.known[feed]; made && from < known.Stale {
		known.Stale = from
		a.known[feed], a.stale[feed] = known, true
	}
}

// edit changes the sum of the page that holds a row.
func (a *archives) edit(feed string, old, row *ledger.Article) (err error) {
	known, made := a.known[feed]
	if !made || row.FeedPublished >= known.Stale {
		return nil
	}
	pages, read := a.pages[feed]
	if !read {
		if pages, err = a.tx.ArchivePages(feed); err != nil {
			return err
		}
		a.pages[feed] = pages
	}
	at := PageOf(pages, row.FeedPublished)
	was, is := archiveDigest(old), archiveDigest(row)
	if at < 0 || was == is && linked(old) == linked(row) {
		return nil
	}
	p := &pages[at]
	AddDigest(&p.Sum, was, -1)
	AddDigest(&p.Sum, is, 1)
	p.Updated, p.Linked = max(p.Updated, row.FeedUpdated), p.Linked+linked(row)-linked(old)
	if a.edited[feed] == nil {
		a.edited[feed] = map[int]bool{}
	}
	a.edited[feed][at] = true
	return nil
}

// PageOf returns the place of the page that holds a feed time, -1 where it is older than all.
func PageOf(pages []ledger.ArchivePage, feedPublished int64) int {
	at := len(pages) - 1
	for at >= 0 && pages[at].Oldest > feedPublished {
		at--
	}
	return at
}

// close writes what was noted.
func (a *archives) close() error {
	if a == nil {
		return nil
	}
	for feed := range a.stale {
		if err := a.tx.PutArchive(a.known[feed]); err != nil {
			return err
		}
	}
	for feed, places := range a.edited {
		for at := range places {
			if err := a.tx.PutArchivePage(a.pages[feed][at]); err != nil {
				return err
			}
		}
	}
	return nil
}

// archiveDigest returns the digest of what an archive document says of a row.
func archiveDigest(row *ledger.Article) (d source.Digest) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %s %d %d", row.GUID, row.URL, row.Digest, row.FeedPublished, row.FeedUpdated))
	copy(d[:], sum[:])
	return d
}

// linked is 1 of a row that refers to others by name.
func linked(row *ledger.Article) int64 { return min(1, int64(len(row.Shown.Refs))) }

// made says what the archive of a feed is cut by.
func (f Feed) made() string { return fmt.Sprintf("%d of %+q", f.Archive, f.Where) }

// CutDue reports whether Cut has something to do, for feeds that have an archive.
func CutDue(tx *ledger.Tx, all []Feed) (bool, error) {
	known, err := tx.Archives()
	if err != nil {
		return false, err
	}
	for _, f := range all {
		a, made := known[f.Name]
		if !made || a.Made != f.made() || a.Stale != ledger.NotStale {
			return true, nil
		}
	}
	return len(known) > len(all), nil
}

// Cut cuts the stale pages of the archives of some feeds, which are all that have one, and forgets the archives of others.
func Cut(tx *ledger.Tx, all []Feed) error {
	known, err := tx.Archives()
	if err != nil {
		return err
	}
	for _, f := range all {
		a, made := known[f.Name]
		delete(known, f.Name)
		if !made || a.Made != f.made() {
			a = ledger.Archive{Feed: f.Name, Made: f.made(), Stale: math.MinInt64}
		}
		if a.Stale == ledger.NotStale {
			continue
		}
		if err := f.cut(tx, a.Stale); err != nil {
			return err
		}
		a.Stale = ledger.NotStale
		if err := tx.PutArchive(a); err != nil {
			return err
		}
	}
	for name := range known {
		if err := tx.DropArchive(name); err != nil {
			return err
		}
	}
	return nil
}

// cut cuts the pages of a feed anew from the one that holds a feed time on.
func (f Feed) cut(tx *ledger.Tx, stale int64) error {
	pages, err := tx.ArchivePages(f.Name)
	if err != nil {
		return err
	}
	page := ledger.ArchivePage{Feed: f.Name, Number: 1, Oldest: math.MinInt64}
	if at := PageOf(pages, stale); at >= 0 {
		page.Number, page.Oldest = pages[at].Number, pages[at].Oldest
	}
	if err := tx.DropArchivePages(f.Name, page.Number); err != nil {
		return err
	}
	err = tx.OldestOf(f.Where, page.Oldest, math.MaxInt32, func(row *ledger.Article) error {
		if page.Items == int64(f.Archive) {
			if err := tx.PutArchivePage(page); err != nil {
				return err
			}
			page = ledger.ArchivePage{Feed: f.Name, Number: page.Number + 1}
		}
		if page.Items == 0 {
			page.Oldest = row.FeedPublished
		}
		page.Items++
		page.Updated, page.Linked = max(page.Updated, row.FeedUpdated), page.Linked+linked(row)
		AddDigest(&page.Sum, archiveDigest(row), 1)
		return nil
	})
	if err != nil || page.Items == 0 {
		return err
	}
	return tx.PutArchivePage(page)
}
