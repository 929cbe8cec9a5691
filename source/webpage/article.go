package webpage

import (
	"strings"

	"herald/source/text"
)

// article finds the article of the page. Of several <article> elements it is the one with the page's heading, or the first where the
// page calls itself an article; a page of several without either lists them.
func (s *scan) article() chosen {
	t := &s.tree
	tops := s.outermost(partArticle)
	a := chosen{element: none, text: none}
	switch i := s.withTitle(tops); {
	case len(tops) == 1 && (s.saysArticle() || !t.elements[tops[0]].card):
		a.element, a.single = tops[0], true
	case i != none:
		a.element, a.single = i, true
	case len(tops) > 0 && s.saysArticle():
		a.element, a.single = tops[0], true
	default:
		a.list = len(tops) > 0
		a.element = firstElement(s.outermost(partMain), tops, s.outermost(partBody))
	}
	a.text = s.textIn(a)
	return a
}

// saysArticle reports whether the page calls itself an article.
func (s *scan) saysArticle() bool {
	return s.linked.article != nil || s.head.kind == "article" || s.head.published != ""
}

// outermost returns the elements that are something to the page and lie in none that is the same, nor in what stands around articles.
func (s *scan) outermost(p part) []int {
	var all []int
	end := -1
	for i, e := range s.tree.elements {
		if e.at < end {
			continue
		}
		if e.part&p != 0 {
			all = append(all, i)
			end = e.end
		} else if e.part&(partAround|partAside|partFooter) != 0 && e.closed && e.name != "form" {
			end = e.end
		}
	}
	return all
}

// withTitle returns the only one of some articles that has an <h1> which is no link, or none.
func (s *scan) withTitle(articles []int) int {
	found := none
	for _, i := range articles {
		if e := s.tree.elements[i]; !e.h1 || e.card {
			continue
		}
		if found != none {
			return none
		}
		found = i
	}
	return found
}

func firstElement(lists ...[]int) int {
	for _, list := range lists {
		if len(list) > 0 {
			return list[0]
		}
	}
	return none
}

// textIn returns the one element in an article that its page names as its text, or none.
func (s *scan) textIn(a chosen) int {
	found := none
	for i, e := range s.tree.elements {
		if e.part&partText == 0 || a.element != none && !s.tree.within(i, a.element) || s.around(i, a) {
			continue
		}
		if found != none && s.tree.within(i, found) {
			continue
		}
		if found != none {
			if a.single {
				return found
			}
			return none
		}
		found = i
	}
	if found != none && s.tree.elements[found].letters == 0 {
		return none
	}
	return found
}

// body returns the text of the article without what stands around it.
func (s *scan) body(a chosen, title string) string {
	i := a.text
	if i == none {
		i = a.element
	}
	from, to := 0, len(s.page)
	if i != none {
		from, to = s.tree.elements[i].from, s.tree.elements[i].to
	}
	if strings.TrimSpace(s.page[from:to]) == "" {
		from, to = 0, len(s.page)
	}
	var b strings.Builder
	letters, any := 0, false
	for j, e := range s.tree.elements {
		if e.at < from || e.end > to || !s.cut(j, i, title) {
			continue
		}
		b.WriteString(s.page[from:e.at])
		from = e.end
		letters += e.letters
		any = true
	}
	if whole := s.lettersOf(i); !any || whole > 0 && letters >= whole {
		return s.uncut(i)
	}
	return b.String() + s.page[from:to]
}

func (s *scan) lettersOf(i int) int {
	if i == none {
		return s.tree.letters
	}
	return s.tree.elements[i].letters
}

// uncut returns the whole inside of an element.
func (s *scan) uncut(i int) string {
	if i != none {
		if e := s.tree.elements[i]; strings.TrimSpace(s.page[e.from:e.to]) != "" {
			return s.page[e.from:e.to]
		}
	}
	return s.page
}

// cut reports whether an element in the body does not belong to the text. What has no end stays, and so does what holds most of the text.
func (s *scan) cut(j, body int, title string) bool {
	e := s.tree.elements[j]
	ofText := body != none && s.tree.elements[body].part&partText != 0
	ofArticle := body != none && s.tree.elements[body].part&partArticle != 0
	if !e.closed || j == body {
		return false
	}
	small := 2*e.letters <= s.lettersOf(body)
	switch {
	case e.name == "h1":
		return title != "" && s.isTitle(j, title)
	case e.part&(partArticle|partMain|partText) != 0:
		return false
	case e.part&partAround != 0:
		return e.name != "form" || small && !e.h1
	case ofText:
		return false
	case e.part&partByline != 0, e.part&partTitle != 0 && e.h1:
		return s.isByline(e, title)
	case e.part&partHeader != 0:
		return e.h1 || !ofArticle && small
	case e.part&(partAside|partFooter) != 0:
		return !e.h1 && small
	}
	return false
}

// maxByline is how much a byline says beside the title, in bytes.
const maxByline = 300

// isByline reports whether an element says no more than a byline does.
func (s *scan) isByline(e element, title string) bool {
	letters := e.letters
	if e.h1 {
		if !s.isTitle(e.heading, title) {
			return false
		}
		letters -= s.tree.elements[e.heading].letters
	}
	return letters <= maxByline
}

// isTitle reports whether an element is the first <h1> that says the title.
func (s *scan) isTitle(element int, title string) bool {
	for _, h := range s.headings {
		if text.Collapse(h.text) == title {
			return h.element == element
		}
	}
	return false
}
