package json_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/source"
	cms "herald/source/json"
	"herald/source/remote"
	"herald/source/sourcetest"
)

// post is a post of a content system.
type post struct {
	id          int
	title, body string
	changed     time.Time
	date        time.Time // zero: 2026-03-01 00:30 UTC
	more        map[string]any
}

// published returns when a post is public.
func (p post) published() time.Time {
	if p.date.IsZero() {
		return time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)
	}
	return p.date
}

// system is a content system on a real server, with a clock that moves on by an hour with every change of a post.
type system struct {
	mu       sync.Mutex
	clock    time.Time
	posts    []post // by id
	size     int    // of a page
	requests []string
	waited   []time.Duration
	before   func(n int, w http.ResponseWriter, q *http.Request) (answered bool) // called with the number of the request, from 1
	etags    bool
	fresh    time.Duration // how long answers stand
	server   *httptest.Server
}

func newSystem(t *testing.T) *system {
	y := &system{clock: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), size: 3}
	mux := http.NewServeMux()
	mux.HandleFunc("/wp-json/wp/v2/posts", y.wordPress)
	mux.HandleFunc("/ghost/api/content/posts/", y.ghost)
	mux.HandleFunc("/api/articles", y.plain)
	y.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		y.mu.Lock()
		defer y.mu.Unlock()
		y.requests = append(y.requests, q.URL.Path+"?"+q.URL.RawQuery)
		if y.before == nil || !y.before(len(y.requests), w, q) {
			mux.ServeHTTP(w, q)
		}
	}))
	t.Cleanup(y.server.Close)
	return y
}

// put writes a post; 0 makes a new one. It returns its id.
func (y *system) put(id int, title, body string) int {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.clock = y.clock.Add(time.Hour)
	i := slices.IndexFunc(y.posts, func(p post) bool { return p.id == id })
	if i < 0 {
		if id == 0 {
			id = 7 + len(y.posts)
		}
		y.posts = append(y.posts, post{id: id})
		i = len(y.posts) - 1
	}
	y.posts[i].title, y.posts[i].body, y.posts[i].changed = title, body, y.clock
	return id
}

// remove takes a post away; the caller holds the lock.
func (y *system) remove(id int) {
	y.clock = y.clock.Add(time.Hour)
	y.posts = slices.DeleteFunc(y.posts, func(p post) bool { return p.id == id })
}

func (y *system) later(d time.Duration) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.clock = y.clock.Add(d)
}

// asked returns the requests since it was called last.
func (y *system) asked() []string {
	y.mu.Lock()
	defer y.mu.Unlock()
	all := y.requests
	y.requests = nil
	return all
}

// chosen returns the page of posts that a query asks for, of those that it wants, and how many these are.
func (y *system) chosen(q url.Values, wanted func(post) bool) (chosen []post, page, total int) {
	var all []post
	for _, p := range y.posts {
		if wanted(p) {
			all = append(all, p)
		}
	}
	page, _ = strconv.Atoi(q.Get("page"))
	first := min((max(page, 1)-1)*y.size, len(all))
	return all[first:min(first+y.size, len(all))], page, len(all)
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
}

// wordPress answers as WordPress in Seoul does.
func (y *system) wordPress(w http.ResponseWriter, q *http.Request) {
	query := q.URL.Query()
	since, _ := time.Parse(time.RFC3339, query.Get("modified_after"))
	after, _ := time.Parse(time.RFC3339, query.Get("after"))
	posts, page, total := y.chosen(query, func(p post) bool {
		return p.changed.After(since) && p.published().After(after) && !p.published().After(y.clock) && (query.Get("include") == "" || query.Get("include") == strconv.Itoa(p.id))
	})
	pages := (total + y.size - 1) / y.size
	if page > max(pages, 1) {
		w.WriteHeader(http.StatusBadRequest)
		answer(w, map[string]any{"code": "rest_post_invalid_page_number", "message": "요청한 쪽이 전체 쪽수보다 큽니다."})
		return
	}
	w.Header().Set("X-WP-Total", strconv.Itoa(total))
	w.Header().Set("X-WP-TotalPages", strconv.Itoa(pages))
	all := []any{}
	for _, p := range posts {
		item := map[string]any{
			"id": p.id, "date": p.published().Add(9 * time.Hour).Format("2006-01-02T15:04:05"), "date_gmt": p.published().Format("2006-01-02T15:04:05"), "slug": fmt.Sprintf("post-%d", p.id), "status": "publish", "type": "post",
			"modified": p.changed.Add(9 * time.Hour).Format("2006-01-02T15:04:05"), "modified_gmt": p.changed.Format("2006-01-02T15:04:05"),
			"guid": map[string]any{"rendered": fmt.Sprintf("https://cms.example.com/?p=%d", p.id)}, "link": fmt.Sprintf("https://cms.example.com/post-%d/", p.id),
			"title": map[string]any{"rendered": p.title}, "content": map[string]any{"rendered": p.body, "protected": false}, "author": 3, "categories": []int{4}, "tags": []int{},
		}
		for name, v := range p.more {
			item[name] = v
		}
		all = append(all, item)
	}
	answer(w, all)
}

// ghost answers as Ghost does.
func (y *system) ghost(w http.ResponseWriter, q *http.Request) {
	query := q.URL.Query()
	if query.Get("key") != "22444f78447824223cefc48062" {
		w.WriteHeader(http.StatusUnauthorized)
		answer(w, map[string]any{"errors": []any{map[string]any{"message": "Unknown Content API Key"}}})
		return
	}
	id, isID := strings.CutPrefix(query.Get("filter"), "id:'")
	since, _ := time.Parse("updated_at:>'2006-01-02 15:04:05'", query.Get("filter"))
	posts, page, total := y.chosen(query, func(p post) bool { return p.changed.After(since) && (!isID || id == ghostID(p.id)+"'") })
	pagination := map[string]any{"page": page, "limit": y.size, "pages": (total + y.size - 1) / y.size, "total": total, "next": nil, "prev": nil}
	if page*y.size < total {
		pagination["next"] = page + 1
	}
	all := []any{}
	for _, p := range posts {
		item := map[string]any{
			"id": ghostID(p.id), "uuid": "u", "title": p.title, "slug": fmt.Sprintf("post-%d", p.id), "html": p.body, "published_at": "2026-03-02T09:30:00.000+09:00",
			"updated_at": p.changed.Format("2006-01-02T15:04:05.000-07:00"), "url": fmt.Sprintf("https://blog.example.com/post-%d/", p.id), "canonical_url": nil,
		}
		for name, v := range p.more {
			item[name] = v
		}
		all = append(all, item)
	}
	answer(w, map[string]any{"posts": all, "meta": map[string]any{"pagination": pagination}})
}

func ghostID(id int) string { return fmt.Sprintf("%024x", id) }

// plain answers as an interface of one's own does: with next pages, or counted ones.
func (y *system) plain(w http.ResponseWriter, q *http.Request) {
	query := q.URL.Query()
	posts, page, total := y.chosen(query, func(post) bool { return true })
	all := []any{}
	for _, p := range posts {
		item := map[string]any{"uuid": fmt.Sprintf("u-%d", p.id), "headline": p.title, "body": map[string]any{"html": p.body}, "link": fmt.Sprintf("https://www.example.com/%d", p.id)}
		for name, v := range p.more {
			item[name] = v
		}
		all = append(all, item)
	}
	links := map[string]any{}
	if max(page, 1)*y.size < total {
		links["next"] = fmt.Sprintf("articles?page=%d", max(page, 1)+1)
	}
	doc := map[string]any{"data": map[string]any{"articles": all}, "links": links}
	text, _ := json.Marshal(doc)
	if tag := fmt.Sprintf("%q", fmt.Sprint(len(text), page)); y.etags {
		w.Header().Set("ETag", tag)
		if q.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	answer(w, doc)
}

func (y *system) fetch(ctx context.Context, q remote.Request) (*remote.Answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, q.URL, nil)
	if err != nil {
		return nil, err
	}
	if q.ETag != "" {
		request.Header.Set("If-None-Match", q.ETag)
	}
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", q.URL, err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", q.URL, err)
	}
	after, _ := time.ParseDuration(got.Header.Get("Retry-After") + "s")
	return &remote.Answer{
		Status: got.StatusCode, Body: body, URL: q.URL, Type: got.Header.Get("Content-Type"), ETag: got.Header.Get("ETag"), Header: got.Header, RetryAfter: after, MaxAge: y.fresh,
	}, nil
}

// open returns a source of the system.
func (y *system) open(t *testing.T, preset string, change func(*cms.Config)) *cms.Source {
	t.Helper()
	c := cms.Config{Preset: preset, Fetch: y.fetch, Now: func() time.Time {
		y.mu.Lock()
		defer y.mu.Unlock()
		return y.clock
	}, Wait: func(_ context.Context, d time.Duration) error {
		y.mu.Lock()
		defer y.mu.Unlock()
		y.waited = append(y.waited, d)
		return nil
	}}
	switch preset {
	case cms.WordPress:
		c.URL = y.server.URL + "/wp-json/wp/v2/posts"
	case cms.Ghost:
		c.URL = y.server.URL + "/ghost/api/content/posts/?key=22444f78447824223cefc48062"
	default:
		c.URL, c.Items, c.Next = y.server.URL+"/api/articles", "data.articles", "links.next"
		c.Reading.Pattern = "/:path/"
		c.Reading.Fields = map[string][]string{"id": {"uuid"}, "title": {"headline"}, "content": {"body.html"}, "url": {"link"}}
	}
	if change != nil {
		change(&c)
	}
	s, err := cms.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// kinds are the dialects; key returns what a post is known by, and changes is how many questions tell what has changed.
var kinds = []struct {
	preset  string
	key     func(id int) string
	changes int
}{
	{"", func(id int) string { return fmt.Sprintf("u-%d", id) }, 0},
	{cms.WordPress, strconv.Itoa, 2},
	{cms.Ghost, ghostID, 1},
}

func TestJSONIsASource(t *testing.T) {
	for _, kind := range kinds {
		t.Run("as "+kind.preset, func(t *testing.T) {
			sourcetest.Test(t, func(t *testing.T) *sourcetest.Origin {
				y := newSystem(t)
				ids := map[string]int{}
				put := func(name, title, body string) string {
					ids[name] = y.put(ids[name], title, body)
					return kind.key(ids[name])
				}
				s := y.open(t, kind.preset, nil)
				var noArticle func(*testing.T) string
				if kind.preset == cms.WordPress { // nothing of the others is none
					noArticle = func(*testing.T) string {
						key := put("none", "제목", "본문")
						y.posts[len(y.posts)-1].more = map[string]any{"content": map[string]any{"rendered": "", "protected": true}}
						return key
					}
				}
				return &sourcetest.Origin{
					Source: s, NoArticle: noArticle,
					Put:     func(_ *testing.T, name, title, body string) string { return put(name, title, body) },
					Refused: func(_ *testing.T, name string) string { return put(name, "", "") },
					Remove: func(_ *testing.T, key string) {
						y.mu.Lock()
						defer y.mu.Unlock()
						for _, p := range slices.Clone(y.posts) {
							if kind.key(p.id) == key {
								y.remove(p.id)
							}
						}
					},
					Break: func(*testing.T) {
						y.later(time.Hour)
						y.before = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
							w.WriteHeader(http.StatusInternalServerError)
							return true
						}
					},
					Otherwise: func(t *testing.T) source.Source {
						return y.open(t, kind.preset, func(c *cms.Config) { c.Reading.Defaults.Language = "ko" })
					},
				}
			})
		})
	}
}
