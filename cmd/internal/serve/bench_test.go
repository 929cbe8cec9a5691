package serve_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"herald/cmd/internal/serve"
)

// discard is a response that nobody reads.
type discard struct{ head http.Header }

func (d discard) Header() http.Header               { return d.head }
func (d discard) Write(b []byte) (int, error)       { return len(b), nil }
func (d discard) WriteHeader(int)                   {}
func (d discard) WriteString(s string) (int, error) { return len(s), nil }

// The floor is a bare handler with the bytes in memory and three headers.
func BenchmarkRequest(b *testing.B) {
	bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		head := w.Header()
		head.Set("Content-Type", "application/rss+xml; charset=utf-8")
		head.Set("Etag", plainTag)
		head.Set("Content-Length", strconv.Itoa(len(feed)))
		_, _ = w.Write(feed)
	})
	ours := serve.New(held(newSite(), 0))
	for _, c := range []struct {
		name    string
		h       http.Handler
		headers [2]string
	}{
		{"bare", bare, [2]string{}},
		{"plain", ours, [2]string{}},
		{"gzip", ours, [2]string{"Accept-Encoding", "gzip, deflate"}},
		{"br", ours, [2]string{"Accept-Encoding", "gzip, deflate, br, zstd"}},
		{"not modified", ours, [2]string{"If-None-Match", plainTag}},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "http://news.example.org/feed.xml", nil)
			if c.headers[0] != "" {
				r.Header.Set(c.headers[0], c.headers[1])
			}
			b.ReportAllocs()
			for b.Loop() {
				c.h.ServeHTTP(discard{http.Header{}}, r)
			}
		})
	}
}

// What a coding costs once a document, and how small it becomes.
func BenchmarkCompress(b *testing.B) {
	body := bytes.Repeat(feed, 15)
	for _, coding := range allCodings[1:] {
		b.Run(coding, func(b *testing.B) {
			size := 0
			for b.Loop() {
				h := serve.New(serve.Config{Lookup: site{"feed.xml": {Body: body, MediaType: "application/rss+xml", Hash: hash}}.lookup})
				size = len(bodyOf(b, ask(h, http.MethodGet, "/feed.xml", "Accept-Encoding: "+coding)))
			}
			b.SetBytes(int64(len(body)))
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
