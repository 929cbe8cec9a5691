package feed

import (
	"fmt"
	"regexp"
	"time"

	"herald/source/date"
)

// Format is one of the formats that Parse knows.
type Format string

// The formats.
const (
	RSS  Format = "rss"
	Atom Format = "atom"
	JSON Format = "json"
)

// Document is a feed as it stands.
type Document struct {
	Format Format
	ID     string // atom:id, or the id that our mark in a JSON Feed holds; "" in RSS
	Title  string
	Link   string // home page
	Ours   bool   // bears herald's mark
	Older  string // URL of the document with the next older items (RFC 5005 prev-archive, JSON Feed next_url); "" if there is none
	Items  []Item // in the order shown
}

// Item is one entry of a feed.
type Item struct {
	// ID is guid, atom:id or id, verbatim; "" if there is none. Of an article of ours whose id is
	// no IRI, RSS and JSON Feed hold the id itself, Atom the tag: URI minted from it (weburl.TagURI).
	ID          string
	IsPermaLink bool // RSS: the guid is the link, by its attribute or by default
	URL         string
	Title       string
	Summary     string
	Content     string    // as HTML, cut at 1 MiB; an Atom content that is XHTML has its text only
	Published   time.Time // zero: none, or unreadable
	Updated     time.Time // zero: none, or unreadable
}

// The bounds of what Parse reads.
const (
	MaxBytes = 32 << 20
	MaxItems = 100_000
	maxDepth = 256     // open elements; content in XHTML nests
	maxText  = 1 << 20 // bytes of one field; the rest of it is left out
)

// add takes one item.
func (d *Document) add(i Item) error {
	if len(d.Items) == MaxItems {
		return fmt.Errorf("over the limit of %d items", MaxItems)
	}
	d.Items = append(d.Items, i)
	return nil
}

// shortYear finds the year of two digits that RFC 822 had.
var shortYear = regexp.MustCompile(`^((?:[A-Za-z]{3,9}, *)?\d{1,2} +[A-Za-z]{3} +)(\d\d )`)

// parseDate reads a feed's date; the zero time for one that cannot be read. A zone's name that
// could mean several zones makes it unreadable: a wrong time would be worse than none.
func parseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339, time.RFC1123Z} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC().Truncate(time.Second)
		}
	}
	if m := shortYear.FindStringSubmatch(s); m != nil {
		century := "20"
		if m[2] >= "70" {
			century = "19"
		}
		s = m[1] + century + s[len(m[1]):]
	}
	t, _, err := date.Parse(s, time.UTC)
	if err != nil {
		return time.Time{}
	}
	return t
}
