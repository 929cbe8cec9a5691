// Package document is what sets of documents are written in: a document, its kind, and the digest of all that it is made
// from.
package document

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/weburl"
)

// writerVersion rises when documents are to be written anew from the same inputs.
const writerVersion = "3"

// Kind is a kind of documents: what holds for one of them whatever it shows. Receipts name kinds.
type Kind struct {
	Name      string // for ever
	MediaType string
	// Ours reports whether a file that we have no receipt for is of our making.
	Ours func(path string, body []byte) bool
	// Leaving is what happens to a document of the kind that should stand no longer.
	Leaving Leaving
	Topic   bool // hubs are told where a document of the kind changes
}

// Leaving is what happens to a document that should stand no longer.
type Leaving int

// The ways of leaving.
const (
	Held      Leaving = iota // readers have its URL: it stands until the operator lets it go
	Removed                  // nobody reads it by itself: it goes at once
	WithIndex                // it goes with the index that names it, at once where none is held
	Stays                    // it is left where it is
	Lingers                  // it goes thirty days after it was replaced
)

// Document is one output: where it stands and what it is made from.
type Document struct {
	Kind   Kind
	Path   string        // decoded, below the sink's root
	URL    string        // public
	Inputs source.Digest // of all that it is made from; equal to the receipt's: nothing is to be done
	Stamp  source.Digest // equal while nothing of that can have changed; zero: that is always to be looked at
	Render func(tx *ledger.Tx) ([]byte, error)
	Check  func(body []byte) error
	// Holds reports whether a row stands in the document now; nil: no article does.
	Holds func(row *ledger.Article) bool
	// Concerns reports whether a change of a row may have changed the document: it shows the row, or showed it before;
	// nil: no article concerns it.
	Concerns func(row *ledger.Article) bool
	// LeftAt is when an article last left the document that does not concern it any more; 0: none did.
	LeftAt int64
	// Waits reports whether the document should show a row and cannot yet; nil: it never waits.
	Waits func(tx *ledger.Tx, row *ledger.Article) (bool, error)
}

// InputsOf returns the digest of all that a document is made from.
func InputsOf(kind string, parts ...any) (d source.Digest) {
	sum := sha256.New()
	text, err := json.Marshal(parts)
	if err != nil {
		panic(err) // settings and digests always marshal
	}
	fmt.Fprintf(sum, "%s %s %s", kind, writerVersion, text)
	copy(d[:], sum.Sum(nil))
	return d
}

// At puts a document at a config path of a site.
func (d Document) At(site *weburl.Site, path string) (*Document, error) {
	var err error
	if d.Path, err = site.FilePath(path); err != nil {
		return nil, fmt.Errorf("document %s: %w", path, err)
	}
	if d.URL, err = site.Join(path); err != nil {
		return nil, fmt.Errorf("document %s: %w", path, err)
	}
	return &d, nil
}

// Site is what the documents say of the publication as a whole.
type Site struct {
	Title       string
	Description string
	Language    string
	Author      source.Author
	Image       string
	Copyright   string
}
