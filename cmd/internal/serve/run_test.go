package serve_test

import (
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
	case <-time.After(8 * time.Second):
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

// Many readers of many documents in a small cache each get the bytes that their tag names.
func TestSmallCache(t *testing.T) {
	docs := site{}
	for n := range 20 {
		docs[fmt.Sprint(n, ".xml")] = serve.Document{Body: []byte(strings.Repeat(fmt.Sprint(n, " "), 3000))}
	}
	h := serve.New(serve.Config{Lookup: docs.lookup, CacheBytes: 200})
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
