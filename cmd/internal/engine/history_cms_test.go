package engine_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"herald/source"
	jsonsource "herald/source/json"
	"herald/source/reader"
)

// aPage is how many items a page of a system holds.
const aPage = 5

// paged is a system that answers with pages of items.
type paged struct {
	*far
	config jsonsource.Config
	item   func(s story) any
	wanted func(r *http.Request, s story) bool                     // nil: all
	write  func(w http.ResponseWriter, r *http.Request, p cmsPage) // one page
	one    func(r *http.Request) bool                              // it asks for one item
	whole  func(r *http.Request) bool                              // it asks for all that there is
	view   map[string]story                                        // by key: what the last listing of everything and those since have brought; nil: nobody in this process has that
	next   map[string]story                                        // of a listing of everything that goes on
}

// cmsPage is one page of a list.
type cmsPage struct {
	items                []any
	number, pages, total int
}

func newPaged(h *history, folder string, c jsonsource.Config) *paged {
	p := &paged{far: newFar(h, folder), config: c}
	p.answer, p.isList = p.list, func(r *http.Request) bool { return true }
	return p
}

func (p *paged) source(r reader.Reading) (source.Source, error) {
	c := p.config
	c.Reading, c.Fetch, c.Now = r, p.fetch, func() time.Time { return p.h.now }
	c.Full = func(after time.Time) time.Time { return after.Add(time.Hour) }
	if c.Preset != "" {
		c.Reading.Pattern = ""
	}
	p.view = nil
	return jsonsource.New(c)
}

// list answers with the page that is asked for.
func (p *paged) list(w http.ResponseWriter, r *http.Request) {
	all := p.sorted()
	slices.SortStableFunc(all, func(a, b story) int { return a.number() - b.number() })
	if p.wanted != nil {
		all = slices.DeleteFunc(all, func(s story) bool { return !p.wanted(r, s) })
	}
	page := cmsPage{number: 1, pages: (len(all) + aPage - 1) / aPage, total: len(all)}
	if n, err := strconv.Atoi(asked(r, "page")); err == nil {
		page.number = n
	}
	from := min((page.number-1)*aPage, len(all))
	page.items = []any{}
	all = all[from:min(from+aPage, len(all))]
	for _, s := range all {
		page.items = append(page.items, p.item(s))
	}
	if p.broken == 0 && p.whole != nil && !p.one(r) {
		p.saw(all, p.whole(r), page)
	}
	p.write(w, r, page)
}

// saw notes what a listing has brought.
func (p *paged) saw(all []story, whole bool, page cmsPage) {
	into := p.view
	if whole && page.number == 1 {
		p.next = map[string]story{}
	}
	if whole {
		into = p.next
	}
	for _, s := range all {
		if into != nil {
			into[p.kind.key(s)] = s
		}
	}
	if whole && page.number >= page.pages {
		p.view = p.next
	}
}

// kept returns what the source goes on listing in this process although it is gone.
func (p *paged) kept() map[string]story { return p.view }

// lacks reports whether a listing of everything in this process lacked an item.
func (p *paged) lacks(key string) bool {
	_, seen := p.view[key]
	return p.whole == nil || p.view != nil && !seen
}

func answerJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// newPagedRows is a list as any system could answer with it: under some seeds the next page is named, under others counted.
func newPagedRows(h *history, folder string) stock {
	linked := h.seed%8 < 4
	c := jsonsource.Config{URL: "https://cms.example/" + folder, Items: "data.articles", Page: "page"}
	if linked {
		c.Page, c.Next = "", "links.next"
	}
	p := newPaged(h, folder, c)
	p.isList = func(r *http.Request) bool { return asked(r, "page") != "" || len(p.all) <= aPage || !linked }
	p.item = func(s story) any { return s.row() }
	p.write = func(w http.ResponseWriter, r *http.Request, page cmsPage) {
		doc := map[string]any{"data": map[string]any{"articles": page.items}}
		if linked && page.number < page.pages {
			doc["links"] = map[string]any{"next": fmt.Sprintf("?page=%d", page.number+1)}
		}
		answerJSON(w, doc)
	}
	return p
}

// wordPressEntry makes a post of a story: it is dated, and has the id of WordPress.
func wordPressEntry(h *history, s *story) {
	stamp(h, s)
	s.meta["id"] = cmp.Or(s.meta["id"], fmt.Sprintf("%s/?p=%d", base, s.number()))
}

func stamp(h *history, s *story) {
	s.changed = h.now
	s.meta["date"] = cmp.Or(s.meta["date"], time.Date(2026, 1, 2+s.number()%70, s.number()%24, 0, 0, 0, time.UTC).Format(time.RFC3339))
}

// newWordPress is the REST interface of WordPress, as it answers to who may edit all posts.
func newWordPress(h *history, folder string) stock {
	p := newPaged(h, folder, jsonsource.Config{URL: "https://cms.example/" + folder + "/wp-json/wp/v2/posts", Preset: jsonsource.WordPress})
	p.item = func(s story) any {
		date, changed := strings.TrimSuffix(s.moment("date"), "Z"), s.changed.UTC().Format("2006-01-02T15:04:05")
		item := map[string]any{
			"id": s.number(), "guid": map[string]any{"rendered": s.meta["id"]}, "slug": s.slug(), "link": s.address(), "status": "publish", "type": "post",
			"date": date, "date_gmt": date, "modified": changed, "modified_gmt": changed, "lang": s.meta["lang"],
			"title": map[string]any{"rendered": s.meta["title"]}, "content": map[string]any{"rendered": s.html(), "protected": false},
			"jetpack_featured_media_url": s.meta["image"],
		}
		if s.meta["draft"] != "" {
			item["status"] = "draft"
		} else if after(s.moment("date"), h.now.UTC().Format(time.RFC3339)) {
			item["status"] = "future"
		}
		if item["status"] != "publish" { // as who may edit it is told
			item["link"], item["permalink_template"] = fmt.Sprintf("%s/?p=%d", base, s.number()), s.address()
		}
		yoast := map[string]any{"canonical": s.meta["canonical_url"]}
		if s.meta["robots"] != "" {
			yoast["robots"] = map[string]any{"index": "noindex"}
		}
		item["yoast_head_json"] = yoast
		terms := []any{}
		for _, taxonomy := range [][2]string{{"category", "categories"}, {"post_tag", "tags"}} {
			if name := s.meta[taxonomy[1]]; name != "" {
				terms = append(terms, []any{map[string]any{"taxonomy": taxonomy[0], "name": name}})
			}
		}
		item["_embedded"] = map[string]any{"author": []any{map[string]any{"name": s.meta["author"]}}, "wp:term": terms}
		return item
	}
	p.whole = func(r *http.Request) bool { return asked(r, "modified_after")+asked(r, "after") == "" }
	p.one = func(r *http.Request) bool { return asked(r, "include") != "" }
	p.wanted = func(r *http.Request, s story) bool {
		if id := asked(r, "include"); id != "" {
			return id == strconv.Itoa(s.number())
		}
		changed, published := asked(r, "modified_after"), asked(r, "after")
		return after(s.changed.UTC().Format(time.RFC3339), changed) && after(s.moment("date"), published)
	}
	p.write = func(w http.ResponseWriter, r *http.Request, page cmsPage) {
		if page.number > max(page.pages, 1) {
			w.WriteHeader(http.StatusBadRequest)
			answerJSON(w, map[string]any{"code": "rest_post_invalid_page_number"})
			return
		}
		w.Header().Set("X-WP-Total", strconv.Itoa(page.total))
		w.Header().Set("X-WP-TotalPages", strconv.Itoa(page.pages))
		answerJSON(w, page.items)
	}
	return p
}

// after reports whether a moment is later than another, RFC 3339; "" is earlier than any.
func after(a, b string) bool {
	at, _ := time.Parse(time.RFC3339, a)
	bt, err := time.Parse(time.RFC3339, b)
	return err != nil || at.After(bt)
}

// ghostEntry makes a post of a story: it is dated, and known by the id of Ghost.
func ghostEntry(h *history, s *story) {
	stamp(h, s)
	s.meta["id"] = ghostID(*s)
}

func ghostID(s story) string { return fmt.Sprintf("%024x", s.number()) }

var ghostSince, ghostOne = regexp.MustCompile(`updated_at:>'([^']+)'`), regexp.MustCompile(`id:'([^']+)'`)

// newGhost is the Content API of Ghost.
func newGhost(h *history, folder string) stock {
	p := newPaged(h, folder, jsonsource.Config{URL: "https://cms.example/" + folder + "/ghost/api/content/posts/?key=k", Preset: jsonsource.Ghost})
	p.item = func(s story) any {
		item := map[string]any{
			"id": s.meta["id"], "slug": s.slug(), "url": s.address(), "title": s.meta["title"], "html": s.html(), "locale": s.meta["lang"],
			"published_at": s.moment("date"), "updated_at": s.changed.UTC().Format("2006-01-02T15:04:05.000Z07:00"), "feature_image": s.meta["image"],
			"canonical_url": s.meta["canonical_url"], "authors": []any{map[string]any{"name": s.meta["author"]}},
		}
		if name := s.meta["categories"]; name != "" {
			item["tags"] = []any{map[string]any{"name": name, "visibility": "public"}}
		}
		return item
	}
	p.whole = func(r *http.Request) bool { return asked(r, "filter") == "" }
	p.one = func(r *http.Request) bool { return ghostOne.MatchString(asked(r, "filter")) }
	p.wanted = func(r *http.Request, s story) bool {
		if one := ghostOne.FindStringSubmatch(asked(r, "filter")); one != nil {
			return one[1] == s.meta["id"]
		}
		since := ghostSince.FindStringSubmatch(asked(r, "filter"))
		return since == nil || s.changed.UTC().Format(time.DateTime) > since[1]
	}
	p.write = func(w http.ResponseWriter, r *http.Request, page cmsPage) {
		next := any(nil)
		if page.number < page.pages {
			next = page.number + 1
		}
		answerJSON(w, map[string]any{"posts": page.items, "meta": map[string]any{"pagination": map[string]any{
			"page": page.number, "limit": aPage, "pages": page.pages, "total": page.total, "next": next,
		}}})
	}
	return p
}
