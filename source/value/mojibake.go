package value

import (
	"bytes"
	"unicode/utf8"
)

// Mojibake reports whether text shows that it was read in a wrong encoding: the controls C1, which are Windows-1252 read as
// Latin-1; UTF-8 that was encoded twice. U+FFFD is none: it stands where somebody replaced what was broken.
func Mojibake(text []byte) bool {
	for rest := text; ; {
		at := bytes.IndexByte(rest, 0xC2)
		if at < 0 || at+1 >= len(rest) {
			break
		}
		if rest[at+1] < 0xA0 {
			return true
		}
		rest = rest[at+2:]
	}
	if bytes.Contains(text, []byte("\u00c2\xC2")) || bytes.Contains(text, []byte("\u00c3\xC2")) {
		return utf8.Valid(latin1(text))
	}
	return false
}

// latin1 returns the bytes that text would be in ISO 8859-1; what is no text of it is broken UTF-8 too.
func latin1(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r > 0xFF {
			return []byte{0xFF}
		}
		out = append(out, byte(r))
	}
	return out
}
