package text

import (
	"math/bits"
	"strings"
)

// HasPrefixFold reports whether s begins with prefix, whatever the case of their letters.
func HasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// IsAlphanumeric reports whether c is a letter or digit of ASCII.
func IsAlphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// PhraseEnd returns the end of the words that begin at from, each one space from the next. The text is
// clean: what is below space in it is white space.
func PhraseEnd(t string, from int) int {
	at := from
	spaced := uint64(0) // the byte before at is a space
	for ; at+8 <= len(t); at += 8 {
		x := eight(t[at:])
		spaces := ^(x | (x&(0x7F*ones) + (0x7F-' ')*ones)) & high // and what is below
		if stop := controls(x) | spaces&(spaces<<8|spaced); stop != 0 {
			at += bits.TrailingZeros64(stop) / 8
			break
		}
		spaced = spaces >> 56
	}
	for at < len(t) && t[at] >= ' ' && (t[at] != ' ' || t[at-1] != ' ') {
		at++
	}
	for t[at-1] == ' ' {
		at--
	}
	return at
}

// IsSpace reports whether c is white space as HTML has it.
func IsSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// SkipSpace returns the offset of the first byte from at on that is no white space, or the length of the text.
func SkipSpace(text string, at int) int {
	for at < len(text) && IsSpace(text[at]) {
		at++
	}
	return at
}
