package marks

import (
	"strings"

	"herald/source/marks/syntax"
	"herald/source/safehtml"
	"herald/source/text"
)

// escaped returns a text as HTML shows it.
func escaped(s string) string { return string(safehtml.AppendEscaped(nil, s, false)) }

// attr returns an attribute with a space before it, or nothing for an empty value.
func attr(name, value string) string {
	if value == "" {
		return ""
	}
	value = string(safehtml.AppendEscaped(nil, value, true))
	return " " + name + `="` + strings.ReplaceAll(value, "\n", " ") + `"`
}

// inert returns a text as HTML on one line in which Markdown finds nothing: punctuation and line ends are written as
// character references.
func inert(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\r':
		case c == '\n' || c == '\t' || c > ' ' && c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z' && c < 0x7f:
			b.WriteString("&#" + digits(c) + ";")
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// digits returns a byte in decimal.
func digits(c byte) string {
	if c >= 100 {
		return string([]byte{'0' + c/100, '0' + c/10%10, '0' + c%10})
	}
	return string([]byte{'0' + c/10, '0' + c%10})
}

// codeBlock returns code as HTML, without the line ends around it.
func codeBlock(code string) string {
	return "<pre><code>" + inert(strings.Trim(code, "\r\n")) + "</code></pre>"
}

// maxPhrases is how many texts of one body are read as Markdown on their own. Further ones are text.
const maxPhrases = 2000

// phraseHTML returns a text that is Markdown as HTML on one line.
func (e *expander) phraseHTML(s string) string {
	if e.phrases++; e.phrases > maxPhrases || e.facts.Phrase == nil || !strings.ContainsAny(s, "*_`[<&\\") {
		return inert(s)
	}
	return strings.ReplaceAll(e.facts.Phrase(s), "\n", " ")
}

// link returns a link as HTML; its text is the address where none is given.
func link(address, words string) string {
	if words == "" {
		words = address
	}
	return "<a" + attr("href", address) + ">" + inert(words) + "</a>"
}

// block writes HTML of a block in the place of a mark, on a line of its own. In Markdown a comment before it makes it
// a block that ends with its line (CommonMark section 4.6, kind 2), so that what follows is Markdown again.
func (e *expander) block(m syntax.Mark, html string) {
	if !e.markdown {
		e.put(m, html)
		return
	}
	prefix, alone := e.linePrefix()
	if !alone {
		e.write("\n" + quotePrefix(prefix))
	}
	e.put(m, "<!-- -->"+html)
	if !e.endsLine(e.at) {
		e.write("\n" + quotePrefix(prefix))
		e.at = text.SkipSpace(e.text, e.at)
	}
}

// phrase writes HTML of a phrase in the place of a mark; alone on its line it is a paragraph.
func (e *expander) phrase(m syntax.Mark, html string) {
	if e.aloneOnLine(m) && e.markdown && !e.inHTML() {
		e.block(m, "<p>"+html+"</p>")
		return
	}
	e.put(m, html)
}
