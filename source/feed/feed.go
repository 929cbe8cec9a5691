// Package feed reads RSS 2.0, Atom 1.0 and JSON Feed documents, ours and others': ids, links and
// dates, as recovery and adopt need them.
package feed

import (
	"bytes"
	"fmt"
)

// Parse reads a feed as readers do: tolerant of byte order marks, HTML entities and stray &. What
// it cannot read of an item stays zero. It returns an error where the document is no feed that it
// knows, breaks off, or is over MaxBytes or MaxItems.
func Parse(doc []byte) (*Document, error) {
	if len(doc) > MaxBytes {
		return nil, fmt.Errorf("read feed: %d bytes, over the limit of %d", len(doc), MaxBytes)
	}
	doc = bytes.TrimSpace(bytes.TrimPrefix(doc, []byte("\xEF\xBB\xBF")))
	parse := parseXML
	if bytes.HasPrefix(doc, []byte("{")) {
		parse = parseJSON
	}
	d, err := parse(doc)
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	return d, nil
}
