package serve_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"herald/source/text"

	"herald/cmd/internal/serve"
)

var (
	now      = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	modified = time.Date(2026, 3, 2, 9, 30, 15, 700e6, time.FixedZone("KST", 9*3600))
	feed     = []byte("<rss>" + strings.Repeat("<item><title>시청 앞 광장에 봄꽃 전시</title></item>\n", 60) + "</rss>")
)

const (
	lastModified = "Mon, 02 Mar 2026 00:30:15 GMT"
	hash         = "0123456789abcdef0123456789abcdef"
	plainTag     = `"` + hash + `"`
	gzipTag      = `"` + hash + `-gzip"`
)

// site holds documents by path; the one called broken cannot be read.
type site map[string]serve.Document

func (s site) lookup(_ context.Context, path string) (serve.Document, bool, error) {
	if path == "broken.xml" {
		return serve.Document{}, false, errors.New("read /srv/secret/broken.xml: input/output error")
	}
	doc, found := s[path]
	return doc, found, nil
}

func newSite() site {
	doc := func(mediaType string, body []byte) serve.Document {
		return serve.Document{Body: body, MediaType: mediaType, Modified: modified, Hash: hash}
	}
	return site{
		"feed.xml":      doc("application/rss+xml", feed),
		"atom.xml":      doc("application/atom+xml", feed),
		"feed.json":     doc("application/feed+json", feed),
		"sitemap.xml":   doc("application/xml; charset=utf-8", feed),
		"robots.txt":    doc("text/plain", []byte("User-agent: *\n")),
		"map.xml.gz":    doc("application/gzip", feed),
		"정치/feed.xml":   doc("", feed),
		"blog/deep.xml": doc("", feed),
		"empty.txt":     doc("", nil),
		"future.xml":    {Body: feed, Modified: now.Add(time.Hour), Hash: hash},
		"undated.xml":   {Body: feed, Hash: hash},
		"unhashed.xml":  {Body: feed, Modified: modified},
	}
}

func newHandler() http.Handler {
	return serve.New(serve.Config{
		Lookup: newSite().lookup,
		Now:    func() time.Time { return now },
		Base:   "/blog",
		Links: func(path string) []string {
			if path != "feed.xml" {
				return nil
			}
			return []string{serve.Link("https://news.example.org/feed.xml", "self"), serve.Link("https://hub.example.com/", "hub")}
		},
	})
}

// ask plays one request, headers as "Name: value" lines.
func ask(h http.Handler, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, "http://news.example.org"+target, nil)
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func bodyOf(t testing.TB, res *http.Response) []byte {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestRequests(t *testing.T) {
	const get, head = http.MethodGet, http.MethodHead
	tests := []struct {
		method, target string
		headers        []string
		status         int
		want           []string // "Name: value" of the response; "Name:" is absent
	}{
		{get, "/feed.xml", nil, 200, []string{
			"Content-Type: application/rss+xml; charset=utf-8", "Etag: " + plainTag, "Last-Modified: " + lastModified,
			"Cache-Control: public, max-age=300, stale-if-error=86400", "Vary: Accept-Encoding", "X-Content-Type-Options: nosniff",
			"Access-Control-Allow-Origin: *", "Content-Encoding:", "Accept-Ranges: bytes",
			`Link: <https://news.example.org/feed.xml>; rel="self", <https://hub.example.com/>; rel="hub"`}},
		{get, "/atom.xml", nil, 200, []string{"Content-Type: application/atom+xml; charset=utf-8", "Link:"}},
		{get, "/feed.json", nil, 200, []string{"Content-Type: application/feed+json; charset=utf-8"}},
		{get, "/sitemap.xml", nil, 200, []string{"Content-Type: application/xml; charset=utf-8"}},
		{get, "/robots.txt", []string{"Accept-Encoding: gzip"}, 200, []string{"Content-Type: text/plain; charset=utf-8", "Content-Encoding:", "Content-Length: 14", "Vary: Accept-Encoding"}},
		{get, "/map.xml.gz", []string{"Accept-Encoding: gzip"}, 200, []string{"Content-Type: application/gzip", "Content-Encoding:"}},
		{get, "/empty.txt", nil, 200, []string{"Content-Length: 0"}},
		{get, "/future.xml", nil, 200, []string{"Last-Modified:"}},
		{get, "/undated.xml", []string{"If-Modified-Since: " + lastModified}, 200, []string{"Last-Modified:"}},
		{get, "/unhashed.xml", nil, 200, []string{"Etag: *"}},
		{get, "/feed.xml?utm_source=reader", nil, 200, nil},

		{get, "/feed.xml", []string{"Accept-Encoding: gzip, deflate"}, 200, []string{"Content-Encoding: gzip", "Etag: " + gzipTag, "Vary: Accept-Encoding", "Last-Modified: " + lastModified}},
		{head, "/feed.xml", []string{"Accept-Encoding: gzip"}, 200, []string{"Content-Encoding: gzip", "Etag: " + gzipTag, "Content-Type: application/rss+xml; charset=utf-8"}},
		{head, "/feed.xml", nil, 200, []string{"Etag: " + plainTag, "Last-Modified: " + lastModified, "Content-Type: application/rss+xml; charset=utf-8"}},

		{get, "/feed.xml", []string{"If-None-Match: " + plainTag}, 304, []string{"Etag: " + plainTag, "Last-Modified: " + lastModified,
			"Cache-Control: public, max-age=300, stale-if-error=86400", "Vary: Accept-Encoding", "Access-Control-Allow-Origin: *", "Content-Type:"}},
		{head, "/feed.xml", []string{"If-None-Match: " + plainTag}, 304, []string{"Etag: " + plainTag}},
		{get, "/feed.xml", []string{"If-None-Match: " + plainTag, "Accept-Encoding: gzip"}, 304, []string{"Etag: " + gzipTag}},
		{get, "/feed.xml", []string{"If-None-Match: " + gzipTag}, 304, []string{"Etag: " + plainTag}},
		{get, "/feed.xml", []string{"If-None-Match: W/" + plainTag}, 304, nil},
		{get, "/feed.xml", []string{`If-None-Match: "other", W/"a,b",` + plainTag}, 304, nil},
		{get, "/feed.xml", []string{`If-None-Match: "other"`, "If-None-Match: " + plainTag}, 304, nil},
		{get, "/feed.xml", []string{`If-None-Match: "` + hash + `;gzip"`}, 304, nil},
		{get, "/feed.xml", []string{"If-None-Match: " + hash}, 304, nil},
		{get, "/feed.xml", []string{"If-None-Match: *"}, 304, nil},
		{get, "/feed.xml", []string{"If-Modified-Since: " + lastModified}, 304, []string{"Etag: " + plainTag}},
		{get, "/feed.xml", []string{"If-Modified-Since: Monday, 02-Mar-26 00:30:15 GMT"}, 304, nil},

		{get, "/feed.xml", []string{`If-None-Match: "other"`}, 200, nil},
		{get, "/feed.xml", []string{`If-None-Match: "` + hash + `0"`}, 200, nil},
		{get, "/feed.xml", []string{`If-None-Match: "` + hash[:31] + `"`}, 200, nil},
		{get, "/feed.xml", []string{"If-None-Match: "}, 200, nil},
		{get, "/feed.xml", []string{`If-None-Match: "a, ` + hash + `, *"`}, 200, nil},
		{get, "/feed.xml", []string{`If-None-Match: "other"`, "If-Modified-Since: " + lastModified}, 200, nil},
		{get, "/feed.xml", []string{"If-Modified-Since: Mon, 02 Mar 2026 00:30:14 GMT"}, 200, nil},
		{get, "/feed.xml", []string{"If-Modified-Since: yesterday"}, 200, nil},

		{get, "/feed.xml", []string{"Range: bytes=0-4", "Accept-Encoding: gzip"}, 206, []string{"Content-Length: 5", "Etag: " + plainTag, "Content-Encoding:"}},
		{get, "/feed.xml", []string{"Range: bytes=0-4", "If-Range: " + plainTag}, 206, nil},
		{get, "/feed.xml", []string{"Range: bytes=0-4", `If-Range: "old"`}, 200, nil},
		{get, "/feed.xml", []string{"Range: bytes=999999-"}, 416, nil},
		{get, "/feed.xml", []string{"Range: bytes=0-4", "If-None-Match: " + plainTag}, 304, nil},

		{get, "/%EC%A0%95%EC%B9%98/feed.xml", nil, 200, []string{"Content-Type: application/xml; charset=utf-8"}},
		{get, "/정치/feed.xml", nil, 200, nil},
		{get, "/" + text.NFD("정치") + "/feed.xml", nil, 200, nil},
		{get, "/blog/feed.xml", nil, 200, nil},
		{get, "/blog/deep.xml", nil, 200, nil},
		{get, "/deep.xml", nil, 404, nil},

		{get, "/nothing.xml", nil, 404, []string{"Content-Type: text/plain; charset=utf-8", "Etag:", "X-Content-Type-Options: nosniff"}},
		{get, "/broken.xml", nil, 503, []string{"Content-Type: text/plain; charset=utf-8", "Etag:", "Retry-After:"}},
		{http.MethodPost, "/feed.xml", nil, 405, []string{"Allow: GET, HEAD, OPTIONS"}},
		{http.MethodPut, "/nothing", nil, 405, []string{"Allow: GET, HEAD, OPTIONS"}},
		{http.MethodOptions, "/feed.xml", []string{"Origin: https://reader.example", "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: if-none-match"}, 204,
			[]string{"Allow: GET, HEAD, OPTIONS", "Access-Control-Allow-Origin: *", "Access-Control-Allow-Headers: if-none-match"}},

		// RFC 9110 section 13.2.2: If-Match, else If-Unmodified-Since; then If-None-Match, else If-Modified-Since.
		{get, "/feed.xml", []string{`If-Match: "other"`}, 412, []string{"Etag: " + plainTag}},
		{get, "/feed.xml", []string{`If-Match: "other"`, "Accept-Encoding: gzip"}, 412, nil},
		{get, "/feed.xml", []string{`If-Match: "other"`, "If-None-Match: " + plainTag}, 412, nil},
		{get, "/feed.xml", []string{`If-Match: "other"`, "Range: bytes=0-4"}, 412, nil},
		{get, "/feed.xml", []string{"If-Match: W/" + plainTag}, 412, nil},
		{get, "/feed.xml", []string{`If-Match: "other", ` + plainTag}, 200, nil},
		{get, "/feed.xml", []string{"If-Match: " + gzipTag}, 200, nil},
		{get, "/feed.xml", []string{"If-Match: *"}, 200, nil},
		{get, "/feed.xml", []string{"If-Match: " + plainTag, "If-None-Match: " + plainTag}, 304, nil},
		{get, "/feed.xml", []string{"If-Match: " + plainTag, "If-Unmodified-Since: Fri, 31 Dec 1999 23:59:59 GMT"}, 200, nil},
		{get, "/feed.xml", []string{"If-Unmodified-Since: Fri, 31 Dec 1999 23:59:59 GMT"}, 412, nil},
		{get, "/feed.xml", []string{"If-Unmodified-Since: Fri, 31 Dec 1999 23:59:59 GMT", "Accept-Encoding: gzip"}, 412, nil},
		{get, "/feed.xml", []string{"If-Unmodified-Since: " + lastModified}, 200, nil},

		{get, "/feed.xml", []string{"Range: items=0-9"}, 200, []string{"Content-Range:"}},
		{get, "/feed.xml", []string{"Range: items=0-9", "Accept-Encoding: gzip"}, 200, []string{"Content-Encoding: gzip"}},
		{get, "/feed.xml", []string{"Range: Bytes=0-9"}, 206, []string{"Content-Length: 10"}},
		{get, "/feed.xml", []string{"Range: bytes=-0"}, 416, []string{fmt.Sprintf("Content-Range: bytes */%d", len(feed))}},
		{get, "/feed.xml", []string{"Range: bytes=-5"}, 206, []string{"Content-Length: 5"}},
		{get, "/feed.xml", []string{"Range: bytes=-0, 0-1"}, 206, []string{"Content-Length: 2"}},
	}
	h := newHandler()
	for _, tt := range tests {
		name := tt.method + " " + tt.target + " " + strings.Join(tt.headers, " | ")
		res := ask(h, tt.method, tt.target, tt.headers...)
		if res.StatusCode != tt.status {
			t.Errorf("%s: status %d, want %d", name, res.StatusCode, tt.status)
		}
		body := bodyOf(t, res)
		if tt.status == 304 && len(body) > 0 {
			t.Errorf("%s: a body of %d bytes", name, len(body))
		}
		if tt.status >= 400 && (bytes.Contains(body, []byte("/")) || bytes.Contains(body, []byte("secret"))) {
			t.Errorf("%s: tells %q", name, body)
		}
		for _, line := range tt.want {
			key, value, _ := strings.Cut(line, ":")
			value = strings.TrimSpace(value)
			got := strings.Join(res.Header.Values(key), " / ")
			if got != value && (key != "Etag" || value != "*" || len(got) != 34) {
				t.Errorf("%s: %s: %q, want %q", name, key, got, value)
			}
		}
	}
}

// Paths that no document has, however they are written.
func TestHostilePaths(t *testing.T) {
	h := newHandler()
	for _, target := range []string{
		"/", "//", "//feed.xml", "/feed.xml/", "/./feed.xml", "/../feed.xml", "/x/../feed.xml", "/%2e%2e/feed.xml", "/.%2E/feed.xml",
		"/정치%2Ffeed.xml", "/정치%2ffeed.xml", "/정치%5Cfeed.xml", `/정치\feed.xml`, "/feed.xml%00", "/%00", "/feed.xml%0d%0aX-A:%20b",
		"/%ff%fe", "/feed.xml%7f", "/%252e%252e/feed.xml", "/blog/", "/blog", "/blog//feed.xml", "/blog/../feed.xml", "/..",
	} {
		if res := ask(h, http.MethodGet, target); res.StatusCode != http.StatusNotFound {
			t.Errorf("GET %q: status %d, want 404", target, res.StatusCode)
		}
	}
}

func TestAcceptEncoding(t *testing.T) {
	tests := map[string]string{
		"gzip": "gzip", "GZIP": "gzip", "x-gzip": "gzip", "*": "gzip", "gzip;q=0.5": "gzip", "gzip ; q=1.000": "gzip",
		"deflate, gzip;q=1.0, *;q=0.5": "gzip", "identity;q=0.5, gzip": "gzip", "gzip, identity": "gzip", "identity;q=0, *": "gzip",
		",,gzip,": "gzip", "gzip;level=9": "gzip",
		"": "", "identity": "", "deflate": "", "gzip;q=0": "", "gzip;q=0.000, *": "", "*;q=0": "", "gzip;q=x": "",
		"gzip;q=NaN": "", "gzip;q=2": "", "gzip;q=-1": "", "gzip;q=": "", "gzip;q=0.2, identity;q=0.8": "", "gzipped": "",
		"br": "br", "br, gzip": "br", "gzip, deflate, br, zstd": "br", "gzip, br;q=0.9": "gzip", "br;q=0, gzip": "gzip", "br;q=0.5, identity": "",
		"zstd": "zstd", "gzip, zstd": "zstd", "zstd;q=0.8, gzip;q=0.7": "zstd", "br;q=0, *": "gzip", "Br;q=0.3,zstd;q=0.4": "zstd", "brotli": "",
	}
	h := newHandler()
	for header, want := range tests {
		res := ask(h, http.MethodGet, "/feed.xml", "Accept-Encoding: "+header)
		if got := res.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: coding %q, want %q", header, got, want)
		}
	}
}

// decode undoes a content coding. A zstd frame that needs more memory than every client has is an error (RFC 9659).
func decode(t *testing.T, coding string, body []byte) []byte {
	t.Helper()
	from := io.Reader(bytes.NewReader(body))
	switch coding {
	case "gzip":
		z, err := gzip.NewReader(from)
		if err != nil {
			t.Fatal(err)
		}
		from = z
	case "br":
		from = brotli.NewReader(from)
	case "zstd":
		z, err := zstd.NewReader(from, zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		from = z
	}
	plain, err := io.ReadAll(from)
	if err != nil {
		t.Errorf("%s: %v", coding, err)
	}
	return plain
}

var allCodings = []string{"", "gzip", "br", "zstd"}

func TestBodies(t *testing.T) {
	s := newSite()
	large := bytes.Repeat([]byte("봄꽃 전시 https://news.example.org/spring-\x00\n"), 400_000)
	s["large.xml"] = serve.Document{Body: large, MediaType: "application/xml", Hash: hash}
	newOne := func() http.Handler {
		return serve.New(serve.Config{Lookup: s.lookup, Now: func() time.Time { return now }})
	}
	h := newOne()
	for path, want := range map[string][]byte{"/feed.xml": feed, "/large.xml": large} {
		for _, coding := range allCodings {
			res := ask(h, http.MethodGet, path, "Accept-Encoding: "+coding)
			first := bodyOf(t, res)
			if !bytes.Equal(decode(t, coding, first), want) {
				t.Errorf("%s in %q is not the document", path, coding)
			}
			if coding != "" && len(first)*2 > len(want) {
				t.Errorf("%s in %q: %d of %d bytes", path, coding, len(first), len(want))
			}
			if res.Header.Get("Content-Length") != strconv.Itoa(len(first)) {
				t.Errorf("%s in %q: Content-Length %s of %d bytes", path, coding, res.Header.Get("Content-Length"), len(first))
			}
			if again := bodyOf(t, ask(newOne(), http.MethodGet, path, "Accept-Encoding: "+coding)); !bytes.Equal(first, again) {
				t.Errorf("%s in %q: other bytes for the same document", path, coding)
			}
		}
	}
}

// Each form of a document has a tag of its own, and each tag is known for all of them.
func TestEachCodingHasItsTag(t *testing.T) {
	h := newHandler()
	seen := map[string]bool{}
	for _, coding := range allCodings {
		tag := ask(h, http.MethodGet, "/feed.xml", "Accept-Encoding: "+coding).Header.Get("Etag")
		if seen[tag] {
			t.Errorf("%q has the tag %s of another form", coding, tag)
		}
		seen[tag] = true
		for _, other := range allCodings {
			if res := ask(h, http.MethodGet, "/feed.xml", "Accept-Encoding: "+other, "If-None-Match: "+tag); res.StatusCode != http.StatusNotModified {
				t.Errorf("the tag of %q, asked in %q: %d, want 304", coding, other, res.StatusCode)
			}
			if res := ask(h, http.MethodGet, "/feed.xml", "Accept-Encoding: "+other, "If-Match: "+tag); res.StatusCode != http.StatusOK {
				t.Errorf("If-Match with the tag of %q, asked in %q: %d, want 200", coding, other, res.StatusCode)
			}
		}
	}
}

// HEAD tells what GET would have sent, without sending it.
func TestHeadEqualsGet(t *testing.T) {
	s := httptest.NewServer(newHandler())
	defer s.Close()
	for path := range newSite() {
		for _, encoding := range []string{"identity", "gzip", "br", "zstd"} {
			var seen [2]http.Header
			for i, method := range []string{http.MethodGet, http.MethodHead} {
				r, err := http.NewRequestWithContext(t.Context(), method, s.URL+"/"+path, nil)
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Accept-Encoding", encoding)
				res, err := s.Client().Do(r)
				if err != nil {
					t.Fatal(err)
				}
				body := bodyOf(t, res)
				_ = res.Body.Close()
				if method == http.MethodHead && len(body) > 0 {
					t.Errorf("HEAD %s has a body", path)
				}
				res.Header.Del("Date")
				seen[i] = res.Header
				seen[i].Set("Content-Length", res.Header.Get("Content-Length"))
			}
			var a, b bytes.Buffer
			_, _ = seen[0].Write(&a), seen[1].Write(&b)
			if a.String() != b.String() {
				t.Errorf("%s: GET has\n%s\nHEAD has\n%s", path, &a, &b)
			}
		}
	}
}
