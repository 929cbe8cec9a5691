// Package marks resolves, once when an article is read, what generators take out of a body before or beside its
// markup: tags of Liquid and Nunjucks, shortcodes of Hugo and Zola, attribute lists, containers, and the modules and
// comments of MDX. It runs no templates: a tag has a line in a table (tags.go) that says what becomes of it, and what
// has none is dropped and named.
//
// Code is left alone, in every form that Markdown has: where it stands is read from goldmark's tree (package syntax). Only the
// marks that exist to protect code ("{% raw %}", "{{</* … */>}}") go there too.
package marks

import (
	"strings"

	"herald/source"
)

// ResolvedSince is the version of the digest since which bodies are kept without their marks (reader.DigestVersion).
const ResolvedSince = 2

// Resolve returns the text of a body without its marks; plain text has none.
func Resolve(b source.Body, f Facts) Result {
	if !Possible(b, f) {
		return Result{Text: b.Text}
	}
	e := newExpander(b, f, tagTable(), 0)
	r := Result{Text: e.run(), Dropped: e.dropped.names}
	if len(r.Dropped) > 0 {
		r.Line = 1 + strings.Count(e.text[:e.dropped.first], "\n")
	}
	return r
}
