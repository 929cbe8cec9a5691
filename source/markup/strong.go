package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// strong returns the end of "**…**" at i, or 0, and writes it. CommonMark takes the marks for text where
// punctuation stands inside and a letter outside of them (`**"인용"**이라고`), because it expects a space
// there; Korean has none. Only those pairs are changed.
func (d *directives) strong(i int) int {
	if i > 0 && (d.text[i-1] == '*' || d.text[i-1] == '\\') {
		return 0
	}
	window := d.text[i+2 : min(len(d.text), i+2+maxInlineCode)]
	at := strings.Index(window, "**")
	if at < 1 {
		return 0
	}
	inner, end := window[:at], i+2+at+2
	if strings.ContainsAny(inner, "*`<{[\n\\") || strings.HasPrefix(d.text[end:], "*") {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	if unicode.IsSpace(first) || unicode.IsSpace(last) {
		return 0
	}
	before, _ := utf8.DecodeLastRuneInString(d.text[:i])
	after, _ := utf8.DecodeRuneInString(d.text[end:])
	if isPunctuation(last) && unicode.IsLetter(after) || isPunctuation(first) && unicode.IsLetter(before) {
		d.out.WriteString("<strong>" + inner + "</strong>")
	} else {
		d.out.WriteString(d.text[i:end])
	}
	return end
}

func isPunctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
