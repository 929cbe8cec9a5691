package sitemap

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"herald/source"
	"herald/source/reader"
	"herald/source/weburl"
)

// article reads a page. mod is what the sitemap says of its last change.
func (s *Source) article(at, mod string, p *page) (*source.Article, error) {
	if p.why != "" {
		return nil, &reader.SkipError{Why: p.why}
	}
	if p.long {
		return nil, &source.ArticleError{Place: at, Reason: fmt.Sprintf("the page is longer than %d MiB", maxPage>>20)}
	}
	r := s.config.Reading
	r.Path = pathIn(at)
	r.Defaults.NoIndex = false // a page that says noindex is none, whatever the source says of those that do not
	a, err := reader.Parse(at, p.body, r)
	if err != nil {
		return nil, err
	}
	if a.NoIndex {
		return nil, &reader.SkipError{Why: "it says noindex"}
	}
	if a.Link.Copy {
		if other := s.another(at, weburl.Resolve(at, a.Link.Page)); other != "" {
			return nil, &reader.SkipError{Why: "its canonical link names another page, " + other}
		}
	}
	if s.config.Reading.Defaults.NoIndex {
		r.Defaults.NoIndex = true
		if a, err = reader.Parse(at, p.body, r); err != nil {
			return nil, err
		}
	}
	if a.Key, a.URL = at, at; a.Canonical != "" {
		a.Canonical = "" // it is the page's own, and says where that stands
		a.ContentDigest = reader.ContentDigest(a)
	}
	if changed, _, ok := modified(mod, r.Zone); ok && a.Updated.IsZero() {
		a.Updated = changed
	}
	a.Link.Page, a.Link.Copy, a.Refs = "", false, nil
	return a, nil
}

// another returns what a canonical link names if that is another page than the one at a URL; "": it is the same, perhaps otherwise
// spelled, and the sitemap lists no page by that spelling.
func (s *Source) another(at, canonical string) string {
	canonical, _, _ = strings.Cut(canonical, "#")
	if canonical == "" || canonical == at {
		return ""
	}
	s.mu.Lock()
	l := s.found
	s.mu.Unlock()
	if bare(canonical) != bare(at) || l.find(canonical) != nil {
		return canonical
	}
	return ""
}

// pathIn returns the path of the file that a page might be: its name may hold a date, or say that it is no article.
func pathIn(at string) string {
	u, err := url.Parse(at)
	if err != nil {
		return "page.html"
	}
	name := strings.Trim(path.Clean(u.Path), "/.")
	if ext := strings.ToLower(path.Ext(name)); ext == ".html" || ext == ".htm" {
		return name
	}
	if name == "" {
		name = "index"
	}
	return name + ".html"
}
