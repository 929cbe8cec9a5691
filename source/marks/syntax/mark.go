// Package syntax finds, in the text of a body, the marks of templates with their arguments and ends, and in Markdown the code
// in which they mean nothing.
package syntax

import (
	"strings"

	"herald/source/text"
)

// MaxMark is how far the end of a mark is looked for. What is longer is text.
const MaxMark = 2000

// Form is how a mark is written.
type Form int

// The forms of marks.
const (
	TagForm       Form = iota + 1 // {% name … %}
	OutputForm                    // {{ expression }}
	ShortcodeForm                 // {{< name … >}}, {{% name … %}}
	CallForm                      // {{ name(…) }}, of Zola
	CommentForm                   // {# … #}
	EscapedForm                   // {{</* … */>}}: a shortcode that is shown, not run
)

// Mark is one tag, output or shortcode.
type Mark struct {
	Form       Form
	Start, End int    // in the text
	Name       string // the first word, lower case; of an end tag with "end" or "/" before
	Args       string // what stands behind it; of an output the whole expression
	inner      string // all between the delimiters
}

// delimiters of the marks, the longer before those that begin them.
var delimiters = []struct {
	form        Form
	open, close string
}{
	{EscapedForm, "{{</*", "*/>}}"},
	{EscapedForm, "{{%/*", "*/%}}"},
	{EscapedForm, "{{/*", "*/}}"},
	{EscapedForm, "{%/*", "*/%}"},
	{ShortcodeForm, "{{<", ">}}"},
	{ShortcodeForm, "{{%", "%}}"},
	{OutputForm, "{{", "}}"},
	{TagForm, "{%", "%}"},
	{CommentForm, "{#", "#}"},
}

// Read reads the mark that begins at an offset of a text.
func Read(s string, at int) (Mark, bool) {
	rest := s[at:min(len(s), at+MaxMark)]
	if len(rest) < 4 || rest[0] != '{' || strings.IndexByte("{%#", rest[1]) < 0 {
		return Mark{}, false
	}
	for _, d := range delimiters {
		if !strings.HasPrefix(rest, d.open) {
			continue
		}
		stop := closing(rest[len(d.open):], d.form, d.close)
		if stop < 0 {
			return Mark{}, false
		}
		m := Mark{Form: d.form, Start: at, inner: rest[len(d.open) : len(d.open)+stop]}
		m.End = at + len(d.open) + stop + len(d.close)
		return m, m.read()
	}
	return Mark{}, false
}

// closing returns the offset of the end of a mark, or -1. No mark holds a blank line. Quoted strings of shortcodes may
// hold what ends one; Liquid stops at the first.
func closing(s string, d Form, end string) int {
	if blank := strings.Index(s, "\n\n"); blank >= 0 {
		s = s[:blank]
	}
	first := strings.Index(s, end)
	if d != ShortcodeForm || first < 0 {
		return first
	}
	quote := byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote && s[i-1] != '\\' {
				quote = 0
			}
		case c == '"' || c == '`':
			quote = c
		case c == end[0] && strings.HasPrefix(s[i:], end):
			return i
		}
	}
	return first
}

// read takes the inside of a mark apart; false where no generator would take it for a mark.
func (m *Mark) read() bool {
	inner := m.inner
	if m.Form == TagForm || m.Form == OutputForm {
		inner = strings.TrimSuffix(strings.TrimPrefix(inner, "-"), "-")
	}
	inner = strings.TrimSpace(inner)
	switch m.Form {
	case EscapedForm:
		return true
	case CommentForm:
		return !strings.Contains(m.inner, "\n\n")
	case OutputForm:
		if inner != "" && strings.IndexByte(".$\\{}", inner[0]) >= 0 || strings.Contains(inner, "\\") {
			return false // of Go's templates, or a formula: no generator reads it in a body
		}
		m.Name, m.Args = FirstWord(inner), inner
		m.readCall(inner)
		return inner != "" && isExpressionStart(inner)
	}
	if strings.Contains(inner, "{%") {
		return false // it was not ended before another one begins
	}
	if m.Form == TagForm && strings.HasPrefix(inner, "#") {
		m.Name = "#"
		return true
	}
	m.Name = FirstWord(inner)
	m.Args = strings.TrimSpace(inner[len(m.Name):])
	if m.Form == TagForm {
		if head, rest, ok := strings.Cut(inner, "("); ok && head == m.Name && strings.HasSuffix(rest, ")") {
			m.Args = strings.TrimSuffix(rest, ")") // of Zola
		}
	}
	m.Name = strings.ToLower(m.Name)
	if m.Form == ShortcodeForm && strings.HasPrefix(m.Name, "/") {
		m.Args = ""
		if m.Name == "/" {
			m.Name = "/" + strings.ToLower(FirstWord(strings.TrimSpace(inner[1:])))
		}
	}
	name := strings.TrimPrefix(m.Name, "/")
	return isNameStart(name) || m.Form == ShortcodeForm && name != "" && text.IsAlphanumeric(name[0])
}

// readCall recognises the shortcodes of Zola.
func (m *Mark) readCall(inner string) {
	name, rest, ok := strings.Cut(inner, "(")
	if ok && strings.HasSuffix(rest, ")") && name != "" && FirstWord(name) == name && !strings.Contains(name, ".") {
		m.Form, m.Name, m.Args = CallForm, strings.ToLower(name), strings.TrimSuffix(rest, ")")
	}
}

// FirstWord returns the text up to white space or a byte that no name has.
func FirstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("|%<>{}(),\"'`=", r)
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

func isNameStart(s string) bool {
	return s != "" && (text.IsAlphanumeric(s[0]) && s[0] > '9' || s[0] == '_' || s[0] >= 0x80)
}

func isExpressionStart(s string) bool {
	return text.IsAlphanumeric(s[0]) || strings.IndexByte("_\"'([-!", s[0]) >= 0
}

// Shown returns the mark as a warning names it.
func (m Mark) Shown() string {
	name := m.Name
	if name == "" {
		name = "…"
	}
	const limit = 60
	if len(name) > limit {
		name = strings.ToValidUTF8(name[:limit], "") + "…"
	}
	if m.Form == TagForm {
		return "{% " + name + " %}"
	}
	return "{{ " + name + " }}"
}

// Base returns the name of a mark without the sign of an end tag, and whether it has one.
func (m Mark) Base() (name string, ends bool) {
	if name, ends = strings.CutPrefix(m.Name, "/"); ends {
		return name, true
	}
	if m.Form == TagForm {
		return strings.CutPrefix(m.Name, "end")
	}
	return m.Name, false
}

// BeginsRaw reports whether what follows the mark stands as it is, up to the end tag.
func (m Mark) BeginsRaw() bool {
	return m.Form == TagForm && (m.Name == "raw" || m.Name == "verbatim")
}

// EndsRaw reports whether the mark ends what stands as it is.
func (m Mark) EndsRaw() bool {
	return m.Form == TagForm && (m.Name == "endraw" || m.Name == "endverbatim")
}
