package preset

import (
	"strings"
	"unicode"

	"herald/source/text"
)

// spelling is how a Hugo site spells paths.
type spelling struct {
	keepCase  bool // disablePathToLower
	noAccents bool // removePathAccents
}

// path returns a path or a part of one as Hugo spells it: letters, marks, digits and some signs stay, white space between
// two of them becomes a hyphen where none stands, all else goes.
func (s spelling) path(written string) string {
	var b strings.Builder
	gap, hyphen := false, false
	for i, r := range written {
		switch {
		case staysInPath(written, i, r):
			hyphen = r == '-'
			if gap && !hyphen {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.IsSpace(r):
			gap = gap || b.Len() > 0 && !hyphen
		}
	}
	return s.letters(b.String())
}

// letters applies what holds for letters: their case, and marks on them.
func (s spelling) letters(written string) string {
	if s.noAccents {
		written = text.NFC(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, text.NFD(written)))
	}
	if s.keepCase {
		return written
	}
	return strings.ToLower(written)
}

// file returns the path of a content file, or a part of it, as the path of its page: each space is a hyphen.
func (s spelling) file(name string) string {
	if s.keepCase {
		return name
	}
	return strings.ReplaceAll(strings.ToLower(name), " ", "-")
}

// staysInPath reports whether the letter at an index stays in a path. A percent sign stays only where it encodes a byte.
func staysInPath(s string, i int, r rune) bool {
	switch {
	case r == ' ':
		return false
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune(`./\_#+~-@`, r):
		return true
	}
	return r == '%' && i+2 < len(s) && isHexDigit(s[i+1]) && isHexDigit(s[i+2])
}

func isHexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// literal returns a path in the form in which permalink.Expand returns it unchanged: nothing in it is a placeholder, or ends
// the path.
func literal(path string) string {
	if !strings.ContainsAny(path, ":#\\") {
		return path
	}
	return strings.NewReplacer(":", "%3A", "#", "%23", `\`, "%5C").Replace(path)
}

// escapePercent encodes what would be taken for the encoding of a byte, and what would begin a query.
func escapePercent(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3F").Replace(path)
}
