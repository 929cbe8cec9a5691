package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"herald/source"
)

// Clean turns the bytes of a file, or a text from elsewhere, into text that every document may hold: what is in another encoding than UTF-8 is
// decoded (see decode), byte order marks are dropped, line ends become LF, characters that XML
// 1.0 forbids (section 2.2) are dropped and every run of broken bytes becomes one U+FFFD. Each of
// the last two is warned of once, with its count and the place of the first. plain reports that the text is
// in normal form C too, so that nothing in it needs another look.
func Clean[T string | []byte](raw T) (text string, plain bool, warnings []source.Warning) {
	text = string(raw)
	if IsPlain(text) {
		return text, true, nil
	}
	data, warnings := decode([]byte(raw))
	text = string(data)
	if IsPlain(text) {
		return text, true, warnings
	}
	if fits(text) {
		return text, false, warnings
	}
	c := cleaner{data: data, line: 1}
	c.out.Grow(len(data))
	for c.pos < len(data) {
		c.step()
	}
	return c.out.String(), false, append(warnings, c.warnings()...)
}

// cleaner copies data to out and counts what it replaced.
type cleaner struct {
	data      []byte
	out       strings.Builder
	pos       int
	line      int
	lineStart int // offset of the line's first byte in data
	forbidden mended
	broken    mended
}

// mended counts one kind of fault.
type mended struct {
	count        int
	line, column int
	first        rune
}

// step copies one character, line end or run of broken bytes.
func (c *cleaner) step() {
	r, n := utf8.DecodeRune(c.data[c.pos:])
	switch {
	case r == utf8.RuneError && n == 1:
		c.mend(&c.broken, r)
		c.out.WriteRune(utf8.RuneError)
		c.pos += c.brokenRun()
	case r == '\r' || r == '\n':
		c.out.WriteByte('\n')
		if r == '\r' && c.pos+1 < len(c.data) && c.data[c.pos+1] == '\n' {
			n = 2
		}
		c.pos += n
		c.line, c.lineStart = c.line+1, c.pos
	case !IsChar(r):
		c.mend(&c.forbidden, r)
		c.pos += n
	default:
		c.out.Write(c.data[c.pos : c.pos+n])
		c.pos += n
	}
}

// brokenRun returns the length of the run of broken bytes at pos.
func (c *cleaner) brokenRun() int {
	length := 0
	for rest := c.data[c.pos:]; len(rest) > 0; rest = rest[1:] {
		if r, n := utf8.DecodeRune(rest); r != utf8.RuneError || n != 1 {
			break
		}
		length++
	}
	return length
}

func (c *cleaner) mend(m *mended, r rune) {
	if m.count == 0 {
		m.line, m.first = c.line, r
		m.column = utf8.RuneCount(c.data[c.lineStart:c.pos]) + 1
	}
	m.count++
}

func (c *cleaner) warnings() []source.Warning {
	var list []source.Warning
	if m := c.forbidden; m.count > 0 {
		text := fmt.Sprintf("characters that XML forbids or advises against are dropped: %d, the first is %U", m.count, m.first)
		list = append(list, source.Warning{Line: m.line, Column: m.column, Message: text})
	}
	if m := c.broken; m.count > 0 {
		text := fmt.Sprintf("broken UTF-8 is replaced by U+FFFD in %d places: save the file as UTF-8", m.count)
		list = append(list, source.Warning{Line: m.line, Column: m.column, Message: text})
	}
	return list
}
