package marks

import (
	"bytes"
	"strings"

	"herald/source/marks/syntax"
	"herald/source/text"
)

// nowhere is what a link or an image leads to whose address holds a mark of unknown value: the sanitiser keeps the
// text of such a link, and drops such an image.
const nowhere = "about:invalid"

// addressAttributes are the attributes that hold an address, as they end before their value.
var addressAttributes = []string{"href=", "src=", "srcset=", "poster=", "cite="}

// seeAddress follows what is written, byte by byte.
func (e *expander) seeAddress(c byte) {
	d := &e.dest
	if d.start >= 0 {
		e.insideAddress(c)
		return
	}
	switch c {
	case '(':
		if e.markdown && bytes.HasSuffix(e.out, []byte("](")) {
			*d = destination{start: len(e.out), close: ')'}
		}
	case '"', '\'':
		before := e.out[:len(e.out)-1]
		for _, name := range addressAttributes {
			if n := len(before) - len(name); n > 0 && text.IsSpace(before[n-1]) && strings.EqualFold(string(before[n:]), name) {
				*d = destination{start: len(e.out), close: c}
			}
		}
	case ' ':
		if line := e.out[e.line.start:]; e.markdown && bytes.HasSuffix(line, []byte("]: ")) && bytes.HasPrefix(bytes.TrimLeft(line, " >"), []byte("[")) {
			*d = destination{start: len(e.out), close: ' '}
		}
	}
}

// insideAddress looks for the end of the address.
func (e *expander) insideAddress(c byte) {
	d := &e.dest
	inMarkdown := d.close == ')' || d.close == ' '
	switch {
	case c == '<' && d.close == ')' && d.start == len(e.out)-1:
		*d = destination{start: len(e.out), close: '>'}
	case c == '(' && d.close == ')':
		d.depth++
	case c == ')' && d.close == ')' && d.depth > 0:
		d.depth--
	case c == d.close || c == '\n' || inMarkdown && text.IsSpace(c):
		e.out = e.out[:len(e.out)-1]
		e.endAddress()
		e.out = append(e.out, c)
	}
}

// endAddress ends the address; one that is not known leads nowhere.
func (e *expander) endAddress() {
	if d := e.dest; d.start >= 0 && d.start <= len(e.out) && d.poisoned {
		e.out = append(e.out[:d.start], nowhere...)
	}
	e.dest = destination{start: -1}
}

// Values in the addresses of links: of HTML and of Markdown.
var (
	inAttribute = strings.NewReplacer(`"`, "%22", "'", "%27", "\n", "")
	inMarkdown  = strings.NewReplacer(" ", "%20", "\n", "", "<", "%3C", ">", "%3E", "(", "%28", ")", "%29")
)

// value returns a value as it stands in the address that is being written.
func (d destination) value(v string) string {
	if d.close == '"' || d.close == '\'' {
		return inAttribute.Replace(v)
	}
	return inMarkdown.Replace(v)
}

// linkStart returns where in a text the URL of a link begins that the text ends in; is is false where it ends in none.
func linkStart(out []byte) (start int, is bool) {
	from := max(0, len(out)-syntax.MaxMark)
	start = from + 1 + bytes.LastIndexAny(out[from:], " \t\n\"'(<")
	if bare := out[start:]; len(bare) >= 5 && bytes.EqualFold(bare[:5], []byte("href=")) {
		return start + 5, true
	}
	if start == 0 {
		return 0, false
	}
	before := bytes.TrimRight(out[from:start], " \t")
	if len(before) == 0 {
		return 0, false
	}
	switch before[len(before)-1] {
	case '"', '\'':
		before = bytes.TrimRight(before[:len(before)-1], " \t\n")
		return start, len(before) >= 5 && bytes.EqualFold(before[len(before)-5:], []byte("href="))
	case '<':
		before = bytes.TrimRight(before[:len(before)-1], " \t")
	}
	return start, bytes.HasSuffix(before, []byte("](")) || bytes.HasSuffix(before, []byte("]:"))
}
