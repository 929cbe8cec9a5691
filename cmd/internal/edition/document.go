package edition

import (
	"fmt"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/publish"
)

// What sets are written in.
type (
	// Kind is a kind of documents, see document.Kind.
	Kind = document.Kind

	// Document is one output, see document.Document.
	Document = document.Document

	// Site is what the documents say of the publication as a whole, see document.Site.
	Site = document.Site
)

// robotsKind is the kind of robots.txt, which is not wholly ours: it is no document of a set.
var robotsKind = Kind{Name: "robots", MediaType: "text/plain", Leaving: document.Stays, Ours: func(string, []byte) bool { return true }}

const (
	robotsPath = "robots.txt"
	maxRobots  = 1 << 20 // bytes that are read of one; crawlers read half of that (RFC 9309 section 2.5)
)

// readLimit is how many bytes are read of a file at the path of a document of a kind.
func readLimit(k Kind) int64 {
	if k.Name == robotsKind.Name {
		return maxRobots
	}
	return publish.MaxDocument
}

// onePath returns an error where two documents would stand at one path: each would replace the other at every publication.
func onePath(docs []*Document) error {
	kinds := map[string]string{}
	for _, d := range docs {
		if other, taken := kinds[d.Path]; taken {
			return fmt.Errorf("document /%s: two would stand there, of the kinds %s and %s; give one of them another path", d.Path, other, d.Kind.Name)
		}
		kinds[d.Path] = d.Kind.Name
	}
	return nil
}
