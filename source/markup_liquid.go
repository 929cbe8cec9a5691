package source

import (
	"regexp"
	"strings"
)

var (
	liquidWord   = regexp.MustCompile(`^\{%-?\s*([a-z]+)`)
	liquidString = regexp.MustCompile(`^\{\{-?\s*(?:"([^"]*)"|'([^']*)')\s*(?:\|[^}]*)?-?\}\}$`)
	liquidEnds   = map[string]*regexp.Regexp{
		"raw":       regexp.MustCompile(`\{%-?\s*endraw\s*-?%\}`),
		"comment":   regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}`),
		"highlight": regexp.MustCompile(`\{%-?\s*endhighlight\s*-?%\}`),
	}
	htmlCodeEnds = map[string]*regexp.Regexp{
		"<pre":  regexp.MustCompile(`(?i)</pre\s*>`),
		"<code": regexp.MustCompile(`(?i)</code\s*>`),
	}
	headingID = regexp.MustCompile(`^ \{#[\w:.-]{1,100}\}[ ]*(?:\n|$)`)
)

// How far a mark is looked for its end. What is longer is text.
const (
	maxMark       = 2000
	maxInlineCode = 1000
)

// marks finds, outside code, what generators would have taken out of a text. Each byte is looked at
// a bounded number of times.
type marks struct {
	text     string
	markdown bool
	unclosed map[*regexp.Regexp]bool // no match is left in the rest of the text
	dropped  []int                   // where the first marks stand that a template would have made text of
	out      strings.Builder
}

// dropMarks drops the tags of Liquid and of Hugo's shortcodes and keeps the text between them: herald
// does not run a generator's templates. "{% raw %}" and "{% highlight %}" keep their text as it is,
// comments go, and {{ "/a.png" | relative_url }} becomes its text. In Markdown kramdown's attribute
// lists go too ("{:.lead}", "{#id}" after a heading, the mark of a table of contents), and Korean emphasis is mended. Code is left alone.
func dropMarks(text string, markdown bool) string {
	if !hasLiquid(text) &&
		!(markdown && (strings.Contains(text, "**") || strings.Contains(text, "{:") || strings.Contains(text, "{#"))) {
		return text
	}
	m := marks{text: text, markdown: markdown, unclosed: map[*regexp.Regexp]bool{}}
	return m.drop()
}

// hasLiquid reports whether tags of Liquid or of shortcodes begin in a text.
func hasLiquid(text string) bool {
	at := strings.IndexByte(text, '{')
	return at >= 0 && (strings.Contains(text[at:], "{%") || strings.Contains(text[at:], "{{"))
}

func (m *marks) drop() string {
	text := m.text
	m.out.Grow(len(text))
	for i := 0; i < len(text); {
		next := nextMark(text, i)
		m.out.WriteString(text[i:next])
		if i = next; i == len(text) {
			break
		}
		if end := m.code(i); end > i {
			m.out.WriteString(text[i:end])
			i = end
		} else if end := m.mark(i); end > i {
			i = end
		} else {
			m.out.WriteByte(text[i])
			i++
		}
	}
	return m.out.String()
}

// nextMark gives the offset of the next byte that code or a mark may begin with, or the length of the text.
func nextMark(text string, from int) int {
	for at := from; at < len(text); {
		end := min(at+8, len(text))
		if end == at+8 && !hasMark(eight(text[at:])) {
			at = end
			continue
		}
		for ; at < end; at++ {
			switch text[at] {
			case '`', '~', '<', '*':
				return at
			case '{':
				if at > from && text[at-1] == ' ' && strings.HasPrefix(text[at:], "{#") {
					at--
				}
				return at
			}
		}
	}
	return len(text)
}

// hasMark looks for ASCII from "*" on in eight bytes. Most of a Korean text has none.
func hasMark(x uint64) bool { return (x&(0x7F*ones)+(0x80-'*')*ones)&^x&high != 0 }

// code gives the end of the code that begins at i, or 0.
func (m *marks) code(i int) int {
	rest := m.text[i:]
	for _, open := range []string{"<pre", "<code"} {
		if hasPrefixFold(rest, open) && len(rest) > len(open) && !isTagChar(rest[len(open)]) {
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

// fence gives the end of a fenced code block (CommonMark section 4.5).
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

// mark gives the end of the mark that begins at i, or 0, and writes what stands for it.
func (m *marks) mark(i int) int {
	rest := m.text[i:]
	switch {
	case strings.HasPrefix(rest, "{%"):
		return m.tag(i)
	case strings.HasPrefix(rest, "{{"):
		end := m.short(i, "}}")
		if end > 0 {
			if s := liquidString.FindStringSubmatch(m.text[i:end]); s != nil {
				m.out.WriteString(s[1] + s[2])
			} else {
				m.note(i)
			}
		}
		return end
	case !m.markdown:
		return 0
	case strings.HasPrefix(rest, "**"):
		return m.strong(i)
	case strings.HasPrefix(rest, "{:"):
		end := m.short(i, "}")
		if end > 0 && strings.HasPrefix(strings.TrimSpace(m.text[i+2:end]), "toc") {
			m.dropListLine()
		}
		return end
	case rest[0] == ' ':
		if at := headingID.FindStringIndex(rest[:min(len(rest), 110)]); at != nil {
			return i + len(strings.TrimRight(rest[:at[1]], "\n"))
		}
	}
	return 0
}

// tag handles "{% … %}".
func (m *marks) tag(i int) int {
	end := m.short(i, "%}")
	if end == 0 {
		return 0
	}
	word := liquidWord.FindStringSubmatch(m.text[i:end])
	if word == nil || liquidEnds[word[1]] == nil {
		m.note(i)
		return end
	}
	through := m.through(end, liquidEnds[word[1]])
	if through == 0 {
		return end
	}
	inner := m.text[end : end+strings.LastIndex(m.text[end:through], "{%")]
	switch word[1] {
	case "raw":
		m.out.WriteString(inner)
	case "highlight":
		inner = strings.Trim(inner, "\r\n")
		m.out.WriteString("<pre><code>" + string(appendEscaped(nil, inner, false)) + "</code></pre>")
	}
	return through
}

// short gives the end of a mark that closes soon, or 0.
func (m *marks) short(i int, closer string) int {
	window := m.text[i:min(len(m.text), i+maxMark)]
	if at := strings.Index(window, closer); at > 0 {
		return i + at + len(closer)
	}
	return 0
}

// through gives the end of the next match of closer, or 0. That none is left is remembered.
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
