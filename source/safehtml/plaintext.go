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
// looks like a tag stays: "<속보>", "<3 R&D", "i<p and q>0", and whatever stands between backticks. Text must not go
// through it twice: "&lt;b&gt;" is shown as "<b>", and would be dropped then.
func PlainText(s string) string {
	if strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return text.Collapse(s)
	}
	var b strings.Builder
	for s != "" {
		at := strings.IndexAny(s, "<`")
		if at < 0 {
			break
		}
		b.WriteString(DecodeReferences(s[:at]))
		s = s[at:]
		if n := codeAt(s); n > 0 {
			b.WriteString(DecodeReferences(s[:n]))
			s = s[n:]
			continue
		}
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

// codeAt returns the length of the backticks that s begins with, and where as many follow, of what stands between them, too
// (CommonMark section 6.1); 0 if s begins with none.
func codeAt(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "`"))
	for at := n; n > 0; {
		next := strings.IndexByte(s[at:], '`')
		if next < 0 {
			break
		}
		at += next
		run := len(s[at:]) - len(strings.TrimLeft(s[at:], "`"))
		if at += run; run == n {
			return at
		}
	}
	return n
}

// tagEnd returns the length up to the ">" of a tag, 0 if the tag does not end. What stands before it must be attributes,
// each with a value: "i<p and q>0" has no tag.
func tagEnd(s string, from int) int {
	for {
		for from < len(s) && (text.IsSpace(s[from]) || s[from] == '/') {
			from++
		}
		if from < len(s) && s[from] == '>' {
			return from + 1
		}
		name := from
		for from < len(s) && (text.IsAlphanumeric(s[from]) || strings.IndexByte("-_:.@", s[from]) >= 0) {
			from++
		}
		word := s[name:from]
		for from < len(s) && text.IsSpace(s[from]) {
			from++
		}
		switch {
		case word == "":
			return 0
		case from == len(s) || s[from] != '=':
			if !isBoolean(word) {
				return 0
			}
			continue
		}
		if from = valueEnd(s, from+1); from == 0 {
			return 0
		}
	}
}

// valueEnd returns where the value of an attribute ends, 0 if it does not.
func valueEnd(s string, from int) int {
	for from < len(s) && text.IsSpace(s[from]) {
		from++
	}
	if from == len(s) {
		return 0
	}
	if quote := s[from]; quote == '"' || quote == '\'' {
		end := strings.IndexByte(s[from+1:], quote)
		if end < 0 {
			return 0
		}
		return from + end + 2
	}
	for from < len(s) && !text.IsSpace(s[from]) && s[from] != '>' && s[from] != '<' {
		from++
	}
	return from
}

// isBoolean reports the attributes that stand without a value.
func isBoolean(name string) bool {
	switch strings.ToLower(name) {
	case "hidden", "disabled", "checked", "selected", "readonly", "required", "controls", "autoplay", "loop", "muted", "async", "defer", "download",
		"allowfullscreen", "open", "reversed", "itemscope", "noshade", "nowrap", "novalidate", "playsinline", "inert":
		return true
	}
	return false
}
