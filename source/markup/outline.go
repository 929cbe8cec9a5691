package markup

import (
	"strings"

	"herald/source"
	"herald/source/safehtml"
	"herald/source/text"
)

// Scan reads the Outline of a body. Plain text has no headings and no images.
func Scan(b source.Body) safehtml.Outline { return ScanPrepared(b.Markup, Prepare(b, false)) }

// ScanPrepared is Scan for a text that Prepare has made.
func ScanPrepared(markup source.Markup, s string) safehtml.Outline {
	switch markup {
	case source.Markdown:
		return safehtml.Scan(convert(outlineMarkdown(), s))
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

// MayHaveImage reports whether a text that Prepare has made can hold an image. It is far cheaper than
// ScanPrepared; most articles hold none.
func MayHaveImage(markup source.Markup, s string) bool {
	if markup == source.Text {
		return false
	}
	if markup == source.Markdown && strings.Contains(s, "![") {
		return true
	}
	for at := strings.IndexByte(s, '<'); at >= 0; {
		if text.HasPrefixFold(s[at:], "<img") {
			return true
		}
		next := strings.IndexByte(s[at+1:], '<')
		if next < 0 {
			return false
		}
		at += 1 + next
	}
	return false
}
