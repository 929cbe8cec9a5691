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

// LooksLike reports whether two different names differ only in how Unicode spells them, as macOS and
// others do: nobody can tell them apart on a screen.
func LooksLike(a, b string) bool { return a != b && nfc(a) == nfc(b) }

// plainSpan gives the length of a prefix that needs no change anywhere: valid UTF-8, nothing that XML
// forbids, LF for line ends, in normal form C with whatever plain text follows. It knows ASCII, Hangul
// syllables, Chinese characters, common punctuation and emoji by their bytes, in a tenth of the time
// of package norm; at any other character it gives up.
func plainSpan(t string) int {
	for i := 0; i < len(t); {
		rest := t[i:]
		switch c := rest[0]; {
		case c >= 0xEA && c <= 0xED:
			n := hangulSpan(rest)
			if n == 0 {
				return i
			}
			i += n
		case c >= ' ' && c < utf8.RuneSelf || c == '\n' || c == '\t':
			for i++; i+8 <= len(t) && t[i] < utf8.RuneSelf && isPrintable(t[i:i+8]); {
				i += 8
			}
		case len(rest) > 2 && isPlainLead(c, rest[1], rest[2]) && rest[1]&0xC0 == 0x80 && rest[2]&0xC0 == 0x80:
			i += 3
		case c == 0xC2 && len(rest) > 1 && rest[1]&0xC0 == 0x80:
			i += 2
		case c == 0xF0 && len(rest) > 3 && rest[1] == 0x9F && rest[2]&0xC0 == 0x80 && rest[3]&0xC0 == 0x80:
			i += 4
		default:
			return i
		}
	}
	return len(t)
}

// hangulSpan gives the length of the syllables, U+AC00 to U+D7A3, that t begins with, single spaces between
// them: most of a Korean text. One comparison decides on a syllable, so that the processor guesses right.
func hangulSpan(t string) (n int) {
	const first, last = 0xEAB080, 0xED9EA3
	for n+4 <= len(t) {
		w := uint32(t[n])<<24 | uint32(t[n+1])<<16 | uint32(t[n+2])<<8 | uint32(t[n+3])
		if w>>8-first > last-first || w&0xC0C000 != 0x808000 {
			return n
		}
		n += 3
		if byte(w) == ' ' {
			n++
		}
	}
	if n+3 == len(t) {
		w := uint32(t[n])<<16 | uint32(t[n+1])<<8 | uint32(t[n+2])
		if w-first <= last-first && w&0xC0C0 == 0x8080 {
			n += 3
		}
	}
	return n
}

// isPrintable looks at eight bytes at once: ASCII without controls. It may say no where it is so.
func isPrintable(t string) bool {
	const high, space = 0x8080808080808080, 0x2020202020202020
	w := eight(t)
	return (w|(w-space))&high == 0
}

// isPlainLead knows characters of three bytes other than Hangul syllables. None of them is a combining mark or changes in normal
// form C (DerivedNormalizationProps.txt, NFC_Quick_Check).
func isPlainLead(a, b, c byte) bool {
	switch {
	case a >= 0xE4 && a <= 0xE9:
		return true
	case a == 0xE2: // punctuation from U+2002; arrows and mathematics; from U+2400, but U+2ADC
		return b == 0x80 && c >= 0x82 || b >= 0x86 && b <= 0x8B || b >= 0x90 && b <= 0xAA
	case a == 0xE3: // to U+3029; from U+3140: letters of Hangul, signs
		return b == 0x80 && c < 0xAA || b >= 0x85
	case a == 0xEF: // full and half width
		return b == 0xBC || b == 0xBD
	}
	return false
}

// eight gives the first eight bytes of t as one number, the first byte the lowest.
func eight(t string) uint64 {
	_ = t[7]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}
