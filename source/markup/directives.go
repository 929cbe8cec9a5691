package markup

import (
	"bytes"
	"regexp"
	"strings"

	"herald/source/text"
)

var htmlCodeEnds = map[string]*regexp.Regexp{
	"<pre":  regexp.MustCompile(`(?i)</pre\s*>`),
	"<code": regexp.MustCompile(`(?i)</code\s*>`),
}

// How far the end of a directive or of code is looked for. What is longer is text.
const (
	maxDirective  = 2000
	maxInlineCode = 1000
)

const maxDropped = 50 // directives that are looked at for a warning

// directives finds, outside code, the directives that generators would have taken out of a text. Each byte is looked at
// a bounded number of times.
type directives struct {
	text     string
	markdown bool
	unclosed map[*regexp.Regexp]bool // no match is left in the rest of the text
	dropped  []int                   // offsets of the first directives that a template would have made text of
	out      bytes.Buffer
	find     find // of references; nil: they are written as their authors wrote them
}

// record keeps the offset of a directive that is dropped.
func (d *directives) record(i int) {
	if len(d.dropped) < maxDropped {
		d.dropped = append(d.dropped, i)
	}
}

// hasLiquid reports whether tags of Liquid or of shortcodes begin in a text.
func hasLiquid(text string) bool {
	at := strings.IndexByte(text, '{')
	return at >= 0 && (strings.Contains(text[at:], "{%") || strings.Contains(text[at:], "{{"))
}

// nextDirective returns the offset of the next byte that code or a directive may begin with, or the length of the text.
func nextDirective(s string, from int) int {
	next := strings.IndexAny(s[from:], "`~<{")
	if next < 0 {
		return len(s)
	}
	at := from + next
	if next > 0 && s[at-1] == ' ' && strings.HasPrefix(s[at:], "{#") {
		at--
	}
	return at
}

// code returns the end of the code that begins at i, or 0.
func (d *directives) code(i int) int {
	rest := d.text[i:]
	for _, open := range []string{"<pre", "<code"} {
		if text.HasPrefixFold(rest, open) && len(rest) > len(open) && !text.IsAlphanumeric(rest[len(open)]) {
			return d.through(i, htmlCodeEnds[open])
		}
	}
	if !d.markdown || rest[0] != '`' && rest[0] != '~' {
		return 0
	}
	run := len(rest) - len(strings.TrimLeft(rest, rest[:1]))
	line := strings.LastIndexByte(d.text[max(0, i-4):i], '\n')
	indent := d.text[max(0, i-4):i][line+1:]
	if run >= 3 && strings.TrimLeft(indent, " ") == "" && (line >= 0 || i < 4) {
		return d.fence(i, run)
	}
	if rest[0] == '~' {
		return i + run
	}
	window := rest[run:min(len(rest), run+maxInlineCode)]
	if at := strings.Index(window, rest[:min(run, maxInlineCode)]); at >= 0 && run < maxInlineCode {
		return i + run + at + run
	}
	return i + run
}

// fence returns the end of a fenced code block (CommonMark section 4.5).
func (d *directives) fence(i, run int) int {
	fence := d.text[i : i+run]
	at := i + run
	for line := range strings.Lines(d.text[at:]) {
		bare := strings.TrimLeft(line, " ")
		if at > i+run && len(line)-len(bare) < 4 && strings.HasPrefix(bare, fence) && strings.Trim(bare, fence[:1]+" \n") == "" {
			return at + len(line)
		}
		at += len(line)
	}
	return len(d.text)
}

// short returns the end of a directive that closes soon, or 0.
func (d *directives) short(i int, closer string) int {
	window := d.text[i:min(len(d.text), i+maxDirective)]
	if at := strings.Index(window, closer); at > 0 {
		return i + at + len(closer)
	}
	return 0
}

// through returns the end of the next match of closer, or 0. That none is left is remembered.
func (d *directives) through(i int, closer *regexp.Regexp) int {
	if d.unclosed[closer] {
		return 0
	}
	at := closer.FindStringIndex(d.text[i:])
	if at == nil {
		d.unclosed[closer] = true
		return 0
	}
	return i + at[1]
}

// dropListLine drops the line that a table of contents would have replaced.
func (d *directives) dropListLine() {
	out := d.out.String()
	body := strings.TrimRight(out, " \n")
	line := body[strings.LastIndexByte(body, '\n')+1:]
	if len(line) > 1 && len(line) < 200 && strings.ContainsRune("*-+1", rune(line[0])) {
		d.out.Reset()
		d.out.WriteString(body[:len(body)-len(line)])
	}
}
