// Package placement holds the rules that article rows follow: whether a row is public at a moment, which feed
// times it has, in which file of the sitemap it stands. Every document and every notice asks these
// rules and no others.
package placement

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/weburl"
)

// Config is what the rules need to know of the site. All rooms must be given the same one.
type Config struct {
	Site         *weburl.Site
	Zone         *time.Location // of the months of sitemap files; never nil
	ZoneSet      bool           // site.timezone was given
	URLsPerFile  int            // of one file of the sitemap
	BytesPerFile int64
	Language     string // of the site; "": none is given
	Feeds        []Feed
}

// Feed is the part of a feed that rows decide on: which of them it shows, and how many.
type Feed struct {
	Name  string
	Where ledger.Where
	Each  ledger.TermKind // it is one feed per value of a kind, see Of; "": it is one
	Items int
	Keep  time.Duration // an article stays at least so long

	Archive int // how many items an archive document holds; 0: there are none

	value bool // it is of one value
}

// Public is the one rule that decides, for every document and notice, where an article stands at
// the moment at. due is when the answer changes by the clock alone; 0: never. Times are milliseconds.
func Public(row *ledger.Article, at int64) (inFeed, inSitemap bool, due int64) {
	switch {
	case row.RemovedAt != 0, row.Flags&(ledger.Draft|ledger.Awaited) != 0, row.Published == 0:
		return false, false, 0
	case row.Expires != 0 && row.Expires <= at:
		return false, false, 0
	case Future(row, at):
		return false, false, Appears(row)
	}
	return row.Flags&ledger.OffFeeds == 0, row.Flags&(ledger.NoIndex|ledger.NoSitemap|ledger.Foreign) == 0, row.Expires
}

// Future reports whether the moment at which a row appears is still to come. A row that was public at its date, or later,
// has seen it come: a clock that is set back removes nothing.
func Future(row *ledger.Article, at int64) bool {
	appears := Appears(row)
	return appears > at && (row.FeedPublished == 0 || appears > row.FeedPublished)
}

// Appears returns the moment from which a row is public: its date, or a later one that it names beside it.
func Appears(row *ledger.Article) int64 { return max(row.Published, row.Shown.PublicFrom) }

// Meant reports whether some document is to show a row at the moment at, or will by the clock alone, or once its URL answers.
func Meant(row *ledger.Article, at int64) bool {
	all := *row
	all.Flags &^= ledger.Awaited
	inFeed, inSitemap, _ := Public(&all, max(at, Appears(row)))
	return inFeed || inSitemap
}

// Stands reports whether readers can open the page of a row, whatever documents it keeps out of: Public as it was when the
// row was last written, which happens whenever it is due. Of a future row it is due at its date, an expired one is not.
func Stands(row *ledger.Article) bool {
	return row.RemovedAt == 0 && row.Flags&(ledger.Draft|ledger.Awaited) == 0 && row.Published != 0 &&
		row.Due == row.Expires && (row.Expires == 0 || row.Expires > Appears(row))
}

// Told returns what the world is told of a row on each channel: nothing where it is not public.
func Told(row *ledger.Article) (url, topic ledger.Told) {
	now := ledger.Told{URL: row.URL, Digest: row.Digest}
	if row.InSitemap {
		url = now
	}
	if row.InFeed {
		topic = now
	}
	return url, topic
}

// Foreign reports whether a canonical URL names another host than the site's.
func Foreign(site *weburl.Site, canonical string) bool {
	if canonical == "" || strings.HasPrefix(canonical, "/") && !strings.HasPrefix(canonical, "//") {
		return false
	}
	_, err := site.Join(canonical)
	return err != nil
}

// Digest returns the digest of what the world is told of a row: its content, its URL, and the date that a
// file name gives.
func Digest(row *ledger.Article) (d source.Digest) {
	sum := sha256.New()
	sum.Write(row.ContentDigest[:])
	sum.Write([]byte(row.URL))
	if row.DatedBy == source.DatedByFileName {
		fmt.Fprintf(sum, "\x00%d", row.Published)
	}
	copy(d[:], sum.Sum(nil))
	return d
}
