package source

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// text writes a run of text: white space collapsed outside <pre>, NFC, what XML forbids dropped,
// everything that could be read as markup escaped.
func (s *sanitizer) text(t string) {
	t = cleanString(t)
	if s.pre > 0 {
		if t = strings.ReplaceAll(t, "\r", ""); t != "" {
			s.image.at = -1
			s.start, s.space = false, false
			s.out = appendEscaped(s.out, t, false)
		}
		return
	}
	for from := 0; from < len(t); {
		if isSpace(t[from]) {
			s.space = s.space || !s.start
			from = skipSpace(t, from)
			continue
		}
		end := phraseEnd(t, from)
		s.flushSpace()
		s.image.at = -1
		s.out = appendEscaped(s.out, t[from:end], false)
		s.start = false
		from = end
	}
}

// phraseEnd gives the end of the words that begin at from, each one space from the next. The text is
// clean: what is below space in it is white space.
func phraseEnd(t string, from int) int {
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

// flushSpace writes the white space that was read.
func (s *sanitizer) flushSpace() {
	if s.space {
		s.out = append(s.out, ' ')
		s.start = true // a second space would say nothing new
	}
	s.space = false
}

// boundary is the start or end of a block.
func (s *sanitizer) boundary() {
	s.space = false
	s.start = true
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// cleanString gives t in NFC, as valid UTF-8, without what XML 1.0 forbids (section 2.2).
func cleanString(t string) string {
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
		if c < ' ' && !isSpace(c) || c == '\f' {
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

// appendEscaped appends text that no parser of HTML or XML can read as markup.
func appendEscaped(dst []byte, t string, quoted bool) []byte {
	from := 0
	for i := 0; i < len(t); i++ {
		esc := ""
		switch t[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '"':
			if !quoted {
				continue
			}
			esc = "&quot;"
		default:
			continue
		}
		dst = append(append(dst, t[from:i]...), esc...)
		from = i + 1
	}
	return append(dst, t[from:]...)
}
