package markup

import (
	"regexp"
	"strings"

	"herald/source/text"
)

var htmlCodeEnds = map[string]*regexp.Regexp{
	"<pre":  regexp.MustCompile(`(?i)</pre\s*>`),
	"<code": regexp.MustCompile(`(?i)</code\s*>`),
}

// How far a mark is looked for its end. What is longer is text.
const (
	maxMark       = 2000
	maxInlineCode = 1000
)

const maxDropped = 50 // marks that are looked at for a warning

// marks finds, outside code, what generators would have taken out of a text. Each byte is looked at
// a bounded number of times.
type marks struct {
	text     string
	markdown bool
	unclosed map[*regexp.Regexp]bool // no match is left in the rest of the text
	dropped  []int                   // where the first marks stand that a template would have made text of
	out      strings.Builder
}

// note remembers a mark that is dropped.
func (m *marks) note(i int) {
	if len(m.dropped) < maxDropped {
		m.dropped = append(m.dropped, i)
	}
}

// hasLiquid reports whether tags of Liquid or of shortcodes begin in a text.
func hasLiquid(text string) bool {
	at := strings.IndexByte(text, '{')
	return at >= 0 && (strings.Contains(text[at:], "{%") || strings.Contains(text[at:], "{{"))
}

// nextMark returns the offset of the next byte that code or a mark may begin with, or the length of the text.
func nextMark(s string, from int) int {
	next := strings.IndexAny(s[from:], "`~<*{")
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
func (m *marks) code(i int) int {
	rest := m.text[i:]
	for _, open := range []string{"<pre", "<code"} {
		if text.HasPrefixFold(rest, open) && len(rest) > len(open) && !text.IsAlphanumeric(rest[len(open)]) {
			return m.through(i, htmlCodeEnds[open])
		}
	}
	if !m.markdown || rest[0] != '`' && rest[0] != '~' {
		return 0
	}
	run := len(rest) - len(strings.TrimLeft(rest, rest[:1]))
	line := strings.LastIndexByte(m.text[max(0, i-4):i], '\n')
	indent := m.text[max(0, i-4):i][line+1:]
	if run >= 3 && strings.TrimLeft(indent, " ") == "" && (line >= 0 || i < 4) {
		return m.fence(i, run)
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
func (m *marks) fence(i, run int) int {
	mark := m.text[i : i+run]
	at := i + run
	for line := range strings.Lines(m.text[at:]) {
		bare := strings.TrimLeft(line, " ")
		if at > i+run && len(line)-len(bare) < 4 && strings.HasPrefix(bare, mark) && strings.Trim(bare, mark[:1]+" \n") == "" {
			return at + len(line)
		}
		at += len(line)
	}
	return len(m.text)
}

// short returns the end of a mark that closes soon, or 0.
func (m *marks) short(i int, closer string) int {
	window := m.text[i:min(len(m.text), i+maxMark)]
	if at := strings.Index(window, closer); at > 0 {
		return i + at + len(closer)
	}
	return 0
}

// through returns the end of the next match of closer, or 0. That none is left is remembered.
func (m *marks) through(i int, closer *regexp.Regexp) int {
	if m.unclosed[closer] {
		return 0
	}
	at := closer.FindStringIndex(m.text[i:])
	if at == nil {
		m.unclosed[closer] = true
		return 0
	}
	return i + at[1]
}

// dropListLine drops the line that a table of contents would have replaced.
func (m *marks) dropListLine() {
	out := m.out.String()
	body := strings.TrimRight(out, " \n")
	line := body[strings.LastIndexByte(body, '\n')+1:]
	if len(line) > 1 && len(line) < 200 && strings.ContainsRune("*-+1", rune(line[0])) {
		m.out.Reset()
		m.out.WriteString(body[:len(body)-len(line)])
	}
}
