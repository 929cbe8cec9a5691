package marks

import (
	"slices"

	"herald/source/marks/syntax"
)

// Facts are the values that marks ask for. The zero Facts knows none.
type Facts struct {
	URL   string // of the site, with its path: "https://news.example.org/blog"; "": unknown
	Title string // of the site; "": unknown
	MDX   bool   // the body is MDX: braces are expressions, capital tags are components
	// Field returns a scalar of the article's front matter; nil: there is none.
	Field func(name string) (string, bool)
	// Include returns the text of the file that "{% include name %}" means; nil: there is none.
	Include func(name string) (string, bool)
	// Reference returns the address that stands for the article which a tag refers to; nil: there is none.
	Reference func(tag string) (address string, is bool)
	// Phrase returns a text that is Markdown, as HTML without a block around it; nil: it is shown as it is written.
	Phrase func(text string) string
}

// Result is a body without marks.
type Result struct {
	Text    string
	Dropped []string // the first marks that were dropped since their value is unknown: "{% if %}", "{{ x }}"
	Line    int      // of the body that the first of them stands on, from 1
}

// drops collects the marks that were dropped.
type drops struct {
	names []string
	first int
	count int
}

const (
	maxNames   = 3  // of dropped marks that are named
	maxDropped = 50 // dropped marks that are looked at
)

// add notes a mark.
func (d *drops) add(m syntax.Mark) {
	if d.count++; d.count > maxDropped {
		return
	}
	if len(d.names) == 0 {
		d.first = m.Start
	}
	if shown := m.Shown(); len(d.names) < maxNames && !slices.Contains(d.names, shown) {
		d.names = append(d.names, shown)
	}
}
