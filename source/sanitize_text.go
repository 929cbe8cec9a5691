package source

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// text writes a run of text: white space collapsed outside <pre>, NFC, what XML forbids dropped,
// everything that could be read as markup escaped.
func (s *sanitizer) text(t []byte) {
	t = cleanBytes(t)
	if s.pre > 0 {
		s.image.at = -1
		s.start, s.space = false, false
		s.out = appendEscaped(s.out, string(bytes.ReplaceAll(t, []byte("\r"), nil)), false)
		return
	}
	for len(t) > 0 {
		n := 0
		for n < len(t) && isSpace(t[n]) {
			n++
		}
		s.space = s.space || n > 0
		t = t[n:]
		if len(t) == 0 {
			return
		}
		n = 0
		for n < len(t) && !isSpace(t[n]) {
			n++
		}
		s.flushSpace()
		s.image.at = -1
		s.out = appendEscapedBytes(s.out, t[:n])
		s.start = false
		t = t[n:]
	}
}

// flushSpace writes the white space that was read, where it means something.
func (s *sanitizer) flushSpace() {
	if s.space && !s.start {
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

// cleanBytes gives t in NFC, as valid UTF-8, without what XML 1.0 forbids (section 2.2).
func cleanBytes(t []byte) []byte {
	if needsCleaning(t) {
		t = bytes.Map(func(r rune) rune {
			if !isXMLChar(r) {
				return -1
			}
			return r
		}, t)
	}
	return nfcBytes(t)
}

// cleanString is cleanBytes for strings.
func cleanString(t string) string {
	if needsCleaning([]byte(t)) {
		t = strings.Map(func(r rune) rune {
			if !isXMLChar(r) {
				return -1
			}
			return r
		}, t)
	}
	return nfc(t)
}

func needsCleaning(t []byte) bool {
	for i, c := range t {
		if c < ' ' && !isSpace(c) || c == '\f' {
			return true
		}
		if c == 0xEF && i+2 < len(t) && t[i+1] == 0xBF && t[i+2] >= 0xBE {
			return true
		}
	}
	return !utf8.Valid(t)
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

func appendEscapedBytes(dst, t []byte) []byte {
	for _, c := range t {
		if c == '&' || c == '<' || c == '>' {
			return appendEscaped(dst, string(t), false)
		}
	}
	return append(dst, t...)
}
