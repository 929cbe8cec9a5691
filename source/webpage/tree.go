package webpage

import (
	"bytes"
	"strings"
)

// Bounds of what is remembered of one page; what is beyond them is read as text like any other.
const (
	maxElements = 10_000 // elements of interest
	maxDepth    = 10_000 // open elements
)

// none is no element.
const none = -1

// part is what an element is to the page.
type part uint16

const (
	partArticle part = 1 << iota // <article>, or microdata of one
	partMain                     // <main>
	partBody                     // <body>
	partText                     // the text of an article: itemprop articleBody, class e-content
	partAround                   // navigation, comments: never of the article
	partAside                    // <aside>
	partHeader                   // <header>
	partFooter                   // <footer>
	partByline                   // who wrote it, when and about what, or an element of any kind that holds the heading
	partTitle                    // what is called a title: the page's with its byline where its heading stands there, else one of the text's
)

// element is one that is something to the page. Elements stand in the order of their start tags.
type element struct {
	part     part
	name     string
	at, from int // of the start tag, behind it
	to, end  int // of the end tag, behind it
	closed   bool
	parent   int  // the element of interest around it, or none
	before   int  // letters of the page before it
	letters  int  // in it
	heading  int  // the first heading in it, or none
	h1       bool // it has an <h1>
	card     bool // its first heading is a link: it stands for another page. Of a heading: it holds a link
}

// open is an element that is open.
type open struct {
	name    string
	element int // none where it is of no interest
	item    int // the <li> around it, a place in tree.stack
	dates   int // of a <li>: the dates before it
	linked  bool
}

// tree is the nesting of a page, as far as it matters.
type tree struct {
	elements []element
	stack    []open
	count    map[string]int // of the open elements, by name
	over     int            // elements that were opened too deep to be remembered
	inner    int            // the innermost open element of interest
	item     int            // the innermost open <li> + 1, a place in stack; 0: none
	letters  int            // so far
	dates    []dated
}

// chosen is the element that holds the article.
type chosen struct {
	element int  // none: the page as a whole
	text    int  // the element that holds its text alone, or none
	single  bool // it is the one article of the page: its first date is its own
	list    bool // the page lists several articles and is none itself
}

// nests reports the elements whose end tags are looked for.
func nests(name string) bool {
	switch name {
	case "div", "section", "article", "main", "body", "nav", "header", "footer", "aside", "form", "ul", "ol", "dl", "li", "table", "blockquote", "figure", "details", "dialog", "h1", "h2", "h3":
		return true
	}
	return false
}

func (t *tree) open(name string, a *attrs, at, from int) {
	if !nests(name) {
		return
	}
	if len(t.stack) >= maxDepth {
		t.over++
		return
	}
	if t.count == nil {
		t.count = map[string]int{}
	}
	o := open{name: name, element: none, item: t.item, dates: len(t.dates)}
	if p := partOf(name, a, t.count["blockquote"]+t.count["figure"] > 0); (p != 0 || isHeading(name)) && len(t.elements) < maxElements {
		o.element = len(t.elements)
		t.elements = append(t.elements, element{part: p, name: name, at: at, from: from, parent: t.inner, before: t.letters, heading: none})
		t.inner = o.element
	}
	t.stack = append(t.stack, o)
	t.count[name]++
	if name == "li" {
		t.item = len(t.stack)
	}
	if isHeading(name) && o.element != none {
		t.heading(o.element)
	}
}

func isHeading(name string) bool { return name == "h1" || name == "h2" || name == "h3" }

// heading notes a heading in the elements around it. It stops where they know of one.
func (t *tree) heading(h int) {
	h1 := t.elements[h].name == "h1"
	for i := h; i != none; i = t.elements[i].parent {
		e := &t.elements[i]
		if e.heading != none && (e.h1 || !h1) {
			return
		}
		if e.heading == none {
			e.heading = h
		}
		e.h1 = e.h1 || h1
	}
}

// link notes a link to another page: what stands in the same item of a list is about its target, and so is
// an article whose first heading it stands in.
func (t *tree) link(href string) {
	if href == "" || href[0] == '#' {
		return
	}
	if t.item > 0 {
		t.stack[t.item-1].linked = true
	}
	if t.inner == none || !isHeading(t.elements[t.inner].name) || t.elements[t.inner].card {
		return
	}
	t.elements[t.inner].card = true
	for i := t.elements[t.inner].parent; i != none; i = t.elements[i].parent {
		if e := &t.elements[i]; e.part&partArticle != 0 {
			e.card = e.card || e.heading == t.inner
			return
		}
	}
}

func (t *tree) addText(text []byte) {
	if text = bytes.TrimSpace(text); len(text) > 0 {
		t.letters += len(text)
	}
}

// close ends an element and those in it that were not ended.
func (t *tree) close(name string, to, end int) {
	if t.over > 0 && nests(name) {
		t.over--
		return
	}
	if t.count[name] == 0 {
		return
	}
	for {
		top := t.pop(to)
		if top.name == name {
			if top.element != none {
				e := &t.elements[top.element]
				e.to, e.end, e.closed = to, end, true
			}
			return
		}
	}
}

// pop takes the innermost open element off; where nothing says more, it ends at an offset.
func (t *tree) pop(at int) open {
	top := t.stack[len(t.stack)-1]
	t.stack = t.stack[:len(t.stack)-1]
	t.count[top.name]--
	t.item = top.item
	if top.linked {
		for i := top.dates; i < len(t.dates); i++ {
			t.dates[i].listed = true
		}
	}
	if top.element != none {
		e := &t.elements[top.element]
		e.to, e.end = at, at
		e.letters = t.letters - e.before
		t.inner = e.parent
	}
	return top
}

func (t *tree) closeAll(at int) {
	for len(t.stack) > 0 {
		t.pop(at)
	}
}

// within reports whether an element is another or lies in it.
func (t *tree) within(i, other int) bool {
	if i == none {
		return false
	}
	return t.elements[i].at >= t.elements[other].at && t.elements[i].end <= t.elements[other].end
}

// partOf says what an element is to the page. cited: it stands in a quotation or figure.
func partOf(name string, a *attrs, cited bool) part {
	switch name {
	case "h1", "h2", "h3", "table", "blockquote", "figure", "details", "dialog", "dl":
		return 0
	case "nav", "form":
		return partAround
	}
	switch role := strings.ToLower(a.role); {
	case role == "navigation" || role == "search" || isAround(a):
		return partAround
	case name == "main" || role == "main":
		return partMain | textPart(a)
	case name == "article" || isArticleType(a.itemtype):
		return partArticle | textPart(a)
	case textPart(a) != 0:
		return partText
	case name == "aside" && role != "note" && !isNote(a.class) || role == "complementary":
		return partAside
	case name == "header" || role == "banner":
		return partHeader
	case (name == "footer" || role == "contentinfo") && !cited && !hasWord(a.class, "footnotes") && role != "doc-endnotes":
		return partFooter
	case name == "body":
		return partBody
	case !cited && isByline(a.class):
		return partByline
	case hasWord(a.class, "title"):
		return partTitle
	}
	return 0
}

func textPart(a *attrs) part {
	if hasWord(a.itemprop, "articleBody") || hasWord(a.class, "e-content", "entry-content") {
		return partText
	}
	return 0
}

// isAround reports breadcrumbs, tables of contents, comments and the links to more pages, by the names that themes use for them.
func isAround(a *attrs) bool {
	return hasWord(a.class, "breadcrumb", "breadcrumbs", "comments", "comment-form", "comment-respond", "pagination", "pager", "skip-link", "links-nextprev", "post-navigation", "toc", "table-of-contents") ||
		hasWord(a.id, "comments", "respond", "disqus_thread", "breadcrumb", "breadcrumbs", "toc", "dw__toc", "TableOfContents") || strings.EqualFold(a.label, "breadcrumb") || strings.EqualFold(a.label, "breadcrumbs")
}

// isByline reports the lines beside a heading, and those of a wiki beside a page, by the names that themes use for them.
func isByline(class string) bool {
	return hasWord(class, "post-header", "entry-header", "article-header", "post-meta", "post-metadata", "entry-meta", "article-meta", "byline", "pageId", "docInfo")
}

// isNote reports an aside that belongs to the text: an admonition.
func isNote(class string) bool {
	class = strings.ToLower(class)
	for _, word := range []string{"admonition", "callout", "note", "notice", "warning", "caution", "tip", "important", "starlight-aside", "pullquote", "sidenote"} {
		if strings.Contains(class, word) {
			return true
		}
	}
	return false
}
