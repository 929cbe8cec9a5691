package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// IsChar reports whether a text may hold a character: one that XML 1.0 allows (section 2.2, Char), but for DEL, the C1
// controls and the noncharacters of Unicode, which it advises against and no reader shows.
func IsChar(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	case r >= 0x7F && r <= 0x9F, r >= 0xD800 && r <= 0xDFFF, r >= 0xFDD0 && r <= 0xFDEF, r > utf8.MaxRune:
		return false
	}
	return r&0xFFFE != 0xFFFE
}

// FitsXML reports whether an XML parser reads s as it is written, and it holds nothing that a text may not: valid UTF-8,
// only characters of IsChar, LF for line ends.
func FitsXML(s string) bool { return IsPlain(s) || fits(s) }

// fits is FitsXML for a text that is not plain.
func fits(s string) bool {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == '\r' || !IsChar(r) {
			return false
		}
		i += size
	}
	return true
}

// ForXML returns s as FitsXML wants it: line ends become LF, what is no IsChar is dropped, each
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

// dropForbidden returns s as valid UTF-8 without what is no IsChar.
func dropForbidden(s string) string {
	return strings.Map(func(r rune) rune {
		if !IsChar(r) {
			return -1
		}
		return r
	}, s)
}

// CleanString returns t in NFC, as valid UTF-8, without what is no IsChar.
func CleanString(t string) string {
	if IsPlain(t) {
		return t
	}
	return norm.NFC.String(dropForbidden(t))
}
