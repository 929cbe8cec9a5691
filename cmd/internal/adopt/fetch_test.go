package adopt_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/httpclient"
	"herald/source/feed"
)

const small = `<rss version="2.0"><channel><title>t</title><item><title>a</title><guid>https://a.example/1</guid></item></channel></rss>`

// blog serves a feed and all that can stand in its place.
func blog(t *testing.T) *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("/feed.xml", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(small)) })
	mux.HandleFunc("/packed.xml", func(w http.ResponseWriter, r *http.Request) {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write([]byte(small))
		_ = z.Close()
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	})
	mux.Handle("/moved", http.RedirectHandler("/again", http.StatusMovedPermanently))
	mux.Handle("/again", http.RedirectHandler("/feed.xml", http.StatusFound))
	mux.Handle("/loop", http.RedirectHandler("/loop", http.StatusFound))
	mux.Handle("/inside", http.RedirectHandler("http://127.0.0.1:1/feed.xml", http.StatusFound))
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("<!doctype HTML>\n<html><body>blog"))
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(small))
	})
	mux.HandleFunc("/cut", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(small[:100])) })
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("<!-- -->"), feed.MaxBytes/8+1))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestFetch(t *testing.T) {
	s := blog(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "feed.xml"), []byte(small), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, want string }{
		{s.URL + "/feed.xml", ""},
		{strings.ToUpper(s.URL[:4]) + s.URL[4:] + "/feed.xml", ""},
		{s.URL + "/packed.xml", ""},
		{s.URL + "/moved", ""},
		{filepath.Join(dir, "feed.xml"), ""},
		{filepath.Join(dir, "none.xml"), "no such file"},
		{dir, "is a directory"},
		{s.URL + "/none", "answered 404 Not Found"},
		{s.URL + "/loop", "redirects more than 5 times"},
		{s.URL + "/inside", "prohibited"},
		{s.URL + "/page", "it is an HTML page, not a feed"},
		{s.URL + "/short", "the answer broke off before its end"},
		{s.URL + "/cut", "unexpected EOF"},
		{s.URL + "/big", "over the limit of 32 MiB"},
		{"http://127.0.0.1:1/feed.xml", "connection refused"},
		{"http://", "no Host"},
	} {
		doc, err := adopt.Fetch(t.Context(), httpclient.New(httpclient.Named(test.name), 0), "herald/test", test.name)
		var f *adopt.Feed
		if err == nil {
			f, err = adopt.Parse(test.name, doc)
		}
		switch {
		case test.want == "" && (err != nil || len(f.Items) != 1 || f.Items[0].ID != "https://a.example/1"):
			t.Errorf("%s: got %v, %v, want one item", test.name, f, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "read "+test.name+": ")):
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
	}
}
