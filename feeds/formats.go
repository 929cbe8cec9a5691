package feeds

import (
	"errors"
	"fmt"
	"io"
)

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
		{RSS, rssType, WriteRSS, checkRSS},
		{Atom, atomType, WriteAtom, checkAtom},
		{JSON, jsonType, WriteJSON, checkJSON},
		{Page, pageType, WritePage, checkPage},
	}
}

// MediaType returns the kind's media type without parameters, as a self link names it.
func (k Kind) MediaType() string {
	for _, f := range Formats() {
		if f.Kind == k {
			return f.MediaType
		}
	}
	return ""
}

// Check is the gate before a document of ours is published: it returns what is wrong with it, or
// nil. It holds that the document is well-formed XML 1.0 or JSON from its first byte to its last,
// bears the mark, has its required elements, a self link and item links on hosts (host, or
// host:port), ids that no two items share, guids that are permalinks only while they equal the
// link, and dates of publication that can be read and strictly decrease.
func Check(kind Kind, doc []byte, hosts []string) error {
	err := errors.New("unknown kind of feed")
	for _, f := range Formats() {
		if f.Kind == kind {
			err = f.Check(doc, hosts)
		}
	}
	if err != nil {
		return fmt.Errorf("check %s feed: %w", kind, err)
	}
	return nil
}
