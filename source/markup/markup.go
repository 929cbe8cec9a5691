// Package markup reads the bodies of articles: HTML, Markdown and plain text.
package markup

import (
	"herald/source"
	"herald/source/safehtml"
)

// Render returns the body as safe HTML. It is the one form that documents show:
//
//   - only elements and attributes of an allow list; nothing that runs, styles, frames or names
//     (script, style, class, on*, data-*); unknown elements are unwrapped, their text stays
//   - of ids those that a link of the body names, with a prefix made of articleURL; such a link is "#" with that id
//   - every URL absolute and in normal form, resolved against articleURL as a browser does; only
//     http, https, mailto and tel survive
//   - lazily loaded images with their true addresses, an <iframe> as a link to its source
//   - balanced, at most 100 elements deep, white space that means nothing written in one way
//
// A link to nowhere has no URL: its text stays. So does that of a link by a tag of a template: see RenderLinked.
//
// What ResolveMarks takes out of a body is text here. Equal input makes equal bytes; rendering the result again as HTML
// changes nothing. Any input is safe.
func Render(b source.Body, articleURL string) string { return RenderLinked(b, articleURL, nil) }

// RenderLinked is Render with the URLs of what the links of a body name by file, title or a tag of a template; where one
// has none, its text stays without a link.
func RenderLinked(b source.Body, articleURL string, links Links) string {
	return string(safehtml.Render(toHTML(b, links.find), links.resolver(articleURL)))
}

// toHTML returns the body as HTML that is not yet safe.
func toHTML(b source.Body, find find) string {
	text := Prepare(b, false)
	switch b.Markup {
	case source.Markdown, source.Kramdown:
		return convertLinks(dialects()[b.Markup].document, text, find)
	case source.Text:
		return textHTML(text)
	}
	return text
}
