package webpage

import (
	"strings"

	"herald/source/frontmatter"
	"herald/source/text"
)

// facts are what a page says of its article, under the keys of front matter.
type facts map[string]any

// set notes a text under a key that has none yet.
func (f facts) set(key string, values ...string) {
	if _, known := f[key]; known {
		return
	}
	if v := firstOf(values...); v != "" {
		f[key] = v
	}
}

// dated reports whether the page says when it was published.
func (f facts) dated() bool { return f["date"] != nil }

// fields returns the facts as front matter would hold them.
func (f facts) fields() []frontmatter.Field {
	all, err := frontmatter.FromMap(f)
	if err != nil {
		return nil // more than front matter may hold
	}
	return all
}

// facts gathers what the page says. JSON-LD goes before OpenGraph, and that before the marks in the text.
func (s *scan) facts(a chosen) facts {
	f, h, n := facts{}, &s.head, s.linked.article
	f.set("date", readable(n.text("datePublished"), h.published, s.dateIn(a, published), s.metaDate(a), s.dateIn(a, shown), n.text("dateCreated")))
	f.set("last_modified_at", readable(n.text("dateModified"), h.modified, s.dateIn(a, modified)))
	f.set("description", h.ogDescription, n.text("description"), h.description)
	f.set("image", s.image(h.image), s.image(s.linked.image()))
	f.set("lang", language(h.language), language(n.text("inLanguage")), language(s.linked.follow(n["inLanguage"]).text("alternateName")), language(h.locale))
	if h.noindex {
		f.set("robots", "noindex")
	}
	if url := s.absolute(h.canonical); isWebAddress(url) {
		f.set("canonical_url", url)
	}
	s.people(f)
	s.terms(f)
	s.translations(f)
	return f
}

// metaDate returns the date of a <meta name="date">, which some generators write into the lists of articles too.
func (s *scan) metaDate(a chosen) string {
	if a.list || s.head.kind == "website" {
		return ""
	}
	return s.head.metaPublished
}

// image returns the address of a picture as it is without <base>.
func (s *scan) image(url string) string {
	if url == "" {
		return ""
	}
	if s.head.base != "" {
		url = join(s.head.base, url)
	}
	return url
}

// language returns a language tag, "" for what is none.
func language(written string) string {
	tag, ok := text.LanguageTag(strings.ReplaceAll(strings.TrimSpace(written), "_", "-"))
	if !ok {
		return ""
	}
	return tag
}

// people notes the authors.
func (s *scan) people(f facts) {
	if s.linked.article != nil {
		if all := s.linked.authors(); len(all) > 0 {
			f["authors"] = all
			return
		}
	}
	names := s.head.authors
	if len(names) == 0 {
		names = []string{firstOf(s.head.author, text.Collapse(s.author))}
	}
	var all []any
	for _, name := range names {
		if name != "" && !isWebAddress(name) {
			all = append(all, map[string]any{"name": name})
		}
	}
	if len(all) > 0 {
		f["authors"] = all
	}
}

// terms notes categories and tags.
func (s *scan) terms(f facts) {
	n := s.linked.article
	tags := s.head.tags
	if len(tags) == 1 && isJoined(tags[0]) {
		tags = strings.Split(tags[0], ",")
	}
	if len(tags) == 0 {
		for _, t := range texts(n["keywords"]) {
			for word := range strings.SplitSeq(t, ",") {
				if word = strings.TrimSpace(word); word != "" {
					tags = appendTerm(tags, word)
				}
			}
		}
	}
	sections := texts(n["articleSection"])
	if s.head.section != "" {
		sections = []string{s.head.section}
	}
	for key, list := range map[string][]string{"tags": tags, "categories": sections} {
		if len(list) > 0 {
			f[key] = list
		}
	}
}

// isJoined reports whether a tag is several, as Docusaurus writes them: with commas and nothing else between them.
func isJoined(tag string) bool {
	for before, rest, found := strings.Cut(tag, ","); found; before, rest, found = strings.Cut(rest, ",") {
		if before == "" || rest == "" || rest[0] == ' ' || rest[0] == ',' || '0' <= rest[0] && rest[0] <= '9' {
			return false
		}
	}
	return strings.Contains(tag, ",")
}

// translations notes the same page in other languages.
func (s *scan) translations(f facts) {
	all := map[string]any{}
	own, _ := f["lang"].(string)
	for _, one := range s.head.alternates {
		tag, url := language(one[0]), s.absolute(one[1])
		if tag != "" && !strings.HasPrefix(tag, "x-") && tag != own && isWebAddress(url) && all[tag] == nil {
			all[tag] = url
		}
	}
	if len(all) > 0 {
		f["translations"] = all
	}
}
