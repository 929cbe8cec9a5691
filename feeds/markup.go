package feeds

import (
	"strconv"
	"strings"

	"herald/source/text"
)

// markup appends an XML document, an element a line, two spaces deeper each. Every string that it is given is made fit for
// XML 1.0 (text.ForXML) and escaped; names of elements and attributes are ours.
type markup struct {
	b     []byte
	depth int
}

// attr is one attribute; one without a value is left out.
type attr struct{ name, value string }

// newMarkup begins a document.
func newMarkup(b []byte) *markup { return &markup{b: append(b, xmlHeader...)} }

// open begins an element that has children.
func (m *markup) open(name string, attrs ...attr) {
	m.start(name, attrs)
	m.depth++
}

// shut ends an element that open began.
func (m *markup) shut(name string) {
	m.depth--
	m.line()
	m.end(name)
}

// element writes an element with a text, or nothing where the text is empty.
func (m *markup) element(name, s string, attrs ...attr) {
	if s = text.ForXML(s); s == "" {
		return
	}
	m.start(name, attrs)
	m.b = appendEscaped(m.b, s, &xmlEscapes)
	m.end(name)
}

// title writes an element whose text is escaped in the spelling that most readers take for text, not for HTML (RSS
// Advisory Board profile, "Character Data").
func (m *markup) title(name, s string, attrs ...attr) {
	m.start(name, attrs)
	m.b = appendEscaped(m.b, text.ForXML(s), &textEscapes)
	m.end(name)
}

// words is title for an element that is left out where its text is empty.
func (m *markup) words(name, s string) {
	if text.ForXML(s) != "" {
		m.title(name, s)
	}
}

// cdata writes an element with a text in CDATA, or nothing where the text is empty. An end mark in it is split over two
// sections.
func (m *markup) cdata(name, s string, attrs ...attr) {
	const mark = "]]>"
	if s = text.ForXML(s); s == "" {
		return
	}
	m.start(name, attrs)
	m.b = append(m.b, "<![CDATA["...)
	for {
		at := strings.Index(s, mark)
		if at < 0 {
			break
		}
		m.b = append(append(m.b, s[:at+2]...), "]]><![CDATA["...)
		s = s[at+2:]
	}
	m.b = append(append(m.b, s...), mark...)
	m.end(name)
}

// empty writes an element without text.
func (m *markup) empty(name string, attrs ...attr) {
	m.start(name, attrs)
	m.end(name)
}

func (m *markup) start(name string, attrs []attr) {
	if m.depth > 0 {
		m.line()
	}
	m.b = append(append(m.b, '<'), name...)
	for _, a := range attrs {
		if a.value = text.ForXML(a.value); a.value == "" {
			continue
		}
		m.b = append(append(append(m.b, ' '), a.name...), `="`...)
		m.b = append(appendEscaped(m.b, a.value, &xmlEscapes), '"')
	}
	m.b = append(m.b, '>')
}

func (m *markup) end(name string) {
	m.b = append(append(append(m.b, "</"...), name...), '>')
}

func (m *markup) line() {
	m.b = append(m.b, '\n')
	for range m.depth {
		m.b = append(m.b, "  "...)
	}
}

// escapes says what stands for a byte; "" is the byte itself.
type escapes [128]string

var (
	xmlEscapes  = escapes{'"': "&#34;", '\'': "&#39;", '&': "&amp;", '<': "&lt;", '>': "&gt;", '\t': "&#x9;", '\n': "&#xA;", '\r': "&#xD;"}
	textEscapes = escapes{'&': "&#x26;", '<': "&#x3C;", '>': "&#x3E;"}
)

func appendEscaped(b []byte, s string, by *escapes) []byte {
	from := 0
	for i := range len(s) {
		if c := s[i]; c < 128 && by[c] != "" {
			b = append(append(b, s[from:i]...), by[c]...)
			from = i + 1
		}
	}
	return append(b, s[from:]...)
}

// count is a number as an attribute; one that is not known is left out.
func count(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
