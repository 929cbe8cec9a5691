package sitemap

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"herald/source/remote"
	"herald/source/spool"
	"herald/source/text"
)

// walkCounts is how long what the sitemaps list counts while its pages are fetched by schedule.
const walkCounts = 5 * time.Minute

// listing is what the sitemaps list, and how far their pages are known. It does not change once a Fetch is over.
type listing struct {
	items   []item // ascending by URL
	notes   []string
	walked  time.Time   // when the sitemaps were read
	odd     int         // notes of that, the first of all
	left    int         // pages that were to be fetched and were not
	open    bool        // some were asked for and not read, or left
	same    bool        // the sitemaps stand as an earlier process read them: no page is listed
	said    remote.Said // how long all of the sitemaps stand
	moved   remote.Move
	checked time.Time       // pages that are known were asked again up to here
	shut    map[string]bool // other hosts of which nobody knows whether their pages may be read
}

// item is a page that the sitemaps list.
type item struct {
	url, mod string
	print    string // the fingerprint that it is listed with; "": it is left out
}

// find returns the item of a URL; nil: there is none.
func (l *listing) find(url string) *item {
	if l == nil {
		return nil
	}
	i, found := slices.BinarySearchFunc(l.items, url, func(it item, url string) int { return strings.Compare(it.url, url) })
	if !found {
		return nil
	}
	return &l.items[i]
}

// afresh returns the listing as it was before any page was asked for.
func (l *listing) afresh() *listing {
	n := &listing{items: slices.Clone(l.items), notes: slices.Clone(l.notes[:l.odd]), walked: l.walked, odd: l.odd, said: l.said, moved: l.moved, shut: l.shut}
	for i := range n.items {
		n.items[i].print = ""
	}
	return n
}

func (l *listing) note(format string, args ...any) {
	l.notes = append(l.notes, fmt.Sprintf(format, args...))
}

// file is a sitemap file as it was read last.
type file struct {
	mod            string // lastmod in the index that names it
	etag, modified string
	patience       remote.Patience
	at             string // where it was found
	doc            *document
}

// counted returns "1 page", "1,200 pages".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return text.Number(n) + " " + many
}

// page is a page as it was fetched.
type page struct {
	print string // the fingerprint that it is listed with
	why   string // why it is no article, as far as its server says so; "": it may be one
	long  bool   // it is longer than maxPage
	body  []byte // in UTF-8, or as its own <meta> says
}

// kept is a page that waits to be loaded and applied: there may be 100,000.
type kept struct {
	print string
	place spool.Place // of its body
	other *page       // nil: it has a body
}

// failure is a page that could not be read.
type failure struct {
	times int
	next  time.Time // when it is asked again
}
