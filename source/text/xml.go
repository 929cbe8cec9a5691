package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// DropForbidden drops what XML 1.0 forbids from a text that escapes may have brought it into.
func DropForbidden(s string) string {
	if strings.IndexFunc(s, forbidden) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if forbidden(r) {
			return -1
		}
		return r
	}, s)
}

// forbidden reports characters outside Char of XML 1.0 section 2.2, and the carriage return, which
// no XML parser gives back as it stands.
func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF
}

// CleanString gives t in NFC, as valid UTF-8, without what XML 1.0 forbids (section 2.2).
func CleanString(t string) string {
	if isPlain(t) {
		return t
	}
	if needsCleaning(t) {
		t = strings.Map(func(r rune) rune {
			if !isXMLChar(r) {
				return -1
			}
			return r
		}, t)
	}
	return norm.NFC.String(t)
}

func needsCleaning(t string) bool {
	for i := 0; i < len(t); i++ {
		c := t[i]
		if c < ' ' && !IsSpace(c) || c == '\f' {
			return true
		}
		if c == 0xEF && i+2 < len(t) && t[i+1] == 0xBF && t[i+2] >= 0xBE {
			return true
		}
	}
	return !utf8.ValidString(t)
}

func isXMLChar(r rune) bool {
	return r >= ' ' && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}
