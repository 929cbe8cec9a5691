// Package lint validates feeds, whoever wrote them: RSS 0.9x, 1.x and 2.0, Atom 1.0, JSON Feed and OPML, with the
// extensions that readers know. Codes and rules are those of the W3C feed validator, where it has one. The tables say which
// element may stand where and what it holds; a rule is a row, or a small function that a row names. See README.md.
//
// It is pure: no disk, clock or network. The same document has the same findings.
package lint

import (
	"bytes"
	"fmt"
	"time"

	"herald/feeds/lint/code"
	"herald/feeds/lint/jsonlint"
	"herald/source/finding"
	"herald/source/xmlscan"
)

// Options says what is known of a document beside its bytes.
type Options struct {
	Now time.Time // dates after it are doubted; the zero time doubts none
	URL string    // where it lies, which its self link must name; "" is not known
}

// maxBytes is the size that the W3C validator and some readers stop at.
const maxBytes = 5_000_000

// Lint returns what is wrong with a feed.
func Lint(doc []byte, o Options) []finding.Finding {
	found := finding.NewList(code.Rules())
	if len(doc) > maxBytes {
		found.Add(1, 1, "TooBig", fmt.Sprintf("%.1f MB", float64(len(doc))/1e6))
	}
	if body := bytes.TrimLeft(bytes.TrimPrefix(doc, []byte("\ufeff")), " \t\r\n"); len(body) > 0 && body[0] == '{' {
		jsonlint.Lint(doc, jsonlint.Options{Now: o.Now, URL: o.URL}, found)
		return found.All()
	}
	c := &checker{
		found: found, now: o.Now, url: o.URL, own: map[string]bool{}, values: map[string]bool{}, moved: map[string]bool{},
		channel: map[string]string{},
	}
	c.scan = xmlscan.New(doc, found)
	c.utf8 = c.scan.Encoding == "" || c.scan.Encoding == "utf-8"
	c.run()
	return found.All()
}
