package webpage

import "strings"

// maxDates bounds the dates that are remembered of one page.
const maxDates = 200

// claim is how surely a date is that of the page.
type claim uint8

const (
	shown     claim = iota // a <time>
	published              // microdata, a microformat, <time pubdate>
	modified               // likewise, of the last change
)

// dated is a date in the page.
type dated struct {
	claim   claim
	value   string
	element int  // the innermost element of interest around it
	letters int  // of the page before it
	listed  bool // it stands beside a link in an item of a list
	meta    bool // it is a <meta>
}

// isAuthor reports whether an element names the author, in microdata or as a microformat.
func isAuthor(a *attrs) bool {
	return hasWord(a.itemprop, "author", "creator") && a.content == "" || hasWord(a.class, "p-author")
}

// dateOf returns the date that an element names: in microdata (schema.org), as a microformat (h-entry, hAtom) or as <time>. The value of
// a <time> may be its text.
func dateOf(name string, a *attrs) (d dated, ok bool) {
	d = dated{claim: shown, meta: name == "meta", value: firstOf(a.datetime, a.content)}
	switch {
	case hasWord(a.itemprop, "datePublished", "dateCreated", "uploadDate"):
		d.claim = published
	case hasWord(a.itemprop, "dateModified"):
		d.claim = modified
	case name == "time" && hasWord(a.class, "dt-updated", "updated", "modified"):
		d.claim = modified
	case name == "time" && (a.pubdate || hasWord(a.class, "dt-published", "published", "entry-date")):
		d.claim = published
	case name == "abbr" && hasWord(a.class, "published"):
		d.claim, d.value = published, strings.TrimSpace(a.title)
	case name != "time":
		return d, false
	}
	return d, d.value != "" || name == "time"
}
