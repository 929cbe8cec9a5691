package serve_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"herald/cmd/internal/serve"
)

// Whatever the headers say, an answer is one of three and agrees with its own tag.
func FuzzHeaders(f *testing.F) {
	for _, tag := range []string{plainTag, gzipTag, "*", `W/"x", "y`, `"`, ",,,", `"a,b"`, "W/", "w/W/\"\""} {
		f.Add(tag, "gzip;q=0.5, *;q=0", lastModified, "bytes=0-1,5-")
	}
	f.Add("", "br;q=0.3, zstd;q=0.4, x-gzip", "", "")
	f.Add("", "identity;q=,;;=,gzip;q=1e-1", "Mon, 99 Foo", "bytes=-")
	h := newHandler()
	f.Fuzz(func(t *testing.T, match, encoding, since, span string) {
		r := httptest.NewRequest(http.MethodGet, "/feed.xml", nil)
		for name, value := range map[string]string{"If-None-Match": match, "Accept-Encoding": encoding, "If-Modified-Since": since, "Range": span} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		coding := w.Header().Get("Content-Encoding")
		switch tag := w.Header().Get("Etag"); w.Code {
		case http.StatusOK:
			if want := map[string]string{"": plainTag, "gzip": gzipTag, "br": `"` + hash + `-br"`, "zstd": `"` + hash + `-zstd"`}[coding]; tag != want {
				t.Errorf("tag %s, want %s", tag, want)
			}
			if match == plainTag {
				t.Error("200 for the very tag")
			}
		case http.StatusNotModified:
			if match != "" && !strings.Contains(match, hash) && strings.TrimSpace(match) != "*" {
				t.Errorf("304 for If-None-Match %q", match)
			}
		case http.StatusPartialContent, http.StatusRequestedRangeNotSatisfiable:
			if span == "" || coding != "" {
				t.Errorf("status %d for Range %q", w.Code, span)
			}
		default:
			t.Errorf("status %d", w.Code)
		}
	})
}

// Whatever the path says, Lookup sees only clean relative ones.
func FuzzPaths(f *testing.F) {
	for _, p := range []string{"/feed.xml", "/../x", "/%2e%2e%2fx", "/a%00b", "//", "/blog/정치/feed.xml", "/\\..\\x", "/%EC%A0%95"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, target string) {
		u, err := url.ParseRequestURI(target)
		if err != nil {
			return
		}
		h := serve.New(serve.Config{Base: "/blog", Lookup: func(_ context.Context, path string) (serve.Document, bool, error) {
			if path == "" || !utf8.ValidString(path) || strings.ContainsAny(path, "\x00\r\n\\") {
				t.Errorf("%q became %q", target, path)
			}
			for part := range strings.SplitSeq(path, "/") {
				if part == "" || part == "." || part == ".." {
					t.Errorf("%q became %q", target, path)
				}
			}
			return serve.Document{}, false, nil
		}})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, (&http.Request{Method: http.MethodGet, URL: u, Header: http.Header{}}).WithContext(t.Context()))
		if w.Code != http.StatusNotFound {
			t.Errorf("%q: status %d", target, w.Code)
		}
	})
}
