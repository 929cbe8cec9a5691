package webpage

import (
	"strings"
	"unicode/utf8"

	"herald/source/safehtml"
	"herald/source/text"
)

// headingOf returns the first <h1> with text in the article, else that of the page.
func (s *scan) headingOf(a chosen) (h heading, inArticle bool) {
	h.element = none
	for _, one := range s.headings {
		if one.text = text.Collapse(one.text); one.text == "" {
			continue
		}
		if a.element != none && s.tree.within(one.element, a.element) {
			return one, s.tree.elements[a.element].part&partBody == 0
		}
		if h.text == "" {
			h = one
		}
	}
	return h, false
}

// titleOf returns og:title, else the headline of JSON-LD, <title> or the first <h1>. The name of the site that generators put
// behind a title goes where the page tells it apart: behind the headline or the heading of the article, or by og:site_name.
func (s *scan) titleOf(a chosen) string {
	headline := ""
	if s.linked.article != nil {
		headline = text.Collapse(safehtml.PlainText(s.linked.article.text("headline", "name")))
	}
	h, own := s.headingOf(a)
	title := ""
	for _, t := range []string{s.head.title, headline, s.title, h.text} {
		if title = text.Collapse(t); title != "" {
			break
		}
	}
	if rest, found := strings.CutPrefix(title, headline); found && headline != "" && beginsWithMark(rest) {
		return headline
	}
	if rest, found := strings.CutPrefix(title, h.text); found && own && beginsWithMark(rest) {
		return h.text
	}
	return withoutSite(title, text.Collapse(s.head.site))
}

// beginsWithMark reports whether a text begins as the name of a site behind a title does: with a mark between spaces.
func beginsWithMark(rest string) bool {
	bare := strings.TrimLeft(rest, " ")
	r, n := utf8.DecodeRuneInString(bare)
	return isMark(r) && len(bare) > n && bare[n] == ' ' && (bare != rest || r == '|')
}

func isMark(r rune) bool { return strings.ContainsRune("|-–—·•»⋅", r) }

// withoutSite takes the name of the site off the end of a title.
func withoutSite(title, site string) string {
	rest, found := strings.CutSuffix(title, site)
	if !found || site == "" {
		return title
	}
	rest = strings.TrimRight(rest, " ")
	r, n := utf8.DecodeLastRuneInString(rest)
	short := strings.TrimRight(rest[:len(rest)-n], " ")
	if !isMark(r) || short == "" || short == rest[:len(rest)-n] && r != '|' {
		return title
	}
	return short
}
