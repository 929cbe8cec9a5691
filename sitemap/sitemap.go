// Package sitemap writes sitemaps, sitemap indexes and robots.txt (sitemaps.org protocol 0.9,
// Google's image extension 1.1), checks them before they are published, and reads them back.
//
// The same input yields the same bytes. The package touches no disk, no clock and no network.
package sitemap

import (
	"io"
	"iter"
	"time"
	"unicode/utf8"

	"herald/source/text"
)

// The limits of one file (sitemaps.org/protocol.html, Google's image extension).
const (
	MaxURLs   = 50_000     // URLs of a sitemap, sitemaps of an index
	MaxBytes  = 52_428_800 // bytes of a file, not compressed
	MaxLoc    = 2_047      // characters of one loc
	MaxImages = 1_000      // images of one URL
)

// Mark is the comment that every sitemap of ours bears.
const Mark = "<!-- herald -->"

// URL is one page of a sitemap.
type URL struct {
	Loc     string    // absolute, in the one spelling of the site
	LastMod time.Time // the last significant change; zero: left out
	Images  []string  // absolute; the first MaxImages are considered, those that are no http(s) URL left out
}

// Child is one sitemap of an index.
type Child struct {
	Loc     string
	LastMod time.Time // the newest of its URLs; zero: left out
}

const (
	xmlHeader  = `<?xml version="1.0" encoding="UTF-8"?>`
	namespace  = "http://www.sitemaps.org/schemas/sitemap/0.9"
	imageSpace = "http://www.google.com/schemas/sitemap-image/1.1"

	setHead = xmlHeader + "\n" + Mark + "\n" +
		`<urlset xmlns="` + namespace + `" xmlns:image="` + imageSpace + `">` + "\n"
	setFoot = "</urlset>\n"

	indexHead = xmlHeader + "\n" + Mark + "\n" + `<sitemapindex xmlns="` + namespace + `">` + "\n"
	indexFoot = "</sitemapindex>\n"
)

// Overhead is what a sitemap takes beside its entries, in bytes: a sitemap has Overhead and the
// EntrySize of each of its URLs.
const Overhead = int64(len(setHead) + len(setFoot))

// WriteURLSet writes a sitemap of urls as they come and returns how many bytes it wrote. It holds
// one URL at a time, keeps no limit (see Check), and returns errors of w only.
func WriteURLSet(w io.Writer, urls iter.Seq[URL]) (int64, error) {
	b := buffer{w: w}
	b.text(setHead)
	for u := range urls {
		b.data = appendURL(b.data, u)
		if b.flush(bufferSize); b.err != nil {
			return b.written, b.err
		}
	}
	b.text(setFoot)
	b.flush(0)
	return b.written, b.err
}

// WriteIndex writes a sitemap index. It returns errors of w only.
func WriteIndex(w io.Writer, children []Child) error {
	b := buffer{w: w}
	b.text(indexHead)
	for _, c := range children {
		b.text("  <sitemap>\n")
		b.data = appendPage(b.data, c.Loc, c.LastMod)
		b.text("  </sitemap>\n")
		b.flush(bufferSize)
	}
	b.text(indexFoot)
	b.flush(0)
	return b.err
}

// EntrySize returns the bytes that u takes in a sitemap, exactly.
func EntrySize(u URL) int64 {
	var room [1024]byte
	return int64(len(appendURL(room[:0], u)))
}

// appendURL writes the elements in the order that the schema fixes: ours, then the extension's.
// It appends by hand since encoding/xml takes ten times as long; a test compares the two.
func appendURL(b []byte, u URL) []byte {
	b = append(b, "  <url>\n"...)
	b = appendPage(b, u.Loc, u.LastMod)
	for _, image := range u.Images[:min(len(u.Images), MaxImages)] {
		if host, err := hostOf(image); err != nil || host == "" {
			continue // an image is no reason to lose the sitemap
		}
		b = append(b, "    <image:image>\n      <image:loc>"...)
		b = appendText(b, image)
		b = append(b, "</image:loc>\n    </image:image>\n"...)
	}
	return append(b, "  </url>\n"...)
}

func appendPage(b []byte, loc string, lastMod time.Time) []byte {
	b = append(b, "    <loc>"...)
	b = appendText(b, loc)
	b = append(b, "</loc>\n"...)
	if lastMod.IsZero() {
		return b
	}
	b = append(b, "    <lastmod>"...)
	b = lastMod.UTC().AppendFormat(b, time.RFC3339)
	return append(b, "</lastmod>\n"...)
}

// lastModLayout is the W3C form that all engines take: UTC, whole seconds. It is RFC 3339 of a
// time in UTC.
const lastModLayout = "2006-01-02T15:04:05Z"

// appendText escapes as sitemaps.org asks. Characters that XML 1.0 forbids are dropped, broken
// UTF-8 becomes U+FFFD: Check then refuses the URL, but the document stays well-formed.
func appendText(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if !plain[s[i]] {
			return appendEscaped(append(b, s[:i]...), s[i:])
		}
	}
	return append(b, s...)
}

func appendEscaped(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '\'':
			b = append(b, "&apos;"...)
		case r == '"':
			b = append(b, "&quot;"...)
		case r >= ' ' && text.IsChar(r):
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// plain are the bytes of a URL that stand for themselves in XML.
var plain = plainBytes()

func plainBytes() (table [256]bool) {
	for c := byte(' '); c < 0x7F; c++ {
		table[c] = c != '&' && c != '<' && c != '>' && c != '\'' && c != '"'
	}
	return table
}

// buffer gathers what is written, counts it and keeps the first error.
type buffer struct {
	w       io.Writer
	data    []byte
	written int64
	err     error
}

const bufferSize = 64 << 10

func (b *buffer) text(s string) { b.data = append(b.data, s...) }

// flush writes the data once there is at least size of it.
func (b *buffer) flush(size int) {
	if len(b.data) < size || b.err != nil {
		return
	}
	n, err := b.w.Write(b.data)
	b.written += int64(n)
	b.err = err
	b.data = b.data[:0]
}
