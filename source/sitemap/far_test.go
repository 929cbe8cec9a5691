package sitemap_test

import (
	"context"
	"fmt"
	"hash/crc32"
	"html"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/source/remote"
	"herald/source/sitemap"
)

// far is a site on a real server: pages, the sitemap that lists them, a robots.txt, and a clock that waits move on.
type far struct {
	t      *testing.T
	mu     sync.Mutex
	clock  time.Time
	mod    map[string]string           // lastmod of the pages that /sitemap.xml lists, by path
	bodies map[string]string           // by path; robots.txt and a sitemap that is not made of mod, too
	answer map[string]http.HandlerFunc // in the place of a body
	asked  []string
	waits  []time.Duration
	end    func() // called when so many
	after  int    // pages were asked for; 0: never
	server *httptest.Server
}

func newFar(t *testing.T) *far {
	f := &far{t: t, clock: at("2026-11-01T00:00:00Z"), mod: map[string]string{}, bodies: map[string]string{}, answer: map[string]http.HandlerFunc{}}
	f.server = httptest.NewServer(f)
	t.Cleanup(f.server.Close)
	return f
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// ServeHTTP answers as an honest server does, with an ETag.
func (f *far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.asked = append(f.asked, strings.TrimSpace(r.URL.RequestURI()+" "+r.Header.Get("If-None-Match")))
	answer := f.answer[r.URL.Path]
	body, found := f.bodies[r.URL.Path]
	if !found && r.URL.Path == "/sitemap.xml" {
		body, found = f.sitemap(), true
	}
	f.mu.Unlock()
	switch tag := fmt.Sprintf("\"%x\"", crc32.ChecksumIEEE([]byte(body))); {
	case answer != nil:
		answer(w, r)
	case !found:
		http.NotFound(w, r)
	case r.Header.Get("If-None-Match") == tag:
		w.WriteHeader(http.StatusNotModified)
	default:
		w.Header().Set("ETag", tag)
		if !strings.HasPrefix(r.URL.Path, "/sitemap") && r.URL.Path != "/robots.txt" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		io.WriteString(w, body)
	}
}

// sitemap returns the urlset of the pages.
func (f *far) sitemap() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for _, path := range slices.Sorted(maps.Keys(f.mod)) {
		mod := f.mod[path]
		b.WriteString("<url><loc>" + html.EscapeString(f.server.URL+path) + "</loc>")
		if mod != "" {
			b.WriteString("<lastmod>" + mod + "</lastmod>")
		}
		b.WriteString("</url>")
	}
	return b.String() + "</urlset>"
}

// put writes a page and lists it; mod "": without lastmod. It returns its URL.
func (f *far) put(path, mod, body string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mod[path], f.bodies[path] = mod, body
	return f.server.URL + path
}

// says has a path answered otherwise; nil: as it was.
func (f *far) says(path string, answer http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer[path] = answer
}

// status is an answer without a body, with headers "Name: value".
func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(code)
	}
}

func (f *far) drop(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.mod, path)
	delete(f.bodies, path)
}

func (f *far) move(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.clock = f.clock.Add(d)
}

func (f *far) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.clock
}

// requests returns what was asked for since the last call, each "path" or "path etag", without the sitemap and robots.txt.
func (f *far) requests() (pages []string) {
	for _, one := range f.all() {
		if !strings.HasPrefix(one, "/sitemap") && one != "/robots.txt" {
			pages = append(pages, one)
		}
	}
	slices.Sort(pages)
	return pages
}

func (f *far) all() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.asked
	f.asked = nil
	return all
}

func (f *far) fetch(ctx context.Context, q remote.Request) (*remote.Answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, q.URL, nil)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{"If-None-Match": q.ETag, "If-Modified-Since": q.Modified} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	client := http.Client{}
	if q.Here {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	answer, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	from := io.Reader(answer.Body)
	if q.First > 0 {
		from = io.LimitReader(from, q.First)
	}
	body, err := io.ReadAll(from)
	after, _ := time.ParseDuration(answer.Header.Get("Retry-After") + "s")
	fresh, _ := time.ParseDuration(answer.Header.Get("X-Fresh"))
	a := &remote.Answer{
		MaxAge: fresh, Status: answer.StatusCode, Body: body, URL: answer.Request.URL.String(), Type: answer.Header.Get("Content-Type"), ETag: answer.Header.Get("ETag"),
		Modified: answer.Header.Get("Last-Modified"), Header: answer.Header, RetryAfter: after,
	}
	if to, err := answer.Location(); q.Here && err == nil {
		a.URL = to.String()
	}
	if q.Here && q.First > 0 {
		f.fetched()
	}
	return a, err
}

// fetched counts pages, and ends what was asked to be ended.
func (f *far) fetched() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.after > 0 {
		if f.after--; f.after == 0 {
			f.end()
		}
	}
}

// wait moves the clock on.
func (f *far) wait(ctx context.Context, d time.Duration) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d > 0 {
		f.clock = f.clock.Add(d)
		f.waits = append(f.waits, d)
	}
	return ctx.Err()
}

func (f *far) open(change func(*sitemap.Config)) *sitemap.Source {
	c := sitemap.Config{URL: f.server.URL + "/sitemap.xml", Fetch: f.fetch, Now: f.now, Wait: f.wait}
	if change != nil {
		change(&c)
	}
	return sitemap.New(c)
}

// html returns a page.
func pageOf(title, body string) string {
	return "<!doctype html><html lang=ko><head><title>" + title + "</title></head><body><nav>메뉴</nav><article><h1>" + title + "</h1><p>" + body + "</p></article></body></html>"
}

// taken is what a ledger would know of a source: fingerprints by key, of what was listed and could be loaded.
type taken map[string]string

func (k taken) seen(yield func(key, fingerprint string) bool) {
	keys := make([]string, 0, len(k))
	for key := range k {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if !yield(key, k[key]) {
			return
		}
	}
}

// scan does what a scan does: it fetches, lists, loads what looks changed, and takes away what is gone. It returns what became of each key,
// by path: "new", "changed", "gone", or why it is no article.
func (k taken) scan(ctx context.Context, t *testing.T, s *sitemap.Source, f *far) map[string]string {
	t.Helper()
	s.Fetch(ctx, k.seen)
	out, listed := map[string]string{}, map[string]bool{}
	for e, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		listed[e.Key] = true
		was, known := k[e.Key]
		if was == e.Fingerprint {
			continue
		}
		what := map[bool]string{true: "changed", false: "new"}[known]
		if _, err := s.Load(t.Context(), e.Key); err != nil {
			what = err.Error()
		}
		out[strings.TrimPrefix(e.Key, f.server.URL)] = what
		k[e.Key] = e.Fingerprint
	}
	for key := range k {
		if !listed[key] && !s.Stays(key) {
			out[strings.TrimPrefix(key, f.server.URL)] = "gone"
			delete(k, key)
		}
	}
	return out
}

func pathOf(t *testing.T, raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}
