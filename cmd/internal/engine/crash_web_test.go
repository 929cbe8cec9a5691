package engine_test

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"html"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// webRack is a content system, somebody's feed, or a site with a sitemap, on loopback.
type webRack struct {
	kind, site string
	daily      bool
	server     *httptest.Server
	mu         sync.Mutex
	papers     map[string]paper
	ever       map[int]bool // numbers of all articles that there were
	trap       *trap        // nil: there is none
	moods      *rand.Rand   // of a server that often fails; nil: it does not
}

// trap kills at a request.
type trap struct {
	left     int    // requests until then
	kill     func() // while the request waits, or once it was answered
	answered bool
}

func newWebRack(t *testing.T, kind, site string, daily bool) *webRack {
	w := &webRack{kind: kind, daily: daily, site: site, papers: map[string]paper{}, ever: map[int]bool{}}
	w.server = httptest.NewServer(w)
	t.Cleanup(w.server.Close)
	return w
}

func (w *webRack) change(make func()) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	make()
	for _, a := range w.papers {
		w.ever[a.number] = true
	}
	return nil
}

func (w *webRack) save(name string, a paper) error { return w.change(func() { w.papers[name] = a }) }

func (w *webRack) rename(from, to string, a paper) error {
	return w.change(func() { delete(w.papers, from); w.papers[to] = a })
}

func (w *webRack) remove(name string, _ paper) error {
	return w.change(func() { delete(w.papers, name) })
}

func (w *webRack) keeps() bool { return w.daily && late(w.kind) }

func (w *webRack) again(_ string, all map[string]paper) rack {
	_ = w.change(func() { w.papers = maps.Clone(all) })
	return w
}

// set lays a trap, or with nil takes it away.
func (w *webRack) set(t *trap) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.trap = t
}

// sprung says what the trap does at a request.
func (w *webRack) sprung() (kill func(), answered bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.trap == nil {
		return nil, false
	}
	if w.trap.left--; w.trap.left != 0 {
		return nil, false
	}
	return w.trap.kill, w.trap.answered
}

func (w *webRack) source() string {
	at := w.server.URL
	text := map[string]string{
		"json":       "type: json, url: %q",
		"json-paged": "type: json, url: %q, items: data.articles, next: links.next",
		"wordpress":  "type: json, url: %q, preset: wordpress, full: " + strconv.Quote(lists(w.daily)),
		"ghost":      "type: json, url: %q, preset: ghost, full: " + strconv.Quote(lists(w.daily)),
		"rss":        "type: feed, url: %q, removal: window",
		"atom":       "type: feed, url: %q",
		"jsonfeed":   "type: feed, url: %q, removal: window",
		"sitemap":    "type: sitemap, url: %q, spacing: 0s",
	}[w.kind]
	path := map[string]string{"wordpress": "/wp-json/wp/v2/posts", "ghost": "/ghost/api/content/posts/?key=k", "sitemap": "/others.xml"}[w.kind]
	return fmt.Sprintf(text, at+cmp.Or(path, "/list")) + ", allow_private: true"
}

// fails says whether requests fail from now on.
func (w *webRack) fails(on bool, seed uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.moods = nil; on {
		w.moods = rand.New(rand.NewPCG(seed, 4))
	}
}

// instead answers something in the place of a body; false: it does not.
func (w *webRack) instead(rw http.ResponseWriter, r *http.Request, body []byte) bool {
	w.mu.Lock()
	mood := 9
	if w.moods != nil {
		mood = w.moods.IntN(20)
	}
	w.mu.Unlock()
	if mood == 1 && w.kind == "sitemap" && !strings.HasSuffix(r.URL.Path, ".xml") {
		return false // in the place of a page nobody can tell it from that
	}
	switch mood {
	case 0:
		rw.WriteHeader(http.StatusInternalServerError)
	case 1:
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(rw, "<!doctype html><html><head><title>점검 중</title></head><body><p>잠시 뒤에</p></body></html>")
	case 2: // the connection breaks within the body
		rw.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = rw.Write(body[:len(body)/2])
		panic(http.ErrAbortHandler)
	case 3: // nothing at all
	default:
		return false
	}
	return true
}

// ServeHTTP answers with an ETag, whatever it is asked.
func (w *webRack) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	kill, answered := w.sprung()
	if kill != nil && !answered {
		kill()
		panic(http.ErrAbortHandler)
	}
	kept := httptest.NewRecorder()
	w.answer(kept, r)
	body := kept.Body.Bytes()
	if w.instead(rw, r, body) {
		return
	}
	maps.Copy(rw.Header(), kept.Header())
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256(body))
	if kept.Code == http.StatusOK {
		rw.Header().Set("ETag", tag)
	}
	if kept.Code == http.StatusOK && r.Header.Get("If-None-Match") == tag {
		kept.Code, body = http.StatusNotModified, nil
	}
	rw.WriteHeader(kept.Code)
	_, _ = rw.Write(body)
	if kill != nil {
		_ = http.NewResponseController(rw).Flush()
		kill()
	}
}

// at returns the address of an article.
func (w *webRack) at(name string) string { return w.site + "/" + url.PathEscape(name) + "/" }

// answer answers with what the kind has at an address.
func (w *webRack) answer(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	names := slices.Collect(maps.Keys(w.papers))
	slices.SortFunc(names, func(a, b string) int { return w.papers[a].number - w.papers[b].number })
	switch w.kind {
	case "json":
		items := []any{}
		for _, name := range names {
			items = append(items, w.papers[name].row(name))
		}
		answerJSON(rw, items)
	case "json-paged", "wordpress", "ghost":
		w.paged(rw, r, names)
	case "rss", "atom", "jsonfeed":
		w.feed(rw, names)
	default:
		w.pages(rw, r, names)
	}
}

// paged answers with one page of a list.
func (w *webRack) paged(rw http.ResponseWriter, r *http.Request, names []string) {
	names = slices.DeleteFunc(names, func(name string) bool { return !w.wanted(r, w.papers[name]) })
	number, pages := 1, (len(names)+aPage-1)/aPage
	if n, err := strconv.Atoi(asked(r, "page")); err == nil {
		number = n
	}
	from := min((number-1)*aPage, len(names))
	items := []any{}
	for _, name := range names[from:min(from+aPage, len(names))] {
		items = append(items, w.item(name))
	}
	switch w.kind {
	case "json-paged":
		doc := map[string]any{"data": map[string]any{"articles": items}}
		if number < pages {
			doc["links"] = map[string]any{"next": fmt.Sprintf("?page=%d", number+1)}
		}
		answerJSON(rw, doc)
	case "wordpress":
		rw.Header().Set("X-WP-Total", strconv.Itoa(len(names)))
		rw.Header().Set("X-WP-TotalPages", strconv.Itoa(pages))
		if number > max(pages, 1) {
			rw.WriteHeader(http.StatusBadRequest)
			answerJSON(rw, map[string]any{"code": "rest_post_invalid_page_number"})
			return
		}
		answerJSON(rw, items)
	default:
		next := any(nil)
		if number < pages {
			next = number + 1
		}
		answerJSON(rw, map[string]any{"posts": items, "meta": map[string]any{"pagination": map[string]any{
			"page": number, "limit": aPage, "pages": pages, "total": len(names), "next": next,
		}}})
	}
}

// wanted reports whether a request asks for an article.
func (w *webRack) wanted(r *http.Request, a paper) bool {
	if w.kind == "ghost" {
		if one := ghostOne.FindStringSubmatch(asked(r, "filter")); one != nil {
			return one[1] == fmt.Sprintf("%024x", a.number)
		}
		since := ghostSince.FindStringSubmatch(asked(r, "filter"))
		return since == nil || a.changed.UTC().Format(time.DateTime) > since[1]
	}
	if id := asked(r, "include"); id != "" {
		return id == strconv.Itoa(a.number)
	}
	since, err := time.Parse(time.RFC3339, asked(r, "modified_after"))
	return err != nil || a.changed.After(since)
}

// item is an article as a system answers with it. Systems date each.
func (w *webRack) item(name string) any {
	a := w.papers[name]
	date := cmp.Or(a.date, fmt.Sprintf("2026-01-%02d", 1+a.number%28)) + "T00:00:00"
	text, at := "<p>"+html.EscapeString(a.text)+"</p>", a.changed.UTC().Format("2006-01-02T15:04:05")
	switch w.kind {
	case "wordpress":
		return map[string]any{
			"id": a.number, "guid": map[string]any{"rendered": fmt.Sprintf("%s/?p=%d", w.site, a.number)}, "slug": name, "link": w.at(name), "status": "publish",
			"type": "post", "date": date, "date_gmt": date, "modified": at, "modified_gmt": at, "title": map[string]any{"rendered": a.title},
			"content":   map[string]any{"rendered": text},
			"_embedded": map[string]any{"wp:term": []any{[]any{map[string]any{"taxonomy": "category", "name": a.category}}}},
		}
	case "ghost":
		return map[string]any{
			"id": fmt.Sprintf("%024x", a.number), "slug": name, "url": w.at(name), "title": a.title, "html": text, "published_at": date + ".000Z", "updated_at": at + ".000Z",
			"tags": []any{map[string]any{"name": a.category, "visibility": "public"}},
		}
	}
	row := a.row(name)
	row["id"] = a.urn()
	return row
}

// feed answers with a feed. An Atom feed names what is deleted, the others show all there is.
func (w *webRack) feed(rw http.ResponseWriter, names []string) {
	var b strings.Builder
	items, here := []any{}, map[int]bool{}
	for _, name := range names {
		a := w.papers[name]
		here[a.number] = true
		date := ""
		if a.date != "" {
			date = a.date + "T00:00:00Z"
		}
		s := story{whole: a.text, meta: map[string]string{"title": a.title, "id": a.urn(), "categories": a.category, "date": date}}
		switch w.kind {
		case "rss":
			b.WriteString(rssItem(s, w.at(name)))
		case "atom":
			b.WriteString(atomEntry(s, w.at(name)))
		default:
			items = append(items, jsonItem(s, w.at(name)))
		}
	}
	switch w.kind {
	case "rss":
		fmt.Fprint(rw, rssFeed(b.String()))
	case "atom":
		for number := range w.ever {
			if !here[number] {
				fmt.Fprintf(&b, `<at:deleted-entry ref="%s" when="2026-03-22T00:00:00Z"/>`, paper{number: number}.urn())
			}
		}
		fmt.Fprint(rw, atomFeed(b.String()))
	default:
		answerJSON(rw, map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": "이웃 신문", "items": items})
	}
}

// pages answers with a sitemap, or with one page.
func (w *webRack) pages(rw http.ResponseWriter, r *http.Request, names []string) {
	name := strings.Trim(r.URL.Path, "/")
	if name == "others.xml" {
		fmt.Fprint(rw, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for _, name := range names {
			fmt.Fprintf(rw, "<url><loc>%s</loc><lastmod>%s</lastmod></url>", w.at(name), w.papers[name].changed.UTC().Format(time.RFC3339))
		}
		fmt.Fprint(rw, "</urlset>")
		return
	}
	a, there := w.papers[name]
	if !there {
		http.NotFound(rw, r)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	date := ""
	if a.date != "" {
		date = `<meta property="article:published_time" content="` + a.date + `">`
	}
	fmt.Fprintf(rw, `<!doctype html><html><head><meta charset="utf-8"><title>%s</title>%s<meta property="article:section" content="%s"></head><body><article><p>%s</p></article></body></html>`,
		html.EscapeString(a.title), date, a.category, html.EscapeString(a.text))
}
