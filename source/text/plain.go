// Package text holds the rules for plain text: what is clean, what is white space, what one line is. All
// results are valid UTF-8 in Unicode's normal form C, without characters that no text may hold (IsChar).
package text

import (
	"golang.org/x/text/unicode/norm"
)

// NFC returns a string in Unicode's normal form C.
func NFC(s string) string {
	if IsPlain(s) {
		return s
	}
	return norm.NFC.String(s)
}

// NFD returns a string in Unicode's normal form D: letters before their marks.
func NFD(s string) string { return norm.NFD.String(s) }

// NFKC returns normal form KC: of characters that look alike, one.
func NFKC(s string) string { return norm.NFKC.String(s) }

// LooksLike reports whether two different names differ only in how Unicode spells them, as macOS and
// others do: nobody can tell them apart on a screen.
func LooksLike(a, b string) bool { return a != b && NFC(a) == NFC(b) }

// IsPlain reports whether a text needs no change anywhere: valid UTF-8, only what IsChar lets through, LF
// for line ends, in normal form C with whatever plain text follows. It knows ASCII, Hangul syllables,
// Chinese characters, common punctuation and emoji by their bytes, in a tenth of the time of package
// norm; where another character stands it returns false, though the text may be plain.
func IsPlain(t string) bool {
	for i := 0; i < len(t); {
		n := koreanSpan(t[i:])
		if n == 0 {
			n = plainChar(t[i:])
		}
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}

// Eight bytes in one number, the same in each.
const (
	ones = 0x0101010101010101
	high = 0x80 * ones
)

// koreanSpan returns the length of whole characters that t begins with: printable ASCII, tabs, line ends
// and Hangul syllables below U+D700, of a Korean text all but a few. It looks at eight bytes at a time, wherever
// characters begin in them, without a branch that a text decides; so it may stop up to ten bytes early.
func koreanSpan(t string) int {
	n := 0
	open := uint64(0) // the high bits of the bytes that end a syllable begun before n
	for ; n+9 <= len(t); n += 8 {
		x, next := eight(t[n:]), eight(t[n+1:])
		lead := x & (x << 1) & high // 0b11xxxxxx begins a character
		both := lead | lead<<8
		bad := x&high ^ lead ^ (both<<8 | open) // two bytes 0b10xxxxxx follow each, and stand nowhere else
		low := x ^ 0xE8*ones                    // leads 0xE8 to 0xEF: their last three bits
		number := low&(7*ones)<<4 | next>>2&(15*ones)
		bad |= lead & (low<<2 | low<<3 | low<<4 | ^(number + (0x80-0x2C)*ones) | (number + (0x80-0x57)*ones)) // U+ACxx to U+D6xx
		if bad&high != 0 || controls(x) != 0 && !onlyBreaks(x) || deletes(x) != 0 {
			break
		}
		open = both>>56 | lead>>48
	}
	switch open {
	case 0x80: // the last byte of a syllable is missing
		return n - 2
	case 0x8080:
		return n - 1
	}
	return n
}

// controls marks the bytes below space.
func controls(x uint64) uint64 { return ^(x | x<<1 | x<<2) & high }

// deletes marks the bytes that are DEL.
func deletes(x uint64) uint64 { return (x&(0x7F*ones) + ones) &^ x & high }

// onlyBreaks reports whether all bytes below space are tabs and line feeds.
func onlyBreaks(x uint64) bool {
	low := x & (0x7F * ones)
	return controls(x)&^((low+(0x80-'\t')*ones)&^(low+(0x80-'\n'-1)*ones)) == 0
}

// plainChar returns the length of the plain character that t begins with, 0 if it is none.
func plainChar(t string) int {
	switch c := t[0]; {
	case c >= ' ' && c < 0x7F || c == '\n' || c == '\t':
		return 1
	case c == 0xC2 && len(t) > 1 && t[1]&0xE0 == 0xA0: // but the C1 controls
		return 2
	case len(t) > 2 && isPlainLead(c, t[1], t[2]) && t[1]&0xC0 == 0x80 && t[2]&0xC0 == 0x80:
		return 3
	case c == 0xF0 && len(t) > 3 && t[1] == 0x9F && t[2]&0xC0 == 0x80 && t[3]&0xC0 == 0x80 && (t[2] != 0xBF || t[3] < 0xBE): // but two noncharacters
		return 4
	}
	return 0
}

// isPlainLead reports plain characters of three bytes. None of them is a combining mark or changes in normal
// form C (DerivedNormalizationProps.txt, NFC_Quick_Check).
func isPlainLead(a, b, c byte) bool {
	switch {
	case a >= 0xE4 && a <= 0xE9 || a == 0xEB || a == 0xEC:
		return true
	case a == 0xEA: // syllables of Hangul from U+AC00
		return b >= 0xB0
	case a == 0xED: // to U+D7A3
		return b < 0x9E || b == 0x9E && c <= 0xA3
	case a == 0xE2: // punctuation from U+2002; arrows and mathematics; from U+2400, but U+2ADC
		return b == 0x80 && c >= 0x82 || b >= 0x86 && b <= 0x8B || b >= 0x90 && b <= 0xAA
	case a == 0xE3: // to U+3029; from U+3140: letters of Hangul, signs
		return b == 0x80 && c < 0xAA || b >= 0x85
	case a == 0xEF: // full and half width
		return b == 0xBC || b == 0xBD
	}
	return false
}

// eight returns the first eight bytes of t as one number, the first byte the lowest.
func eight(t string) uint64 {
	_ = t[7]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}
