package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// strong returns the end of "**…**" at i, or 0, and writes it. CommonMark takes the marks for text where
// punctuation stands inside and a letter outside of them (`**"인용"**이라고`), because it expects a space
// there; Korean has none. Only those pairs are changed.
func (m *marks) strong(i int) int {
	if i > 0 && (m.text[i-1] == '*' || m.text[i-1] == '\\') {
		return 0
	}
	window := m.text[i+2 : min(len(m.text), i+2+maxInlineCode)]
	at := strings.Index(window, "**")
	if at < 1 {
		return 0
	}
	inner, end := window[:at], i+2+at+2
	if strings.ContainsAny(inner, "*`<{[\n\\") || strings.HasPrefix(m.text[end:], "*") {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	if unicode.IsSpace(first) || unicode.IsSpace(last) {
		return 0
	}
	before, _ := utf8.DecodeLastRuneInString(m.text[:i])
	after, _ := utf8.DecodeRuneInString(m.text[end:])
	if isMark(last) && unicode.IsLetter(after) || isMark(first) && unicode.IsLetter(before) {
		m.out.WriteString("<strong>" + inner + "</strong>")
	} else {
		m.out.WriteString(m.text[i:end])
	}
	return end
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
