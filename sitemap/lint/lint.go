// Package lint validates sitemaps, whoever wrote them: urlset, sitemapindex and plain lists of URLs (sitemaps.org, protocol
// 0.9), with Google's extensions for news, images, videos and languages. The tables say what may stand where; a rule is a
// row, or a small function that a row names.
//
// It is pure: no disk, clock or network. The same document has the same findings. It reads a document once and keeps no
// more of it than the addresses that it holds.
package lint

import (
	"bytes"
	"fmt"
	"net/url"

	"herald/source/finding"
	"herald/source/xmlscan"
)

// Lint returns what is wrong with a sitemap.
func Lint(doc []byte, o Options) []finding.Finding {
	found := finding.NewList(rules())
	switch {
	case len(doc) > maxBytes:
		found.Add(1, 1, "TooBig", fmt.Sprintf("%d bytes", len(doc)))
		return found.All() // nobody reads it
	case len(doc) > naverBytes:
		found.Add(1, 1, "TooBigForNaver", fmt.Sprintf("%.1f MB", float64(len(doc))/1e6))
	}
	c := &checker{found: found, options: o, seen: map[string]bool{}}
	c.place, _ = url.Parse(o.URL)
	if body := bytes.TrimSpace(bytes.TrimPrefix(doc, []byte("\ufeff"))); len(body) > 0 && body[0] != '<' {
		c.lines(doc)
		return found.All()
	}
	c.scan = xmlscan.New(doc, found)
	c.run()
	return found.All()
}
