package source

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reference is a character reference with its semicolon: "R&D" and "?a=1&copy=2" are text.
var reference = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

const maxComment = 4096 // a longer comment in a title stays; looking further would cost its square

// PlainText makes the text of a title or a summary: tags of known HTML elements and comments
// dropped, character references decoded once, white space collapsed and trimmed, NFC. What merely
// looks like a tag stays: "<속보>", "<3 R&D". Text must not go through it twice: "&lt;b&gt;" is
// shown as "<b>", and would be dropped then.
func PlainText(s string) string {
	if strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return collapse(s)
	}
	var b strings.Builder
	for s != "" {
		at := strings.IndexByte(s, '<')
		if at < 0 {
			break
		}
		b.WriteString(decodeReferences(s[:at]))
		s = s[at:]
		n, block := tagAt(s)
		switch {
		case n == 0:
			b.WriteByte('<')
			n = 1
		case block:
			b.WriteByte(' ')
		}
		s = s[n:]
	}
	b.WriteString(decodeReferences(s))
	return collapse(b.String())
}

// collapse gives text in NFC with single spaces, without what XML forbids.
func collapse(s string) string {
	if isCollapsed(s) {
		return s
	}
	return strings.Join(strings.Fields(cleanString(s)), " ")
}

// isCollapsed reports whether s is plain and has single spaces between its words: most titles and
// summaries do. It may say no where collapse would change nothing.
func isCollapsed(s string) bool {
	if s == "" {
		return true
	}
	if s[0] <= ' ' || phraseEnd(s, 0) < len(s) {
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

func decodeReferences(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return reference.ReplaceAllStringFunc(s, func(ref string) string {
		text := html.UnescapeString(ref)
		if strings.HasSuffix(text, ";") && len(text) > 1 {
			return ref // "&notit;" is no reference, though "&not" is one
		}
		return text
	})
}

// tagAt gives the length of the tag of a known element, or of the comment, that s begins with; 0 if
// there is none. Quoted attribute values may hold ">".
func tagAt(s string) (n int, block bool) {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s[:min(len(s), maxComment)], "-->"); end >= 4 {
			return end + 3, false
		}
		return 0, false
	}
	at := 1
	if strings.HasPrefix(s, "</") {
		at = 2
	}
	end := at
	for end < len(s) && end-at < 12 && isTagChar(s[end]) {
		end++
	}
	name := strings.ToLower(s[at:end])
	if end == at || end == len(s) || !isHTMLTag(name) || !isSpace(s[end]) && s[end] != '/' && s[end] != '>' {
		return 0, false
	}
	return tagEnd(s, end), isBlock(name)
}

// tagEnd gives the length up to the ">" of a tag, 0 if the tag does not end. A "<" outside quotes
// means that it was no tag.
func tagEnd(s string, from int) int {
	quote := byte(0)
	for i := from; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '<':
			return 0
		case c == '>':
			return i + 1
		}
	}
	return 0
}

func isTagChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
