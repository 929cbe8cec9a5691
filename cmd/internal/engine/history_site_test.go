package engine_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/sitemap"
)

// foreignSite is a site with a sitemap and its pages.
type foreignSite struct {
	*far
	path  string
	mods  bool // the sitemap says when pages changed
	index bool // there is an index of two sitemaps
}

func newSite(mods bool) func(h *history, folder string) stock {
	return func(h *history, folder string) stock {
		f := &foreignSite{far: newFar(h, folder), path: "/" + folder + "-map.xml", mods: mods, index: h.seed%8 < 4}
		f.isList = func(r *http.Request) bool {
			return strings.HasSuffix(r.URL.Path, ".xml") && (!f.index || r.URL.Path != f.path) // of an index the sitemaps themselves
		}
		f.answer = f.serve
		return f
	}
}

func (f *foreignSite) source(r reader.Reading) (source.Source, error) {
	return sitemap.New(sitemap.Config{URL: base + f.path, Reading: r, Fetch: f.fetch, Now: func() time.Time { return f.h.now }}), nil
}

// serve answers with a sitemap or a page.
func (f *foreignSite) serve(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case f.path:
		if f.index {
			fmt.Fprintf(w, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>%[1]s/0%[2]s</loc></sitemap><sitemap><loc>%[1]s/1%[2]s</loc></sitemap></sitemapindex>`,
				base, f.path)
			return
		}
		f.urls(w, func(story) bool { return true })
	case "/0" + f.path:
		f.urls(w, func(s story) bool { return s.number()%2 == 0 })
	case "/1" + f.path:
		f.urls(w, func(s story) bool { return s.number()%2 == 1 })
	default:
		for _, s := range f.sorted() {
			if u, err := url.Parse(s.address()); err == nil && u.Path == r.URL.Path {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				fmt.Fprint(w, s.page())
				return
			}
		}
		http.NotFound(w, r)
	}
}

// urls writes a urlset of some stories.
func (f *foreignSite) urls(w http.ResponseWriter, wanted func(story) bool) {
	fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for _, s := range f.sorted() {
		if !wanted(s) {
			continue
		}
		fmt.Fprintf(w, "<url><loc>%s</loc>", html.EscapeString(s.address()))
		if f.mods {
			fmt.Fprintf(w, "<lastmod>%s</lastmod>", s.changed.UTC().Format(time.RFC3339))
		}
		fmt.Fprint(w, "</url>")
	}
	fmt.Fprint(w, "</urlset>")
}

// page is a story as HTML; one that cannot be read is empty.
func (s story) page() string {
	if s.meta["date"] == unreadable {
		return "<!doctype html><html><body></body></html>"
	}
	var head strings.Builder
	for _, meta := range [][2]string{
		{`property="og:title"`, s.meta["title"]}, {`property="article:published_time"`, s.moment("date")}, {`property="article:modified_time"`, s.moment("last_modified_at")},
		{`property="article:section"`, s.meta["categories"]}, {`property="article:tag"`, s.meta["tags"]}, {`name="author"`, s.meta["author"]},
		{`name="robots"`, s.meta["robots"]}, {`property="og:image"`, s.meta["image"]},
	} {
		if meta[1] != "" {
			fmt.Fprintf(&head, `<meta %s content="%s">`, meta[0], html.EscapeString(meta[1]))
		}
	}
	if other := s.meta["canonical_url"]; other != "" {
		fmt.Fprintf(&head, `<link rel="canonical" href="%s">`, html.EscapeString(other))
	}
	lang := ""
	if s.meta["lang"] != "" {
		lang = ` lang="` + s.meta["lang"] + `"`
	}
	return "<!doctype html><html" + lang + `><head><meta charset="utf-8">` + head.String() + "</head><body><article>" + s.html() + "</article></body></html>"
}

// pageEntry notes when a page changed, to the second: it is another time than that of any change before.
func pageEntry(h *history, s *story) {
	if was, known := h.pages[s.word]; known && was.page() == s.page() {
		s.changed = was.changed
		return
	}
	h.edits++
	s.changed = h.now.Add(time.Duration(h.edits)*time.Second - time.Hour)
	h.pages[s.word] = *s
}

// isNoArticle reports whether a page says itself that it is none.
func isNoArticle(s story) bool {
	return s.meta["date"] != unreadable && (s.meta["robots"] != "" || s.meta["canonical_url"] != "")
}
