package feed

import (
	"fmt"
	"regexp"
	"time"

	"herald/source"
	"herald/source/date"
)

// Format is one of the formats that Parse knows.
type Format string

// The formats. RSS 1.0 (RDF) and the versions before 2.0 are RSS too.
const (
	RSS  Format = "rss"
	Atom Format = "atom"
	JSON Format = "json"
)

// Document is a feed as it stands.
type Document struct {
	Format   Format
	ID       string // atom:id, or the id that our mark in a JSON Feed holds; "" in RSS
	Title    string
	Link     string // home page
	Language string
	Self     string          // the address that it gives itself (rel="self", feed_url), as written
	Updated  time.Time       // zero: none, or unreadable
	Authors  []source.Author // of the entries that name none
	Ours     bool            // bears herald's mark
	Older    string          // where older entries stand: rel="prev-archive" (RFC 5005 section 4), next_url of JSON Feed; as written
	Deleted  []string        // ids that the feed says are gone (at:deleted-entry, RFC 6721)
	TTL      time.Duration   // how long RSS lets it be kept before it is asked again; 0: it does not say
	Items    []Item          // in the order shown
}

// Item is one entry of a feed.
type Item struct {
	// ID is guid, atom:id or id, verbatim; "" if there is none. Of an article of ours whose id is
	// no IRI, RSS and JSON Feed hold the id itself, Atom the tag: URI minted from it (weburl.TagURI).
	ID          string
	IsPermaLink bool // RSS: the guid is the link, by its attribute or by default
	URL         string
	Title       string
	decoded     bool // Title was HTML: what looks like a tag in it is none
	Summary     string
	Content     string    // as HTML, cut at 1 MiB
	Published   time.Time // zero: none, or unreadable
	Updated     time.Time // zero: none, or unreadable

	Loose Loose `json:",omitzero"`

	// Media is what an entry holds beside its words.
	Media
	Origin *source.Origin `json:",omitempty"` // of the entry itself: what its source element says, as written; nil: it has none
	Plain  bool           // Content, or Summary where there is none, is text and no HTML
	Cut    bool           // some field was longer than 1 MiB
	Base   string         // xml:base of the entry, each resolved against the one above it as far as they are absolute; "": the feed's address
	Inner  string         // that of Content; "": the address of the entry
}

// Loose are the dates whose time is not sure, as written: they name no offset, so that Published and Updated are read as if in UTC, or
// no time can be read. "" are the others.
type Loose struct{ Published, Updated string }

// Media is who made an entry, what it is about, and what belongs to it. URLs are as written.
type Media struct {
	Language   string
	Authors    []source.Author
	Categories []string
	Tags       []string // JSON Feed
	Enclosures []source.Enclosure
	Image      string
}

// The bounds of what Parse reads.
const (
	MaxBytes = 32 << 20
	MaxItems = 100_000
	maxDepth = 256     // open elements; content in XHTML nests
	maxText  = 1 << 20 // bytes of one field; the rest of it is left out
	maxMany  = 1000    // authors, categories, enclosures of one entry
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
// could mean several zones makes it unreadable: a wrong time would be worse than none. loose is the date where it is not sure.
func parseDate(s string) (t time.Time, loose string) {
	for _, layout := range []string{time.RFC3339, time.RFC1123Z} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC().Truncate(time.Second), ""
		}
	}
	if m := shortYear.FindStringSubmatch(s); m != nil {
		century := "20"
		if m[2] >= "70" {
			century = "19"
		}
		s = m[1] + century + s[len(m[1]):]
	}
	t, zoneless, err := date.Parse(s, time.UTC)
	switch {
	case err != nil:
		return time.Time{}, s
	case zoneless:
		return t, s
	}
	return t, ""
}

// dates adds when an entry was published and changed. A date that is not sure is read as those of all articles are: in the zone of the
// site, and refused where no day can be told, unless there is another.
func (i *Item) dates(fields map[string]any) {
	at, loose := i.Published, i.Loose.Published
	if at.IsZero() && (loose == "" || !i.Updated.IsZero()) {
		at, loose = i.Updated, i.Loose.Updated
	}
	setDate(fields, "date", at, loose)
	if i.Updated.After(i.Published) {
		setDate(fields, "updated", i.Updated, i.Loose.Updated)
	}
}

func setDate(fields map[string]any, key string, at time.Time, loose string) {
	switch {
	case loose != "":
		fields[key] = loose
	case !at.IsZero():
		fields[key] = at
	}
}
