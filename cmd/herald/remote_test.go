package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"herald/config"
	"herald/source"
)

// scanned returns how often a source listed an entry, and why it did not.
func scanned(t *testing.T, s config.Source) (entries int, cause string) {
	t.Helper()
	c := &config.Config{Site: config.Site{URL: "https://news.example.org", Title: "소식", Timezone: time.UTC}}
	open := openFeed
	if s.Type == "json" {
		open = openJSON
	}
	src, err := open(c, s, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range src.List(t.Context()) {
		if err != nil {
			return entries, err.Error()
		}
		entries++
	}
	return entries, ""
}

const oneEntry = `<rss version="2.0"><channel><title>마을</title><item><title>하나</title><link>https://blog.example.com/1</link></item></channel></rss>`

// Whatever a server does, what is no whole feed is none, and the cause is named.
func TestFaultsOfFeeds(t *testing.T) {
	raw := func(text string) http.HandlerFunc { // an answer as it goes over the wire; then the connection ends
		return func(w http.ResponseWriter, _ *http.Request) {
			conn, buffer, err := http.NewResponseController(w).Hijack()
			if err != nil {
				return
			}
			defer conn.Close()
			fmt.Fprint(buffer, text)
			buffer.Flush()
			if tcp, ok := conn.(*net.TCPConn); ok && text == "" {
				tcp.SetLinger(0) // a reset
			}
		}
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"reset":       {raw(""), "read http"},
		"cut":         {raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + oneEntry), "broke off before its end"},
		"cut chunks":  {raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"), "broke off before its end"},
		"cut XML":     {raw("HTTP/1.0 200 OK\r\n\r\n" + oneEntry[:120]), "unexpected EOF"},
		"hang":        {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "Client.Timeout"},
		"slow drip":   {func(w http.ResponseWriter, r *http.Request) { drip(w, r.Context().Done()) }, "Client.Timeout"},
		"page":        {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><p>점검 중") }, "answered with a page"},
		"500":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "answered 500 Internal Server Error"},
		"404":         {http.NotFound, "answered 404 Not Found"},
		"304 unasked": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, "answered 304 to a request without conditions"},
		"loop": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) },
			"redirects more than 5 times"},
		"bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 64 {
				z.Write(make([]byte, 1<<20))
			}
			z.Close()
		}, "over the limit of 32 MiB"},
		"bomb in br": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			z := brotli.NewWriter(w)
			for range 64 {
				z.Write(make([]byte, 1<<20))
			}
			z.Close()
		}, "over the limit of 32 MiB"},
		"cut gzip": {raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" + string(zipped(oneEntry)[:60])), "broke off before its end"},
		"zstd":     {raw("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n"), `in the encoding "zstd"`},
		"to a file": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		},
			"unsupported protocol scheme"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(test.answer)
			t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
			timeout := 20 * time.Second
			if test.want == "Client.Timeout" {
				timeout = 300 * time.Millisecond
			}
			entries, cause := scanned(t, config.Source{URL: server.URL + "/feed", Private: true, Timeout: timeout})
			if entries != 0 || !strings.Contains(cause, test.want) || !strings.Contains(cause, server.URL) {
				t.Errorf("got %d entries, %q, want none, and %q with the address", entries, cause, test.want)
			}
		})
	}
}

// zipped returns a text in gzip.
func zipped(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprint(z, text)
	z.Close()
	return b.Bytes()
}

// What comes compressed is read, whatever the coding.
func TestCodings(t *testing.T) {
	for _, coding := range []string{"gzip", "br"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.Header.Get("Accept-Encoding"), coding) {
				return
			}
			w.Header().Set("Content-Encoding", coding)
			if coding == "gzip" {
				w.Write(zipped(oneEntry))
				return
			}
			z := brotli.NewWriter(w)
			fmt.Fprint(z, oneEntry)
			z.Close()
		}))
		defer server.Close()
		if entries, cause := scanned(t, config.Source{URL: server.URL, Private: true}); entries != 1 {
			t.Errorf("%s: got %d entries, %q, want one", coding, entries, cause)
		}
	}
}

// What is wrong with a certificate is said in plain words.
func TestFaultsOfTLS(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for url, want := range map[string]string{
		server.URL: "signed by nobody whom this machine trusts", strings.Replace(plain.URL, "http:", "https:", 1): "it speaks no TLS there: is http:// meant?",
		"http://nowhere.invalid/": "no such host: nowhere.invalid",
	} {
		if entries, cause := scanned(t, config.Source{URL: url, Private: true}); entries != 0 || !strings.Contains(cause, want) {
			t.Errorf("%s: got %d entries, %q, want %q", url, entries, cause, want)
		}
	}
}

// An address that all redirects say is left for good is remembered; one that is left for now is not.
func TestMovesThatAreRemembered(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/new":
			fmt.Fprint(w, oneEntry)
		case "/now":
			http.Redirect(w, r, "/old", http.StatusFound)
		default:
			http.Redirect(w, r, "/new", http.StatusPermanentRedirect)
		}
	}))
	defer server.Close()
	for path, want := range map[string]string{"/new": "[]", "/now": "[]", "/old": "[moved permanently to " + server.URL + "/new: change url]"} {
		src, err := openFeed(&config.Config{Site: config.Site{URL: "https://news.example.org", Timezone: time.UTC}}, config.Source{URL: server.URL + path, Private: true}, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range src.List(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := fmt.Sprint(src.(source.Noted).Notes()); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

// drip writes a byte now and then, until nobody listens.
func drip(w http.ResponseWriter, ended <-chan struct{}) {
	for {
		if _, err := fmt.Fprint(w, " "); err != nil || http.NewResponseController(w).Flush() != nil {
			return
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ended:
			return
		}
	}
}

// Headers of the config go to the host of the url alone, whatever redirects.
func TestHeadersStayAtHome(t *testing.T) {
	var away, home []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		away = append(away, r.Header.Get("Authorization"))
		fmt.Fprint(w, oneEntry)
	}))
	defer other.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		home = append(home, r.Header.Get("Authorization"))
		switch r.URL.Path {
		case "/feed":
			http.Redirect(w, r, "/moved", http.StatusMovedPermanently)
		case "/moved":
			http.Redirect(w, r, other.URL+"/feed", http.StatusMovedPermanently)
		case "/archived":
			fmt.Fprint(w, strings.Replace(oneEntry, "<title>마을", `<atom:link rel="prev-archive" href="`+other.URL+`/old"/><title>마을`, 1))
		}
	}))
	defer server.Close()
	for _, path := range []string{"/feed", "/archived"} {
		entries, cause := scanned(t, config.Source{URL: server.URL + path, Private: true, Headers: map[string]string{"Authorization": "Bearer word"}})
		if entries != 1 {
			t.Fatalf("%s: got %d entries, %s, want one", path, entries, cause)
		}
	}
	if fmt.Sprint(home) != "[Bearer word Bearer word Bearer word]" || len(away) != 2 || away[0]+away[1] != "" {
		t.Errorf("got %q at home, %q away, want the header at home alone", home, away)
	}
}

// X2: without allow_private neither a source nor what it leads to may be inside, whatever its kind.
func TestX2RemoteSourcesStayOutside(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { t.Error("got a request, want none") }))
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []config.Source{{}, {Type: "json"}, {Type: "json", Preset: "wordpress"}, {Type: "json", Preset: "ghost"}} {
		for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0"} {
			s.URL = "http://" + host + ":" + port + "/feed"
			entries, cause := scanned(t, s)
			if entries != 0 || !strings.Contains(cause, "allow_private: true") {
				t.Errorf("%s %s %s: got %d entries, %q, want it refused, and the key that allows it", s.Type, s.Preset, host, entries, cause)
			}
		}
	}
}

// Headers of the config do not go along with a next page to another host; what is told in addresses stays in them.
func TestNextPagesElsewhereGetNoHeaders(t *testing.T) {
	var away, home []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		away = append(away, r.Header.Get("Authorization")+r.Header.Get("Referer"))
		fmt.Fprint(w, `{"items":[{"id":2,"title":"둘"}]}`)
	}))
	defer other.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		home = append(home, r.Header.Get("Authorization")+" "+r.Header.Get("Accept"))
		fmt.Fprintf(w, `{"items":[{"id":1,"title":"하나"}],"next":"%s/more"}`, other.URL)
	}))
	defer server.Close()
	entries, cause := scanned(t, config.Source{
		Type: "json", URL: server.URL + "/?key=word", Private: true, Headers: map[string]string{"Authorization": "Bearer word"},
		Values: map[string]string{"items": "items", "next": "next"},
	})
	if entries != 2 || fmt.Sprint(home, away) != "[Bearer word application/json, */*;q=0.5] []" {
		t.Errorf("got %d entries, %s, %q at home, %q away, want two, and the header at home alone", entries, cause, home, away)
	}
}
