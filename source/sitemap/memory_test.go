package sitemap_test

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"herald/source/remote"
	"herald/source/sitemap"
)

// many answers for a site of so many pages, each with a validator of its own.
func many(pages int) remote.Fetch {
	body := []byte("<!doctype html><html><head><title>Harbour note</title></head><body><article>" + strings.Repeat("<p>A ship came in.</p>", 5) + "</article></body></html>")
	return func(_ context.Context, r remote.Request) (*remote.Answer, error) {
		a := &remote.Answer{Status: http.StatusOK, URL: r.URL, Header: http.Header{}}
		switch {
		case strings.HasSuffix(r.URL, "/robots.txt"):
			a.Status = http.StatusNotFound
		case strings.HasSuffix(r.URL, "/sitemap.xml"):
			var b strings.Builder
			b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
			for i := range pages {
				fmt.Fprintf(&b, "<url><loc>https://far.example/2026/harbour-note-%07d/</loc><lastmod>2026-03-01T08:%02d:%02dZ</lastmod></url>", i, i/60%60, i%60)
			}
			a.Body = []byte(b.String() + "</urlset>")
		default:
			a.Body, a.Type, a.ETag = body, "text/html; charset=utf-8", fmt.Sprintf("%q", fmt.Sprint(len(r.URL), r.URL[len(r.URL)-8:]))
		}
		return a, nil
	}
}

// kept returns how many bytes a source keeps of each page that it has fetched, and that nobody has applied yet.
func kept(tb testing.TB, pages int) uint64 {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what the first one let go of
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	s := sitemap.New(sitemap.Config{URL: "https://far.example/sitemap.xml", Fetch: many(pages), Now: func() time.Time { return at("2026-11-01T00:00:00Z") }})
	s.Fetch(tb.Context(), func(func(string, string) bool) {})
	listed := 0
	for _, err := range s.List(tb.Context()) {
		if err != nil {
			tb.Fatal(err)
		}
		listed++
	}
	if listed != pages || s.Left() != "" {
		tb.Fatalf("listed %d of %d pages, %s", listed, pages, s.Left())
	}
	after := heap()
	runtime.KeepAlive(s)
	return (max(after, before) - before) / uint64(pages)
}

// What is remembered of a page stands in memory until it is applied, of all that a sitemap lists.
func TestAPageIsRememberedInFewBytes(t *testing.T) {
	if got := kept(t, 20_000); got > 330 {
		t.Errorf("got %d bytes a page, want 330 at most, its address of 45 and the spool among them", got)
	}
}

// BenchmarkCrawl reports how many bytes are kept of each of 100,000 pages that are fetched and not applied yet.
func BenchmarkCrawl(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(float64(kept(b, 100_000)), "kept-B/page")
	}
}
