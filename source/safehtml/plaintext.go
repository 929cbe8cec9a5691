package safehtml

import (
	"html"
	"regexp"
	"strings"

	"herald/source/text"
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
		return text.Collapse(s)
	}
	var b strings.Builder
	for s != "" {
		at := strings.IndexByte(s, '<')
		if at < 0 {
			break
		}
		b.WriteString(DecodeReferences(s[:at]))
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
	b.WriteString(DecodeReferences(s))
	return text.Collapse(b.String())
}

// DecodeReferences decodes the character references of a text once; what only looks like one stays.
func DecodeReferences(s string) string {
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

// tagAt returns the length of the tag of a known element, or of the comment, that s begins with; 0 if
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
	for end < len(s) && end-at < 12 && text.IsAlphanumeric(s[end]) {
		end++
	}
	name := strings.ToLower(s[at:end])
	if end == at || end == len(s) || !isHTMLTag(name) || !text.IsSpace(s[end]) && s[end] != '/' && s[end] != '>' {
		return 0, false
	}
	return tagEnd(s, end), isBlock(name)
}

// tagEnd returns the length up to the ">" of a tag, 0 if the tag does not end. A "<" outside quotes
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
