package markup

import (
	"regexp"
	"strings"

	"herald/source/safehtml"
)

var (
	liquidWord   = regexp.MustCompile(`^\{%-?\s*([a-z]+)`)
	liquidString = regexp.MustCompile(`^\{\{-?\s*(?:"([^"]*)"|'([^']*)')\s*(?:\|[^}]*)?-?\}\}$`)
	liquidEnds   = map[string]*regexp.Regexp{
		"raw":       regexp.MustCompile(`\{%-?\s*endraw\s*-?%\}`),
		"comment":   regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}`),
		"highlight": regexp.MustCompile(`\{%-?\s*endhighlight\s*-?%\}`),
	}
	headingID = regexp.MustCompile(`^ \{#[\w:.-]{1,100}\}[ ]*(?:\n|$)`)
)

// dropMarks drops the tags of Liquid and of Hugo's shortcodes and keeps the text between them: herald
// does not run a generator's templates. "{% raw %}" and "{% highlight %}" keep their text as it is,
// comments go, and {{ "/a.png" | relative_url }} becomes its text. In Markdown kramdown's attribute
// lists go too ("{:.lead}", "{#id}" after a heading, the mark of a table of contents), and strong writes
// Korean emphasis as HTML. Code is left alone.
func dropMarks(text string, markdown bool) string {
	if !hasLiquid(text) &&
		!(markdown && (strings.Contains(text, "**") || strings.Contains(text, "{:") || strings.Contains(text, "{#"))) {
		return text
	}
	m := marks{text: text, markdown: markdown, unclosed: map[*regexp.Regexp]bool{}}
	return m.drop()
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

// mark returns the end of the mark that begins at i, or 0, and writes what stands for it.
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
		m.out.WriteString("<pre><code>" + string(safehtml.AppendEscaped(nil, inner, false)) + "</code></pre>")
	}
	return through
}
