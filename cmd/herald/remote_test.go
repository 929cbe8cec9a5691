package main

import (
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"herald/config"
)

// scanned returns how often a feed listed an entry, and why it did not.
func scanned(t *testing.T, s config.Source) (entries int, cause string) {
	t.Helper()
	c := &config.Config{Site: config.Site{URL: "https://news.example.org", Title: "소식", Timezone: time.UTC}}
	src, err := openFeed(c, s, time.Now)
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
		"brotli": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "\x0b")
		},
			`in the encoding "br"`},
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

// Without allow_private neither a feed nor what it leads to may be inside.
func TestFeedsOutside(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { t.Error("got a request, want none") }))
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0"} {
		entries, cause := scanned(t, config.Source{URL: "http://" + host + ":" + port + "/feed"})
		if entries != 0 || !strings.Contains(cause, "allow_private: true") {
			t.Errorf("%s: got %d entries, %q, want it refused, and the key that allows it", host, entries, cause)
		}
	}
}
