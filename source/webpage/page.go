// Package webpage reads an HTML page as search engines and link previews do: what the page says of itself in its head, in JSON-LD
// (json-ld.org), OpenGraph (ogp.me), microdata and microformats, and which part of it is the article.
//
// It is no judge of what is safe: Body goes through safehtml before it is published. Time and memory are linear in the page.
package webpage

import (
	"strings"

	"herald/source/frontmatter"
)

// Page is what an HTML page says.
type Page struct {
	Title    string              // plain text; "" where the page has none
	Body     string              // HTML: the article, without navigation, headers, footers, asides and forms around it
	Fields   []frontmatter.Field // what the page says of the article, under the keys of front matter
	URL      string              // where the page says that it stands, as written; "" where it does not
	Copy     bool                // URL is that of the page's canonical link, which may name another page
	None     string              // why the page is no article, in words that complete "it is none: …"; "" where it may be one
	Warnings []string
}

// Read reads a page. path is that of its file, slash separated: some pages are known by their names.
func Read(page, path string) Page {
	s := newScan(page)
	s.run()
	a := s.article()
	p := Page{Title: s.titleOf(a)}
	p.URL, p.Copy = s.address()
	facts := s.facts(a)
	p.Fields = facts.fields()
	p.None = s.none(path, p.Title, facts.dated())
	p.Body = s.body(a, p.Title)
	if s.head.base != "" {
		p.Body = rebase(p.Body, s.head.base)
	}
	if facts.dated() && p.Copy && isHome(p.URL) {
		p.URL, p.Copy = "", false
		p.Warnings = append(p.Warnings, "its canonical link names the home page, which it is not; the link is passed over")
		p.Fields = without(p.Fields, "canonical_url")
	}
	p.Warnings = append(p.Warnings, s.warnings...)
	return p
}

// isHome reports whether a URL is that of a host alone.
func isHome(url string) bool {
	_, rest, found := strings.Cut(url, "://")
	if !found {
		return url == "/"
	}
	_, path, _ := strings.Cut(rest, "/")
	return path == ""
}

// without returns the fields but one.
func without(fields []frontmatter.Field, key string) []frontmatter.Field {
	var kept []frontmatter.Field
	for _, f := range fields {
		if f.Key != key {
			kept = append(kept, f)
		}
	}
	return kept
}
