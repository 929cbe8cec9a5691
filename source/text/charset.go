package text

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// declarationBytes is how far into a file a declaration of its encoding is looked for: front matter may stand before the
// 1024 bytes of HTML that browsers look at.
const declarationBytes = 4096

// declared returns the name of the encoding that a file declares: in the first line of XML, or in a <meta> of HTML.
func declared(data []byte) string {
	head := strings.ToLower(string(data[:min(len(data), declarationBytes)]))
	if xml, found := strings.CutPrefix(strings.TrimLeft(head, " \t\r\n"), "<?xml"); found {
		line, _, _ := strings.Cut(xml, "?>")
		if label := valueOf(line, "encoding"); label != "" {
			return label
		}
	}
	for {
		_, after, found := strings.Cut(head, "<meta")
		if !found {
			return ""
		}
		tag, rest, closed := strings.Cut(after, ">")
		if !closed {
			return ""
		}
		if label := valueOf(tag, "charset"); label != "" {
			return label
		}
		head = rest
	}
}

// valueOf returns what stands behind "name=" in a tag, without quotes.
func valueOf(tag, name string) string {
	for {
		_, after, found := strings.Cut(tag, name)
		if !found {
			return ""
		}
		tag = after
		value, found := strings.CutPrefix(strings.TrimLeft(after, " \t\r\n"), "=")
		if !found {
			continue
		}
		value = strings.TrimLeft(value, " \t\r\n\"'")
		if end := strings.IndexAny(value, " \t\r\n\"';/?>"); end >= 0 {
			value = value[:end]
		}
		return value
	}
}

// shape counts what bytes would be in UTF-8.
type shape struct {
	two    int // characters of two bytes
	whole  int // of more
	broken int // runs of broken bytes
}

// shapeOf counts the characters of data beyond ASCII.
func shapeOf(data []byte) (s shape) {
	wasBroken := false
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data, wasBroken = data[1:], false
			continue
		}
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			if !wasBroken {
				s.broken++
			}
		case n == 2:
			s.two++
		default:
			s.whole++
		}
		wasBroken = r == utf8.RuneError && n == 1
		data = data[n:]
	}
	return s
}

// fits reports whether bytes are rather UTF-8 than the encoding that they declare. Two bytes that would be one character in UTF-8 are one
// as often in the encodings of East Asia, and hardly ever two in those of one byte.
func (s shape) fits(e encoding.Encoding) bool {
	characters := s.whole
	if _, single := e.(*charmap.Charmap); single {
		characters += s.two
	}
	return characters > s.broken
}

// koreanShare is how many of the usual syllables of Korean stand to each other character in a text that is plainly Korean.
const koreanShare = 3

// isKorean reports whether bytes are plainly Korean text in CP949: nearly all characters beyond ASCII are among the 2,350
// syllables of KS X 1001. Other encodings of two bytes have their usual characters elsewhere.
func isKorean(data []byte) bool {
	usual, other := 0, 0
	for len(data) > 0 {
		lead := data[0]
		if lead < utf8.RuneSelf {
			next := bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
			if next < 0 {
				break
			}
			data = data[next:]
			continue
		}
		if len(data) == 1 {
			other++
			break
		}
		switch trail := data[1]; {
		case lead >= 0xB0 && lead <= 0xC8 && trail >= 0xA1 && trail != 0xFF:
			usual++
		case lead >= 0xA1 && lead <= 0xA3 && trail >= 0xA1: // punctuation and full-width letters
		case trail < 0x41:
			other, data = other+1, data[1:]
			continue
		default:
			other++
		}
		data = data[2:]
	}
	return usual >= 2 && usual >= koreanShare*other
}
