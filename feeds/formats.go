package feeds

import "io"

// Format is one way to write a feed.
type Format struct {
	Kind      Kind
	MediaType string // without parameters
	Write     func(w io.Writer, f *Feed) error
	// Check is the gate before a document is published: it returns what is wrong with one that Write made, or nil.
	// hosts are those of the site (host, or host:port).
	Check func(doc []byte, hosts []string) error
}

// Formats returns all formats, in the order in which they are published. A new one is a line here.
func Formats() []Format {
	return []Format{
		{RSS, "application/rss+xml", WriteRSS, checkRSS},
		{Atom, "application/atom+xml", WriteAtom, checkAtom},
		{JSON, "application/feed+json", WriteJSON, checkJSON},
	}
}
