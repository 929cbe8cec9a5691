// Package lint reads feeds and sitemaps, whoever wrote them, and says what is wrong with each: the rules of its format
// (herald/feeds/lint, herald/sitemap/lint), and how it is served.
package lint

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"time"

	"herald/cmd/internal/document"
	feeds "herald/feeds/lint"
	sitemaps "herald/sitemap/lint"
	"herald/source/finding"
	"herald/source/text"
)

// maxBytes bounds a document, packed or not: a sitemap may have 50 MiB.
const maxBytes = 64 << 20

// Stdin is the name of the document that stands in the standard input.
const Stdin = "-"

// Linter reads and judges documents.
type Linter struct {
	Client func(name string) *http.Client // makes the client for a URL that the operator names
	Agent  string                         // how it calls itself
	Now    time.Time                      // dates after it are doubted
	Stdin  io.Reader
}

// Lint returns what is wrong with the document of a name: a file, an http or https URL, or Stdin. Each finding bears the
// name. An error says that the document cannot be read.
func (l *Linter) Lint(ctx context.Context, name string) ([]finding.Finding, error) {
	d, err := l.read(ctx, name)
	if err != nil {
		return nil, err
	}
	kind := kindOf(d.Body)
	all := served(d, kind)
	if kind == sitemap || kind == index || kind == list {
		all = append(all, sitemaps.Lint(d.Body, sitemaps.Options{Now: l.Now, URL: d.URL})...)
	} else {
		all = append(all, feeds.Lint(d.Body, feeds.Options{Now: l.Now, URL: d.URL})...)
	}
	for i := range all {
		all[i].File = name
	}
	return all, nil
}

func (l *Linter) read(ctx context.Context, name string) (d *document.Document, err error) {
	if name == Stdin {
		d = &document.Document{}
		d.Body, err = document.Whole(l.Stdin, maxBytes)
	} else {
		d, err = document.Get(ctx, l.Client(name), l.Agent, name, maxBytes)
	}
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(d.Body, []byte{0x1F, 0x8B}) {
		if d.Body, err = unpacked(d.Body); err != nil {
			return nil, fmt.Errorf("read %s: unpack: %w", name, err)
		}
	}
	return d, nil
}

func unpacked(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return document.Whole(z, maxBytes)
}

// The kinds of documents.
const (
	rss     = "rss"
	rdf     = "RDF"
	atom    = "feed"
	jsonDoc = "json"
	opml    = "opml"
	sitemap = "urlset"
	index   = "sitemapindex"
	list    = "list"
	other   = ""
)

var (
	root    = regexp.MustCompile(`<(?:[\w.-]+:)?(rss|RDF|Channel|feed|entry|opml|urlset|sitemapindex)[\s>/]`)
	address = regexp.MustCompile(`^https?://\S+\s*(?:\n|$)`)
)

// headBytes is how far into a document its root is looked for.
const headBytes = 16 << 10

// kindOf says what a document is, by how it begins.
func kindOf(doc []byte) string {
	if marked, found := text.DecodeMarked(doc); found {
		doc = marked
	}
	head := bytes.TrimLeft(doc, " \t\r\n")
	head = head[:min(len(head), headBytes)]
	switch {
	case bytes.HasPrefix(head, []byte("{")):
		return jsonDoc
	case address.Match(head):
		return list
	}
	switch m := root.FindSubmatch(head); {
	case m == nil:
		return other
	case string(m[1]) == "Channel":
		return rdf
	case string(m[1]) == "entry":
		return atom
	default:
		return string(m[1])
	}
}
