// Package sitemap writes sitemaps, sitemap indexes and robots.txt (sitemaps.org protocol 0.9,
// Google's image extension 1.1), checks them before they are published, and reads them back.
//
// The same input gives the same bytes. The package touches no disk, no clock and no network.
package sitemap

import (
	"io"
	"iter"
	"time"
)

// The limits of one file (sitemaps.org/protocol.html).
const (
	MaxURLs  = 50_000
	MaxBytes = 52_428_800
	MaxLoc   = 2_047 // characters of one loc
)

// Mark is the comment that every sitemap of ours bears.
const Mark = "<!-- herald -->"

// URL is one page of a sitemap.
type URL struct {
	Loc     string    // absolute, ASCII
	LastMod time.Time // the last significant change; zero: left out
	Images  []string  // absolute; only the first 1,000 are written
}

// Child is one sitemap of an index.
type Child struct {
	Loc     string
	LastMod time.Time // the newest of its URLs; zero: left out
}

// WriteURLSet writes a sitemap of urls as they come and returns how many bytes it wrote. It
// returns errors of w only.
func WriteURLSet(w io.Writer, urls iter.Seq[URL]) (int64, error) { return 0, nil }

// WriteIndex writes a sitemap index. It returns errors of w only.
func WriteIndex(w io.Writer, children []Child) error { return nil }

// EntrySize gives the bytes that u takes in a sitemap, exactly.
func EntrySize(u URL) int64 { return 0 }

// Overhead is what a sitemap takes beside its entries, in bytes.
const Overhead = int64(0)
