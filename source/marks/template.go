package marks

import (
	"strings"

	"herald/source/marks/syntax"
)

// template handles a template mark that begins here.
func (e *expander) template() bool {
	m, ok := syntax.Read(e.text, e.at)
	switch {
	case !ok:
		return false
	case e.raw && m.EndsRaw():
		e.raw = false
		e.drop(m)
	case e.raw:
		e.at = m.End
		e.write(e.text[m.Start:m.End])
	case m.Form == syntax.EscapedForm:
		e.at = m.End
		e.write(escapedShortcode(e.text[m.Start:m.End], true))
	case m.Form == syntax.CommentForm, m.Name == "#":
		e.drop(m)
	case m.Form == syntax.OutputForm:
		e.output(m)
	default:
		e.tag(m)
	}
	return true
}

// drop takes a mark out that leaves no text.
func (e *expander) drop(m syntax.Mark) {
	e.line.marked = true
	e.at = m.End
}

// dropUnknown takes a mark out that would have left a text that is not known.
func (e *expander) dropUnknown(m syntax.Mark) {
	e.drop(m)
	e.dropped.add(m)
	e.line.unknown = true
	e.dest.poisoned = e.dest.start >= 0
}

// maxAdded is how many bytes the values in one body have together. What is beyond is left out as unknown.
const maxAdded = 1 << 20

// put writes what has become of a mark.
func (e *expander) put(m syntax.Mark, v string) {
	if e.added += len(v); e.added > maxAdded {
		e.dropUnknown(m)
		return
	}
	e.line.marked = true
	e.at = m.End
	if e.dest.start >= 0 {
		v = e.dest.value(v)
	}
	e.write(v)
}

// tag handles a tag or shortcode by its line in the table.
func (e *expander) tag(m syntax.Mark) {
	t, known := e.tags[m.Name]
	switch {
	case known && t.verbatim:
		end := e.ends.Find(m)
		if end.End == 0 {
			e.dropUnknown(m)
			return
		}
		inner := e.text[m.End:end.Start]
		m.End = end.End
		t.write(e, m, inner)
	case known:
		t.write(e, m, "")
	default:
		e.otherTag(m)
	}
}

// otherTag handles end tags, and tags that the table does not know.
func (e *expander) otherTag(m syntax.Mark) {
	name, ends := m.Base()
	if !ends {
		e.wrapper(m)
		return
	}
	if t := e.tags[name]; t.close != "" {
		e.block(m, t.close)
		return
	}
	e.drop(m)
}

// wrapper handles a tag that the table does not know. One that stands around a text, and decides nothing, leaves the text
// and its title; what another one would have shown is not known.
func (e *expander) wrapper(m syntax.Mark) {
	if isControl(m.Name) || e.dest.start >= 0 || e.ends.Find(m).End == 0 {
		e.dropUnknown(m)
		return
	}
	title := syntax.ReadArgs(m.Args).Get("title", "summary", "label", "header")
	if title == "" || !e.aloneOnLine(m) {
		e.drop(m)
		return
	}
	e.block(m, "<p><strong>"+e.phraseHTML(title)+"</strong></p>")
}

// isControl reports the tags that decide whether their text is shown.
func isControl(name string) bool {
	switch name {
	case "if", "unless", "case", "ifchanged", "macro", "block", "call":
		return true
	}
	return false
}

var (
	unescape = strings.NewReplacer("{{</*", "{{<", "*/>}}", ">}}", "{{%/*", "{{%", "*/%}}", "%}}", "{{/*", "{{", "*/}}", "}}", "{%/*", "{%", "*/%}", "%}")
	angles   = strings.NewReplacer("<", "&lt;", ">", "&gt;")
)

// escapedShortcode returns the shortcode that is shown, not run; in running text its brackets are no HTML.
func escapedShortcode(s string, asText bool) string {
	s = unescape.Replace(s)
	if asText {
		s = angles.Replace(s)
	}
	return s
}
