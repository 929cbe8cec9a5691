package safehtml

import (
	"strings"

	"golang.org/x/net/html"

	"herald/source/text"
)

// tag reads a tag whose name begins at from. Where the text ends before the tag does, there is none,
// and the rest of the text is dropped.
func (z *tokenizer) tag(from int, withAttrs bool) bool {
	at := from
	for at < len(z.text) && !text.IsSpace(z.text[at]) && z.text[at] != '/' && z.text[at] != '>' {
		at++
	}
	z.data = lowerASCII(z.text[from:at])
	z.attrs = z.attrs[:0]
	for at = text.SkipSpace(z.text, at); at < len(z.text); at = text.SkipSpace(z.text, at) {
		if z.text[at] == '>' {
			z.pos = at + 1
			return true
		}
		var a rawAttr
		if a, at = readAttr(z.text, at); withAttrs && a.key != "" && len(z.attrs) < maxAttrs {
			z.attrs = append(z.attrs, a)
		}
	}
	z.pos = len(z.text)
	return false
}

// readAttr reads one attribute and returns the offset behind it. A "/" alone is one without a key.
func readAttr(s string, at int) (a rawAttr, end int) {
	from := at
	if s[at] == '=' {
		at++ // belongs to the key
	}
	for at < len(s) && s[at] != '=' && !text.IsSpace(s[at]) && s[at] != '/' && s[at] != '>' {
		at++
	}
	a.key = s[from:at]
	at = text.SkipSpace(s, at)
	switch {
	case at == len(s) || s[at] != '=' && s[at] != '/':
		return a, at
	case s[at] == '/':
		return a, at + 1
	}
	at = text.SkipSpace(s, at+1)
	if at == len(s) || s[at] == '>' {
		return a, at
	}
	if q := s[at]; q == '"' || q == '\'' {
		n := strings.IndexByte(s[at+1:], q)
		if n < 0 {
			return a, len(s)
		}
		a.val, a.quote = s[at+1:at+1+n], q
		return a, at + n + 2
	}
	from = at
	for at < len(s) && !text.IsSpace(s[at]) && s[at] != '>' {
		at++
	}
	a.val = s[from:at]
	return a, at
}

// value returns the value of an attribute with its references decoded.
func (a rawAttr) value() string {
	if strings.IndexByte(a.val, '\r') < 0 {
		if s, ok := decodeAmp(a.val); ok {
			return s
		}
	}
	quote := ""
	if a.quote != 0 {
		quote = string(rune(a.quote))
	}
	z := html.NewTokenizer(strings.NewReader("<a b=" + quote + a.val + quote + ">"))
	z.Next()
	z.TagName()
	_, val, _ := z.TagAttr()
	return string(val)
}

// decodeAmp decodes a value whose only references are "&amp;", the one that URLs need. An "&" that
// begins none stays.
func decodeAmp(s string) (string, bool) {
	amp := strings.IndexByte(s, '&')
	if amp < 0 {
		return s, true
	}
	for rest := s[amp+1:]; ; rest = rest[amp+1:] {
		if !strings.HasPrefix(rest, "amp;") {
			n := 0
			for n < len(rest) && text.IsAlphanumeric(rest[n]) {
				n++
			}
			if n == 0 && rest != "" && rest[0] == '#' || n > 0 && (n == len(rest) || rest[n] != '=') {
				return "", false
			}
		}
		if amp = strings.IndexByte(rest, '&'); amp < 0 {
			return strings.ReplaceAll(s, "&amp;", "&"), true
		}
	}
}

// decoded returns a text token with its references decoded and line ends as "\n".
func (z *tokenizer) decoded() string {
	s := z.data
	if z.hasCR {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	switch {
	case z.asIs || strings.IndexByte(s, '&') < 0:
		return s
	case s == "&nbsp;":
		return "\u00a0"
	}
	return html.UnescapeString(s)
}
