package markup

import (
	"strings"

	"herald/source"
	"herald/source/safehtml"
	"herald/source/text"
)

// Scan reads an Outline in one pass over the body. Plain text has no headings and no images.
func Scan(b source.Body) safehtml.Outline { return ScanPrepared(b.Markup, Prepare(b, false)) }

// ScanPrepared is Scan for a text that Prepare has made.
func ScanPrepared(markup source.Markup, s string) safehtml.Outline {
	switch markup {
	case source.Markdown:
		return scanMarkdown(s)
	case source.Text:
		for line := range strings.Lines(s) {
			if t := text.Collapse(line); t != "" {
				return safehtml.Outline{FirstLine: t}
			}
		}
		return safehtml.Outline{}
	}
	return safehtml.Scan(s)
}
