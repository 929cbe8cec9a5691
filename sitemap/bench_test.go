package sitemap_test

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"testing"
	"time"

	"herald/sitemap"
)

// floor is the least that any writer of a sitemap does: no escaping, no count.
func floor(w io.Writer, urls []sitemap.URL) error {
	b := bufio.NewWriterSize(w, 64<<10)
	var stamp []byte
	for _, u := range urls {
		b.WriteString("  <url>\n    <loc>")
		b.WriteString(u.Loc)
		b.WriteString("</loc>\n    <lastmod>")
		stamp = u.LastMod.UTC().AppendFormat(stamp[:0], time.RFC3339)
		b.Write(stamp)
		b.WriteString("</lastmod>\n  </url>\n")
	}
	return b.Flush()
}

func BenchmarkURLSet(b *testing.B) {
	urls := many(sitemap.MaxURLs)
	doc := urlset(b, slices.Values(urls))
	tests := map[string]func() error{
		"floor": func() error { return floor(io.Discard, urls) },
		"write": func() error { _, err := sitemap.WriteURLSet(io.Discard, slices.Values(urls)); return err },
		"check": func() error { return sitemap.Check(doc, siteHosts) },
		"read":  func() error { _, _, _, err := sitemap.Read(doc); return err },
		"copy":  func() error { bytes.Clone(doc); return nil },
	}
	for name, run := range tests {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				if err := run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
