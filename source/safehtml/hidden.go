package safehtml

import (
	"regexp"
	"strings"

	"herald/source/text"
)

// isHidden reports whether a page shows nothing of the element whose start tag was read: it says so itself, it is
// made for programs or for clicks, it is the name of a language or a column of line numbers beside code, or the sign
// that links to a heading.
func (z *tokenizer) isHidden() bool {
	switch z.data {
	case "annotation", "annotation-xml", "button", "svg", "template":
		return true
	case "a":
		if z.inHeading && z.isPermalink() {
			return true
		}
	}
	for _, a := range z.attrs {
		switch {
		case len(a.key) == len("hidden") && strings.EqualFold(a.key, "hidden"):
			return true
		case len(a.key) == len("aria-hidden") && strings.EqualFold(a.key, "aria-hidden"):
			if strings.EqualFold(text.Collapse(a.val), "true") {
				return true
			}
		case z.data == "span" && strings.EqualFold(a.key, "class") && a.val == "lang":
			if codeLabel.MatchString(z.text[z.pos:min(len(z.text), z.pos+maxCodeLabel)]) {
				return true
			}
		case len(a.key) == len("class") && (z.inPre || z.data == "td") && strings.EqualFold(a.key, "class"):
			if z.isGutter(a.val) {
				return true
			}
		}
	}
	return false
}

// isPermalink reports whether a link in a heading is only the sign that generators put beside it, for readers who want its address: it
// is of a class for these, and empty, "#", "¶" or a picture of a chain.
func (z *tokenizer) isPermalink() bool {
	within, named := false, false
	for _, a := range z.attrs {
		switch {
		case strings.EqualFold(a.key, "href"):
			within = strings.HasPrefix(strings.TrimSpace(a.val), "#")
		case strings.EqualFold(a.key, "class"):
			named = permalinkClass.MatchString(a.val)
		}
	}
	if !within || !named {
		return false
	}
	look := tokenizer{text: z.text[:min(len(z.text), z.pos+maxPermalink)], pos: z.pos, shownOnly: true}
	for {
		kind := look.next()
		switch {
		case kind == tokenText && strings.Trim(look.decoded(), permalinkSigns) == "":
		case kind == tokenText || kind == tokenEnd:
			return false
		case look.data != "span" && look.data != "i":
			return kind == tokenClose && look.data == "a"
		}
	}
}

// permalinkClass finds the classes of permalinks: headerlink (Sphinx, MkDocs, Hexo), hash-link (Docusaurus), header-anchor (VitePress,
// Eleventy), anchor (Hugo, Asciidoctor), zola-anchor, …
var permalinkClass = regexp.MustCompile(`(?i)anchor|permalink|head(er|ing)-?link|hash-?link|self-?link`)

// permalinkSigns are what a reader sees of a permalink, and what nobody sees of one that a style sheet draws.
const permalinkSigns = "#¶§🔗⚓ \t\r\n\u00a0\u200b\u2060\ufe0f\ufeff"

const maxPermalink = 1000

// codeLabel is the name of the language that VitePress writes before code and shows in its corner.
var codeLabel = regexp.MustCompile(`^[^<]*</span>\s*<pre[\s>]`)

const maxCodeLabel = 100

// isGutter reports whether an element with those classes holds the line numbers that programs for colouring code
// write beside it: in a cell of a table (Rouge, Pygments, Hexo, GitHub), or before each line (Chroma, Pygments).
func (z *tokenizer) isGutter(classes string) bool {
	for class := range strings.FieldsSeq(classes) {
		switch class {
		case "gutter", "rouge-gutter", "linenos", "lineno", "linenumber", "linenumbers", "line-number", "line-numbers", "hljs-ln-numbers", "blob-num", "js-line-number":
			return z.data == "td" || z.data == "span"
		case "ln", "lnt":
			return z.data == "span"
		case "lntd": // both cells of Chroma's table
			return chromaNumber.MatchString(z.text[z.pos:min(len(z.text), z.pos+maxGutterStart)])
		}
	}
	return false
}

// chromaNumber is the start tag of a line number, which stands in the first bytes of a cell.
var chromaNumber = regexp.MustCompile(`class=["']?lnt\b`)

const maxGutterStart = 200

// skipHidden moves behind the hidden element whose start tag was read: behind its end tag, or before the tag that ends
// it without one. What is in it need not be balanced.
func (z *tokenizer) skipHidden() {
	if isEmptyElement(z.data) || z.isSelfClosed() {
		return
	}
	start, open := z.pos, openNames{counts: map[string]int{}}
	open.push(z.data)
	for len(open.names) > 0 {
		from := z.pos
		switch z.scan() {
		case tokenEnd:
			if open.names[0] == "button" {
				z.pos = start // a mistake, by which all that follows would be lost
			}
			return
		case tokenStart:
			if open.endsFirst(z.data) {
				z.pos, z.rawTag = from, ""
				return
			}
			if !isEmptyElement(z.data) && !z.isSelfClosed() {
				open.push(z.data)
			}
		case tokenClose:
			switch {
			case open.counts[z.data] > 0:
				open.pop(z.data)
			case z.data == "p" && isBlock(open.names[0]), isEmptyElement(z.data): // it ends nothing
			default:
				z.pos = from // it ends an element around the hidden one
				return
			}
		}
	}
}

// isSelfClosed reports whether "/>" ends the element whose start tag was read, as it does in SVG and MathML.
func (z *tokenizer) isSelfClosed() bool {
	return strings.HasSuffix(z.text[:z.pos], "/>") && (z.data == "svg" || !isHTMLTag(z.data))
}

// isEmptyElement reports whether an element has no end tag, known to the policy or not.
func isEmptyElement(name string) bool {
	switch name {
	case "area", "base", "basefont", "bgsound", "embed", "frame", "input", "keygen", "link", "meta", "param", "track":
		return true
	}
	return isVoid(name)
}

// openNames are the names of the open elements in a hidden one, itself the first.
type openNames struct {
	names  []string
	counts map[string]int
}

func (o *openNames) push(name string) {
	o.names = append(o.names, name)
	o.counts[name]++
}

// pop closes the innermost element of a name that is open, with all that is in it.
func (o *openNames) pop(name string) {
	for done := false; !done; {
		last := o.names[len(o.names)-1]
		o.names = o.names[:len(o.names)-1]
		o.counts[last]--
		done = last == name
	}
}

// endsFirst reports whether the start tag of name ends the first of the elements, whose end tag may be left out.
func (o *openNames) endsFirst(name string) bool {
	switch first := o.names[0]; first {
	case "p":
		return isBlock(name) && name != "br"
	case "button":
		return name == "button"
	case "svg": // an element of HTML is none of a drawing (section 13.2.6.5)
		return containsWord(endSVG, name) && o.counts["foreignobject"]+o.counts["desc"]+o.counts["title"] == 0
	case "li":
		return name == "li" && o.counts["ul"]+o.counts["ol"]+o.counts["menu"]+o.counts["dir"] == 0
	case "dt", "dd":
		return (name == "dt" || name == "dd") && o.counts["dl"] == 0
	case "td", "th", "tr", "thead", "tbody", "tfoot":
		return o.counts["table"] == 0 && endsPart(first, name)
	}
	return false
}

// endSVG are the elements that end an <svg> by their start tag.
const endSVG = " b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p " +
	"pre ruby s small span strong strike sub sup table tt u ul var "

// endsPart reports whether the start tag of a part of a table ends another part.
func endsPart(part, name string) bool {
	switch name {
	case "thead", "tbody", "tfoot":
		return true
	case "tr":
		return part == "tr" || part == "td" || part == "th"
	}
	return (name == "td" || name == "th") && (part == "td" || part == "th")
}
