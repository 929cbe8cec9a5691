package marks

import (
	"strings"

	"herald/source"
)

// Possible reports whether a text may hold marks, at little cost.
func Possible(b source.Body, f Facts) bool {
	switch b.Markup {
	case source.Text:
		return false
	case source.HTML:
		return followed(b.Text, '{', func(rest string) bool { return strings.IndexByte("%{#", rest[0]) >= 0 })
	}
	return f.MDX || strings.Contains(b.Text, ":::") || strings.Contains(b.Text, "import ") ||
		followed(b.Text, '{', beginsMark) || followed(b.Text, '[', beginsBracketMark)
}

// followed reports whether a byte stands in a text with something behind it that is accepted.
func followed(s string, c byte, accept func(rest string) bool) bool {
	for {
		at := strings.IndexByte(s, c)
		if at < 0 || at+1 == len(s) {
			return false
		}
		if s = s[at+1:]; accept(s) {
			return true
		}
	}
}

// beginsMark reports whether the text behind an opening brace may be a mark.
func beginsMark(rest string) bool {
	switch rest[0] {
	case '%', '{', '#', '.', ':':
		return true
	case '/':
		return strings.HasPrefix(rest, "/*")
	}
	_, size := readAttributes("{" + rest[:min(len(rest), maxAttributes)])
	return size > 0
}

// beginsBracketMark reports whether the text behind an opening bracket may be a mark.
func beginsBracketMark(rest string) bool {
	switch rest[0] {
	case '!':
		return true
	case 't', 'T', '[':
		return tableOfContents("["+rest[:min(len(rest), 10)]) > 0
	}
	return false
}
