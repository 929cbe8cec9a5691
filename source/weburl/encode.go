package weburl

import (
	"strings"
	"unicode/utf8"

	"herald/source/text"
)

// urlPart is a part of a URL, as the characters that stay as they are in it.
type urlPart string

// The characters beside letters, digits and "-._~" that stay (RFC 3986 appendix A).
const (
	inPath  urlPart = "!$&'()*+,;=:@/"
	inQuery urlPart = "!$&'()*+,;=:@/?"
	inUser  urlPart = "!$&'()*+,;=:"
)

// encode percent-encodes exactly once: an existing %XX stays (in capitals), a stray % becomes %25.
func encode(s string, part urlPart) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] != '%' && staysRaw(s[i], part)
	}
	if plain {
		return s
	}
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(3 * len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		case c != '%' && staysRaw(c, part):
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}

func staysRaw(c byte, part urlPart) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~' || c < utf8.RuneSelf && strings.IndexByte(string(part), c) >= 0
}

// decode undoes percent-encoding; a stray % stays.
func decode(s string) string { return decodeIf(s, func(byte) bool { return true }) }

// decodeIf decodes those %XX whose byte is wanted.
func decodeIf(s string, want func(byte) bool) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			if c := unhex(s[i+1])<<4 | unhex(s[i+2]); want(c) {
				b = append(b, c)
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

// composed returns a path or query whose non-ASCII characters are in NFC, whether they were written raw or
// percent-encoded. Bytes that are no UTF-8 stay as they are.
func composed(s string) string {
	raw := decodeIf(s, func(c byte) bool { return c >= utf8.RuneSelf })
	if !utf8.ValidString(raw) {
		return s
	}
	return text.NFC(raw)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}
