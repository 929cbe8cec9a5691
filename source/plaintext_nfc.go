package source

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// nfc gives a string in Unicode's normal form C.
func nfc(s string) string {
	if plainSpan(s) == len(s) {
		return s
	}
	return norm.NFC.String(s)
}

// plainSpan gives the length of a prefix that needs no change anywhere: valid UTF-8, nothing that XML
// forbids, LF for line ends, in normal form C with whatever plain text follows. It knows ASCII, Hangul
// syllables, Chinese characters, common punctuation and emoji by their bytes, in a tenth of the time
// of package norm; at any other character it gives up.
func plainSpan[T string | []byte](t T) int {
	for i := 0; i < len(t); {
		c := t[i]
		switch {
		case c < utf8.RuneSelf:
			if c < ' ' && c != '\n' && c != '\t' {
				return i
			}
			i++
		case i+2 >= len(t) || t[i+1]&0xC0 != 0x80:
			if c == 0xC2 && i+1 < len(t) && t[i+1]&0xC0 == 0x80 {
				i += 2
				continue
			}
			return i
		case c == 0xC2:
			i += 2
		case t[i+2]&0xC0 == 0x80 && isPlainLead(c, t[i+1], t[i+2]):
			i += 3
		case c == 0xF0 && t[i+1] == 0x9F && i+3 < len(t) && t[i+2]&0xC0 == 0x80 && t[i+3]&0xC0 == 0x80:
			i += 4
		default:
			return i
		}
	}
	return len(t)
}

// isPlainLead knows characters of three bytes. None of them is a combining mark or changes in normal
// form C (DerivedNormalizationProps.txt, NFC_Quick_Check).
func isPlainLead(a, b, c byte) bool {
	switch a {
	case 0xEB, 0xEC, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9:
		return true
	case 0xEA:
		return b >= 0xB0 // from U+AC00
	case 0xED:
		return b < 0x9E || b == 0x9E && c <= 0xA3 // to U+D7A3
	case 0xE2: // punctuation from U+2002; arrows and mathematics; from U+2400, but U+2ADC
		return b == 0x80 && c >= 0x82 || b >= 0x86 && b <= 0x8B || b >= 0x90 && b <= 0xAA
	case 0xE3: // to U+3029; from U+3130: letters of Hangul, signs
		return b == 0x80 && c < 0xAA || b >= 0x85
	case 0xE4:
		return true
	case 0xEF: // full and half width
		return b == 0xBC || b == 0xBD
	}
	return false
}
