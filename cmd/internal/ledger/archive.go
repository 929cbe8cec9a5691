package ledger

import (
	"math"

	"herald/cmd/internal/ledger/records"
	"herald/source"
)

// Archive is what a feed's archive documents are cut by.
type Archive struct {
	Feed  string
	Made  string // what they were cut by: how many items, and the filter
	Stale int64  // the feed time from which they are to be cut anew; NotStale: nowhere
}

// NotStale is Archive.Stale where nothing is to be cut anew.
const NotStale = math.MaxInt64

var archives = records.New("archive", 1, "feed, made, stale", func(a *Archive) []any { return []any{&a.Feed, &a.Made, &a.Stale} })

// Archives returns what is known of the archives of feeds, by the feed's name.
func (t *Tx) Archives() (map[string]Archive, error) {
	known := map[string]Archive{}
	err := archives.Each(t.conn, func(a *Archive) error { known[a.Feed] = *a; return nil }, "")
	return known, err
}

// PutArchive writes what is known of the archive of a feed.
func (t *Tx) PutArchive(a Archive) error { return archives.Put(t.conn, &a) }

// DropArchive forgets the archive of a feed.
func (t *Tx) DropArchive(feed string) error {
	if err := t.exec("delete from archive where feed = $1", feed); err != nil {
		return err
	}
	return t.DropArchivePages(feed, 0)
}

// ArchivePage is what one archive document of a feed holds: its articles from a feed time on, up to the next page's.
type ArchivePage struct {
	Feed    string
	Number  int64 // from 1, the oldest
	Oldest  int64 // feed time of its oldest article
	Items   int64
	Updated int64         // its newest change
	Linked  int64         // how many of its articles refer to others by name
	Sum     source.Digest // additive digest of its articles
}

var archivePages = records.New("archive_page", 2, "feed, number, oldest, items, updated, linked, sum", func(p *ArchivePage) []any {
	return []any{&p.Feed, &p.Number, &p.Oldest, &p.Items, &p.Updated, &p.Linked, fixed(p.Sum[:])}
})

// ArchivePages returns the pages of a feed's archive, the oldest first.
func (t *Tx) ArchivePages(feed string) ([]ArchivePage, error) {
	return archivePages.All(t.conn, "where feed = $1 order by number", feed)
}

// PutArchivePage writes a page.
func (t *Tx) PutArchivePage(p ArchivePage) error { return archivePages.Put(t.conn, &p) }

// DropArchivePages forgets the pages of a feed from a number on.
func (t *Tx) DropArchivePages(feed string, from int64) error {
	return t.exec("delete from archive_page where feed = $1 and number >= $2", feed, from)
}

// OldestOf calls f for the articles of the feeds that a Where picks, from a feed time on, the oldest first, at most limit. f
// may write.
func (t *Tx) OldestOf(w Where, from int64, limit int, f func(*Article) error) error {
	q, err := t.pick(w, false, from)
	if err != nil {
		return err
	}
	ids, err := t.ids("select article from ("+q.Text+" order by 1 limit "+q.Arg(limit)+") as picked order by feed_published", q.Args...)
	if err != nil {
		return err
	}
	return t.byID(ids, f)
}
