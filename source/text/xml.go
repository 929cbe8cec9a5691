package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// IsXMLChar reports whether XML 1.0 allows a character (section 2.2, Char).
func IsXMLChar(r rune) bool {
	return r >= ' ' && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

// FitsXML reports whether an XML parser reads s as it is written: valid UTF-8, only characters that XML 1.0
// allows, LF for line ends.
func FitsXML(s string) bool { return isPlain(s) || fits(s) }

// fits is FitsXML for a text that is not plain.
func fits(s string) bool {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == '\r' || !IsXMLChar(r) {
			return false
		}
		i += size
	}
	return true
}

// ForXML returns s as FitsXML wants it: line ends become LF, characters that XML 1.0 forbids are dropped, each
// byte of broken UTF-8 becomes U+FFFD.
func ForXML(s string) string {
	if FitsXML(s) {
		return s
	}
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return dropForbidden(s)
}

// dropForbidden returns s as valid UTF-8 without the characters that XML 1.0 forbids.
func dropForbidden(s string) string {
	return strings.Map(func(r rune) rune {
		if !IsXMLChar(r) {
			return -1
		}
		return r
	}, s)
}

// CleanString returns t in NFC, as valid UTF-8, without the characters that XML 1.0 forbids.
func CleanString(t string) string {
	if isPlain(t) {
		return t
	}
	return norm.NFC.String(dropForbidden(t))
}
