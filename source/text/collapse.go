package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Collapse returns a short text as documents show it: NFC, white space of every script collapsed to single spaces
// and trimmed, without the characters that XML forbids.
func Collapse(s string) string {
	if isCollapsed(s) {
		return s
	}
	return strings.Join(strings.Fields(CleanString(s)), " ")
}

// isCollapsed reports whether s is plain and has single spaces between its words: most titles and
// summaries do. It may return false where Collapse would change nothing.
func isCollapsed(s string) bool {
	if s == "" {
		return true
	}
	if s[0] <= ' ' || PhraseEnd(s, 0) < len(s) {
		return false
	}
	for i := 0; i < len(s); {
		n := koreanSpan(s[i:])
		if n == 0 {
			n = plainChar(s[i:])
			if r, _ := utf8.DecodeRuneInString(s[i:]); n == 0 || r != ' ' && unicode.IsSpace(r) {
				return false
			}
		}
		i += n
	}
	return true
}
