package webpage

import (
	"strings"

	"herald/source/date"
)

// readable returns the first of some dates that can be read.
func readable(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t == "" {
			continue
		}
		if _, _, err := date.Parse(t, nil); err == nil {
			return t
		}
	}
	return ""
}

// headLetters is how far into an article its date stands at the latest: behind that it is one that the text speaks of.
const headLetters = 600

// dateIn returns the date of an article that its tags name under a claim; "" where there is none, or where there are several
// and nothing says which.
func (s *scan) dateIn(a chosen, as claim) string {
	value := ""
	if a.list {
		return ""
	}
	for _, d := range s.tree.dates {
		if d.claim != as || d.listed || readable(d.value) == "" || s.around(d.element, a) {
			continue
		}
		inside := a.element != none && s.tree.within(d.element, a.element)
		switch {
		case d.meta && !inside && s.head.kind == "website": // the head of a list
			continue
		case !d.meta && !inside && a.element != none, as == shown && !s.besideTitle(d, a):
			continue
		}
		switch {
		case value == "":
			value = d.value
		case a.single:
			return value
		case value != d.value:
			return ""
		}
	}
	return value
}

// besideTitle reports whether a date stands at the top of an article, or in its footer.
func (s *scan) besideTitle(d dated, a chosen) bool {
	from := 0
	if a.element != none {
		from = s.tree.elements[a.element].before
	}
	if d.letters-from <= headLetters {
		return true
	}
	return d.element != none && s.tree.elements[d.element].part&partFooter != 0
}

// around reports whether an element lies in navigation, comments or an aside inside of the article.
func (s *scan) around(i int, a chosen) bool {
	for ; i != none && i != a.element; i = s.tree.elements[i].parent {
		if s.tree.elements[i].part&(partAround|partAside) != 0 {
			return true
		}
	}
	return false
}
