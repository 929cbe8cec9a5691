package serve_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/serve"
)

func TestRunEndsWithItsContext(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	entered, release := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = fmt.Fprint(w, "done")
	})
	ended, answered := make(chan error, 1), make(chan string, 1)
	go func() { ended <- serve.Run(ctx, l, h, slog.New(slog.DiscardHandler)) }()
	go func() {
		res, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer func() { _ = res.Body.Close() }()
		answered <- string(bodyOf(t, res))
	}()
	<-entered
	cancel()
	close(release)
	if got := <-answered; got != "done" {
		t.Errorf("the answer under way: %q", got)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("Run = %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("Run did not end")
	}
}

func TestRunTellsItsFault(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if err := serve.Run(t.Context(), l, http.NotFoundHandler(), slog.New(slog.DiscardHandler)); err == nil {
		t.Error("Run on a closed listener gives no error")
	}
}

// held is a config that holds documents between requests.
func held(docs site, bytes int64) serve.Config {
	return serve.Config{Lookup: docs.lookup, HeldBytes: bytes, Edition: func() uint64 { return 1 }, Stamp: func(string) string { return "" }}
}

// Many readers of many documents in little room each get the bytes that their tag names.
func TestLittleRoom(t *testing.T) {
	docs := site{}
	for n := range 20 {
		docs[fmt.Sprint(n, ".xml")] = serve.Document{Body: []byte(strings.Repeat(fmt.Sprint(n, " "), 3000))}
	}
	h := serve.New(held(docs, 200))
	want := map[string]string{}
	for path := range docs {
		res := ask(h, http.MethodGet, "/"+path, "Accept-Encoding: gzip")
		want[path] = res.Header.Get("Etag") + string(bodyOf(t, res))
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for path := range docs {
				res := ask(h, http.MethodGet, "/"+path, "Accept-Encoding: gzip")
				if got := res.Header.Get("Etag") + string(bodyOf(t, res)); got != want[path] {
					t.Errorf("%s: other bytes", path)
				}
			}
		})
	}
	wait.Wait()
}

// What is held is looked up once, until something was published or the file is another one.
func TestHeldDocuments(t *testing.T) {
	at, edition, stamp, lookups := now, uint64(1), "1", map[string]int{}
	docs := newSite()
	h := serve.New(serve.Config{
		Lookup: func(ctx context.Context, path string) (serve.Document, bool, error) {
			lookups[path]++
			return docs.lookup(ctx, path)
		},
		Now: func() time.Time { return at }, Edition: func() uint64 { return edition }, Stamp: func(string) string { return stamp }, Base: "/blog",
	})
	get := func(target string, wantBody []byte, wantLookups int) {
		t.Helper()
		if got := bodyOf(t, ask(h, http.MethodGet, target)); !bytes.Equal(got, wantBody) {
			t.Errorf("GET %s: got %d bytes, want %d", target, len(got), len(wantBody))
		}
		if lookups["feed.xml"] != wantLookups {
			t.Errorf("GET %s: got %d lookups, want %d", target, lookups["feed.xml"], wantLookups)
		}
	}
	get("/feed.xml", feed, 1)
	get("/feed.xml", feed, 1)
	get("/blog/feed.xml", feed, 2) // another spelling is looked up once, too
	get("/blog/feed.xml", feed, 2)
	get("/feed.xml", feed, 2)

	newer := []byte("<rss>새 소식</rss>")
	docs["feed.xml"] = serve.Document{Body: newer, Hash: "fedcba9876543210fedcba9876543210"}
	edition++
	get("/feed.xml", newer, 3)

	other := []byte("<rss>손으로 고침</rss>")
	docs["feed.xml"] = serve.Document{Body: other}
	stamp = "2"
	get("/feed.xml", newer, 3) // the file is looked at once a second
	at = at.Add(time.Second)
	get("/feed.xml", other, 4)
	delete(docs, "feed.xml")
	edition++
	if res := ask(h, http.MethodGet, "/feed.xml"); res.StatusCode != http.StatusNotFound {
		t.Errorf("got %d of what is gone, want 404", res.StatusCode)
	}
}

// Two versions of one second are told apart: while the second is not over, there is no Last-Modified.
func TestTwoVersionsInOneSecond(t *testing.T) {
	at := now
	docs := site{"feed.xml": {Body: feed, Modified: now.Add(200 * time.Millisecond)}}
	h := serve.New(serve.Config{Lookup: docs.lookup, Now: func() time.Time { return at }})
	at = now.Add(300 * time.Millisecond)
	if got := ask(h, http.MethodGet, "/feed.xml").Header.Get("Last-Modified"); got != "" {
		t.Errorf("got Last-Modified %q in the second of the change, want none", got)
	}
	docs["feed.xml"] = serve.Document{Body: []byte("<rss/>"), Modified: now.Add(600 * time.Millisecond)}
	at = now.Add(2 * time.Second)
	res := ask(h, http.MethodGet, "/feed.xml")
	if got := res.Header.Get("Last-Modified"); got != "Mon, 02 Mar 2026 12:00:00 GMT" {
		t.Errorf("got Last-Modified %q, want the second of the change", got)
	}
}
