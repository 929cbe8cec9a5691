package marks

import (
	"strings"

	"herald/source/marks/syntax"
)

// copyCode copies code. Only the marks that protect it go.
func (e *expander) copyCode(part syntax.Span) {
	chunk := e.text[part.Start:part.Stop]
	e.at = part.Stop
	e.endAddress()
	if strings.Contains(chunk, "{{") || strings.Contains(chunk, "{%") {
		chunk = e.unprotect(part)
		if part.Kind == syntax.IndentedCode && len(e.unknown) > 0 {
			chunk = e.withoutAssigned(chunk)
		}
	}
	e.write(chunk)
	if strings.HasSuffix(chunk, "\n") || chunk == "" {
		e.beginLine()
	}
}

// unprotect returns code without the marks that protected it, with their lines where they stand alone.
func (e *expander) unprotect(part syntax.Span) string {
	var b strings.Builder
	done := part.Start
	for at := part.Start; at < part.Stop; {
		next := strings.IndexByte(e.text[at:part.Stop], '{')
		if next < 0 {
			break
		}
		at += next
		m, ok := syntax.Read(e.text, at)
		if !ok || m.End > part.Stop || !e.protects(m, part) {
			at++
			continue
		}
		at = m.End
		if m.Form == syntax.EscapedForm {
			b.WriteString(e.text[done:m.Start] + escapedShortcode(e.text[m.Start:m.End], false))
			done = m.End
			continue
		}
		cut := lineOf(e.text, m, part)
		b.WriteString(e.text[done:max(done, cut.Start)])
		done = max(cut.Stop, m.End)
	}
	b.WriteString(e.text[done:part.Stop])
	return b.String()
}

// unprotected returns code that stands between two tags without the marks that protected it.
func unprotected(code string) string {
	if !strings.Contains(code, "{%") && !strings.Contains(code, "{{") {
		return code
	}
	e := &expander{text: code, ends: syntax.NewEnds(code)}
	return e.unprotect(syntax.Span{Stop: len(code), Kind: syntax.FencedCode})
}

// protects reports whether a mark in code protects code, and is no example of such a mark.
func (e *expander) protects(m syntax.Mark, part syntax.Span) bool {
	switch {
	case m.Form == syntax.EscapedForm:
		return true
	case e.raw && m.EndsRaw():
		e.raw = false
		return true
	case !e.raw && m.BeginsRaw():
		alone := part.Kind == syntax.CodeSpan && strings.TrimSpace(e.text[part.Start:part.Stop]) == e.text[m.Start:m.End]
		e.raw = !alone && e.ends.Find(m).End > 0
		return e.raw
	}
	return false
}

// lineOf returns the line of a mark that stands alone on one, else the mark.
func lineOf(s string, m syntax.Mark, part syntax.Span) syntax.Span {
	begin := strings.LastIndexByte(s[part.Start:m.Start], '\n') + 1 + part.Start
	rest, _, found := strings.Cut(s[m.End:part.Stop], "\n")
	wholeLine := begin == 0 || s[begin-1] == '\n'
	if part.Kind == syntax.CodeSpan || !found || !wholeLine || strings.TrimSpace(rest) != "" || strings.Trim(s[begin:m.Start], " \t>") != "" {
		return syntax.Span{Start: m.Start, Stop: m.End}
	}
	return syntax.Span{Start: begin, Stop: m.End + len(rest) + 1}
}

// withoutAssigned drops the lines of indented code that show a variable which the body assigned: such "code" is
// running text of a template that was indented.
func (e *expander) withoutAssigned(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		if !e.showsAssigned(line) {
			b.WriteString(line)
		}
	}
	if strings.TrimSpace(b.String()) == "" {
		return ""
	}
	return b.String()
}

// showsAssigned reports whether a line shows a variable that the body assigned.
func (e *expander) showsAssigned(line string) bool {
	for at := 0; ; at += 2 {
		next := strings.Index(line[at:], "{{")
		if next < 0 {
			return false
		}
		at += next
		if m, ok := syntax.Read(line, at); ok && e.unknown[rootOf(m.Args)] {
			return true
		}
	}
}
