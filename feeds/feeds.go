// Package feeds writes RSS 2.0, Atom 1.0 and JSON Feed 1.1 documents, and checks a document
// before it may replace the last good one.
//
// The same Feed yields the same bytes, on every machine. Any string may be hostile: characters
// that XML 1.0 forbids are dropped, broken UTF-8 becomes U+FFFD. Ids and dates come from the
// caller; the package makes none up. It touches no disk, no clock and no network.
package feeds

import (
	"time"

	"herald/source"
)

// Mark is the generator that every document of ours names: in RSS and Atom the <generator>, in
// JSON Feed the top-level extension "_herald".
const Mark = "herald"

// Content is how much of an article a feed shows.
type Content string

// The contents. JSON Feed demands some content always: there Summary and None show the summary,
// else the title, as content_text.
const (
	Full    Content = "full"    // summary and the whole body; of an article of more than 8 MB only the summary
	Summary Content = "summary" // the summary
	None    Content = "none"    // title and link
)

// Kind is one of the formats.
type Kind string

// The kinds.
const (
	RSS  Kind = "rss"
	Atom Kind = "atom"
	JSON Kind = "json"
	Page Kind = "page" // an HTML page for people: how to subscribe, and the newest items
)

// Feed is what a feed document is made from. All URLs are absolute. A writer only reads it.
type Feed struct {
	ID          string          // for ever; an IRI
	Authority   string          // host that tag: ids are minted under, for ever; "" is the host of ID
	Title       string          // required
	Description string          // "" is Title
	Language    string          // BCP 47; left out where it is none
	Link        string          // home page
	Copyright   string          // "" if none
	Image       string          // "" if none
	Author      source.Author   // a name of "" is Title
	Self        map[Kind]string // URL of each format that is published
	Hubs        []string
	Updated     time.Time // the newest change; zero is the newest time of Items, else Epoch
	Content     Content   // "" is Full
	Podcast     *Podcast  // nil: none
	History     History
	Deleted     []Deleted `json:",omitempty"` // of Atom only: items that left the feed; in an eighth of Bytes at most
	Bytes       int       // of a document at most, but for its head: the oldest items lose their content first, then they leave; 0: no bound
	// Of pages only:
	Site   string         `json:",omitempty"` // the site's title; "" is Title
	Others []Other        `json:",omitempty"` // the other feeds that the page lists
	Zone   *time.Location `json:"-"`          // of the dates; nil is UTC
	// Items in the order shown: newest first. ID, URL, Published, Updated, Content, Summary and
	// Image are set, Image and the enclosures' URLs absolute.
	Items []*source.Article
}

// History is a document's place among those of its feed (RFC 5005). URLs are those of each format; where one has none, the
// element is left out.
type History struct {
	Complete bool            `json:",omitempty"` // all items that the feed ever had stand in this document (section 2)
	Archive  bool            `json:",omitempty"` // it is an archive document: its items change no more (section 4)
	Previous map[Kind]string `json:",omitempty"` // the archive document with the next older items
	Current  map[Kind]string `json:",omitempty"` // of an archive document: the feed itself
}

// Deleted is an item that is gone (RFC 6721): its ID and Published as Items had them, and when it left.
type Deleted struct {
	ID              string
	Published, When time.Time
}

// Other is a feed that a page lists beside its own.
type Other struct {
	Title string
	Self  map[Kind]string // as Feed.Self
}

// Podcast is what a feed tells podcast directories. Category is Apple's, in its spelling; "A > B" is B below A.
type Podcast struct {
	GUID     string // a UUID, for ever; see PodcastGUID
	Category string
	Explicit bool
	Owner    source.Author // a name of "" is the feed's author
	Image    string        // absolute; "" is the feed's image
}

// Epoch is the time of the last change of a feed that never held an item, in Unix seconds:
// 2000-01-01T00:00:00Z. Atom demands some time, and any moving one would change bytes for nothing.
const Epoch = 946684800
