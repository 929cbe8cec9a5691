package webpage

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"herald/source/safehtml"
)

// maxHeadings bounds the <h1> elements that are remembered of one page.
const maxHeadings = 32

// heading is an <h1> of the page.
type heading struct {
	element int
	text    string
}

// scan goes once over the tokens of a page.
type scan struct {
	page     string
	z        *html.Tokenizer
	at, end  int // the current token in page
	attr     attrs
	head     head
	linked   linkedData
	tree     tree
	headings []heading
	title    string
	author   string
	into     *string // where text goes beside the tree
	until    string  // the end tag behind which it does not; "": any, once there was text
	hidden   string  // the element whose text no reader sees, until its end tag
	noscript int
	svg      int
	warnings []string
}

func newScan(page string) *scan {
	return &scan{page: page, z: html.NewTokenizer(strings.NewReader(page)), tree: tree{inner: none}}
}

func (s *scan) run() {
	for {
		kind := s.z.Next()
		s.at = s.end
		s.end += len(s.z.Raw())
		switch kind {
		case html.ErrorToken:
			s.tree.closeAll(len(s.page))
			s.readHeadings()
			s.linked.choose(firstOf(s.head.canonical, s.head.ogURL))
			return
		case html.TextToken:
			s.text(s.z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := s.z.TagName()
			s.attr.read(s.z, more)
			s.start(tagName(name))
		case html.EndTagToken:
			name, _ := s.z.TagName()
			s.endTag(tagName(name))
		}
	}
}

// text takes a run of text, references decoded.
func (s *scan) text(t []byte) {
	switch {
	case s.into == nil:
	case s.into == &s.linked.raw:
		s.linked.raw = string(t)
	case len(*s.into) < safehtml.MaxTitle:
		*s.into += string(t)
	}
	if s.hidden == "" {
		s.tree.addText(t)
	}
}

func (s *scan) start(name string) {
	switch name {
	case "meta":
		s.head.meta(&s.attr, s.noscript > 0)
	case "link":
		s.head.link(&s.attr)
	case "base":
		s.head.setBase(s.attr.href)
	case "html":
		s.head.language = firstOf(s.head.language, s.attr.lang)
	case "title":
		if s.title == "" && s.svg == 0 {
			s.take(&s.title, name)
		}
	case "script":
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(s.attr.kind)), "application/ld+json") {
			s.take(&s.linked.raw, name)
		}
	case "noscript":
		s.noscript++
	case "svg":
		s.svg++
	case "a":
		s.tree.link(s.attr.href)
	}
	if s.into != nil && s.into != &s.linked.raw && parts(name) && len(*s.into) < safehtml.MaxTitle {
		*s.into += " "
	}
	if s.hidden == "" && isRaw(name) {
		s.hidden = name
	}
	s.tree.open(name, &s.attr, s.at, s.end)
	if name == "h1" {
		s.addHeading()
		return
	}
	s.mark(name)
}

// mark takes the date or the author that an element names.
func (s *scan) mark(name string) {
	if isAuthor(&s.attr) {
		if s.into == nil && strings.TrimSpace(s.author) == "" {
			s.take(&s.author, "")
		}
		return
	}
	d, ok := dateOf(name, &s.attr)
	if !ok || len(s.tree.dates) >= maxDates || d.value == "" && s.into != nil {
		return
	}
	if s.tree.dates == nil {
		s.tree.dates = make([]dated, 0, maxDates) // never moved: text goes into it
	}
	d.element, d.letters = s.tree.inner, s.tree.letters
	s.tree.dates = append(s.tree.dates, d)
	if d.value == "" {
		s.take(&s.tree.dates[len(s.tree.dates)-1].value, name)
	}
}

// addHeading lets the text that comes go to a new heading.
func (s *scan) addHeading() {
	if s.headings == nil {
		s.headings = make([]heading, 0, maxHeadings) // never moved: text goes into it
	}
	if len(s.headings) < maxHeadings {
		s.headings = append(s.headings, heading{element: s.tree.inner})
		s.take(&s.headings[len(s.headings)-1].text, "h1")
	}
}

// readHeadings takes what readers see of the headings: not the sign that links to one.
func (s *scan) readHeadings() {
	for i, h := range s.headings {
		if h.element == none {
			continue
		}
		if e := s.tree.elements[h.element]; e.closed && strings.Contains(s.page[e.from:e.to], "#") {
			s.headings[i].text = safehtml.Scan(s.page[e.at:e.end]).Heading
		}
	}
}

// take lets the text that comes go to a place that is empty as yet.
func (s *scan) take(into *string, until string) {
	*into, s.into, s.until = "", into, until
}

// parts reports the elements that part words.
func parts(name string) bool {
	switch name {
	case "br", "p", "div", "li", "section", "td", "th", "h2", "h3":
		return true
	}
	return false
}

func (s *scan) endTag(name string) {
	switch name {
	case "script":
		s.warnings = append(s.warnings, s.linked.finish()...)
	case "noscript":
		s.noscript = max(0, s.noscript-1)
	case "svg":
		s.svg = max(0, s.svg-1)
	}
	if name == s.hidden {
		s.hidden = ""
	}
	if s.into != nil && (name == s.until || s.until == "" && strings.TrimSpace(*s.into) != "") {
		s.into = nil
	}
	s.tree.close(name, s.at, s.end)
}

// isRaw reports the elements whose inside is no text of the page.
func isRaw(name string) bool {
	switch name {
	case "script", "style", "title", "textarea", "template", "iframe", "noembed", "noframes", "xmp":
		return true
	}
	return false
}

// tagName returns a tag's name; those of HTML cost no memory.
func tagName(b []byte) string {
	if len(b) > 12 {
		return ""
	}
	return atom.String(b)
}
