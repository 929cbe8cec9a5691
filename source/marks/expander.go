package marks

import (
	"strings"

	"herald/source"
	"herald/source/marks/syntax"
	"herald/source/text"
)

// expander copies a text and resolves its marks. Each byte is looked at a bounded number of times.
type expander struct {
	facts       Facts
	text        string
	markdown    bool
	tags        map[string]tag
	depth       int           // of captures within captures
	at          int           // what of the text is done
	out         []byte        // what it has become
	spans       []syntax.Span // of code and HTML that are not passed yet
	ends        *syntax.Ends
	loops       map[int]syntax.Mark // the end of each loop, by the offset of its beginning; nil: not yet read
	line        lineState
	dest        destination
	raw         bool              // inside {% raw %}: template marks are text
	vars        map[string]string // what the body assigns itself, where it is known
	unknown     map[string]bool   // names that the body assigns, of values that are not known
	added       int               // bytes of values that were written
	phrases     int               // that were read as Markdown
	looked      int               // bytes of loops that were searched
	jsx         components
	definitions answer // of links
	dropped     drops
}

// tag says what becomes of the tags and shortcodes of a name.
type tag struct {
	verbatim bool // what stands up to the end tag is taken as it is
	// write handles the tag, from the mark's start to its end (of a verbatim one: that of its end tag).
	write func(e *expander, m syntax.Mark, inner string)
	close string // the HTML that the end tag becomes; "": nothing
}

// destination is the address that is being written: of a link or image of Markdown, or in an attribute.
type destination struct {
	start    int  // its offset in out; -1: none is being written
	close    byte // what ends it
	depth    int  // of parentheses in it
	poisoned bool // a mark in it has no known value
}

// components are the components of MDX that are open.
type components struct {
	like   answer // of a body that is not MDX by its name: whether it is like it
	begun  bool   // a line with text was read
	looked int    // names of imports that were looked for
}

// answer is what is found out about a text only where somebody asks.
type answer int

const (
	unknown answer = iota
	yes
	no
)

// lineState is what happened on the line that is being written.
type lineState struct {
	start   int  // its offset in out
	marked  bool // a mark was taken out of it
	unknown bool // and its value is not known
}

func newExpander(b source.Body, f Facts, tags map[string]tag, depth int) *expander {
	e := &expander{
		facts: f, text: b.Text, markdown: b.Markup.IsMarkdown(), depth: depth, tags: tags,
		ends: syntax.NewEnds(b.Text), vars: map[string]string{}, unknown: map[string]bool{},
	}
	e.dest.start = -1
	if e.markdown {
		if f.MDX {
			e.text = dedentComponents(e.text)
			e.ends = syntax.NewEnds(e.text)
		}
		e.spans = syntax.Structure(e.text, func(name string) bool { return tags[name].verbatim }, f.MDX)
	}
	e.out = make([]byte, 0, len(b.Text)+len(b.Text)/8)
	return e
}

// run returns the text without its marks.
func (e *expander) run() string {
	e.beginLine()
	for e.at < len(e.text) {
		if e.code() {
			continue
		}
		c := e.text[e.at]
		if done := e.special(c); done {
			continue
		}
		e.out = append(e.out, c)
		e.at++
		e.seeAddress(c)
		if c == '\n' {
			e.endLine()
			e.beginLine()
		}
	}
	e.endAddress()
	e.endLine()
	return string(e.out)
}

// special handles what may begin a mark.
func (e *expander) special(c byte) bool {
	switch c {
	case '{':
		return e.template() || e.markdown && (e.attributes() || e.expression())
	case '\\':
		if e.markdown && e.at+1 < len(e.text) && e.text[e.at+1] == '{' && !e.beginsTemplate(e.at+1) {
			e.out = append(e.out, `\{`...)
			e.at += 2
			return true
		}
	case '<':
		return e.rawElement() || e.markdown && e.component()
	}
	return false
}

func (e *expander) beginsTemplate(at int) bool {
	_, ok := syntax.Read(e.text, at)
	return ok
}

// inSpan reports whether the text stands in code or HTML.
func (e *expander) inSpan() bool {
	return len(e.spans) > 0 && e.spans[0].Start <= e.at && e.at < e.spans[0].Stop
}

// inHTML reports whether the text stands in HTML.
func (e *expander) inHTML() bool {
	return !e.markdown || e.inSpan() && e.spans[0].Kind == syntax.HTMLBlock
}

// endsLine reports whether nothing but white space stands between an offset and the end of its line.
func (e *expander) endsLine(at int) bool {
	for ; at < len(e.text) && e.text[at] != '\n'; at++ {
		if !text.IsSpace(e.text[at]) {
			return false
		}
	}
	return true
}

// maxPrefix is how long the marks of containers before a text are at most.
const maxPrefix = 200

// linePrefix returns the marks of containers that the line which is written begins with, and whether it has no more.
func (e *expander) linePrefix() (prefix string, alone bool) {
	line := e.out[e.line.start:]
	prefix = containerPrefix(string(line[:min(len(line), maxPrefix)]))
	return prefix, len(prefix) == len(line)
}

// code copies code that begins here.
func (e *expander) code() bool {
	for len(e.spans) > 0 && e.spans[0].Stop <= e.at {
		e.spans = e.spans[1:]
	}
	if len(e.spans) == 0 || e.spans[0].Kind == syntax.HTMLBlock || e.spans[0].Start > e.at {
		return false
	}
	part := e.spans[0]
	e.spans = e.spans[1:]
	e.copyCode(syntax.Span{Start: max(part.Start, e.at), Stop: part.Stop, Kind: part.Kind})
	return true
}

// rawElements are the elements whose text is none, or code.
var rawElements = []string{"pre", "code", "script", "style", "textarea", "template"}

// rawElement copies an element whose text is code, or a comment.
func (e *expander) rawElement() bool {
	rest := e.text[e.at:]
	if strings.HasPrefix(rest, "<!--") {
		return e.copyThrough("-->", 4)
	}
	for _, name := range rawElements {
		if text.HasPrefixFold(rest[1:], name) && len(rest) > len(name)+1 && !text.IsAlphanumeric(rest[len(name)+1]) && rest[len(name)+1] != '-' {
			return e.copyThrough("</"+name, 1)
		}
	}
	return false
}

// copyThrough copies up to the next end of an element; nothing where there is none.
func (e *expander) copyThrough(end string, skip int) bool {
	at := e.ends.Closing(end, e.at+skip)
	if at < 0 {
		return false
	}
	e.copyCode(syntax.Span{Start: e.at, Stop: at + len(end), Kind: syntax.RawHTML})
	return true
}

// beginLine handles what takes a whole line.
func (e *expander) beginLine() {
	e.line = lineState{start: len(e.out)}
	for e.at < len(e.text) && e.wholeLine() {
		e.line = lineState{start: len(e.out)}
	}
}

// rest returns what is left of the line, without its end, and the offset behind its end.
func (e *expander) rest() (line string, next int) {
	line, _, found := strings.Cut(e.text[e.at:], "\n")
	next = e.at + len(line)
	if found {
		next++
	}
	return line, next
}

// write appends a text in the place of marks; its last line is now the line that is written.
func (e *expander) write(s string) {
	e.out = append(e.out, s...)
	if at := strings.LastIndexByte(s, '\n'); at >= 0 {
		e.line = lineState{start: len(e.out) - (len(s) - at - 1)}
	}
}
