package serve_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/serve"
)

// A port that is taken names who has it, and what to do.
func TestAPortInUseNamesItsHolder(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = open(l.Addr().String())
	want := "serve.listen: " + l.Addr().String() + " is in use by another program"
	if runtime.GOOS == "linux" {
		want = fmt.Sprintf("serve.listen: %s is in use by process %d (", l.Addr(), os.Getpid())
	}
	if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "write another port") {
		t.Errorf("got %v, want %s…", err, want)
	}
	if _, err = open("192.0.2.1:8080"); err == nil || !strings.Contains(err.Error(), `":8080" means all`) {
		t.Errorf("got %v, want what to write", err)
	}
}

// A port that is kept answers again after a Run has ended, and who came in between is answered then.
func TestAKeptPortOutlivesARun(t *testing.T) {
	l, err := open("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.End()
	answers := func(words string) (end func()) {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		if err := l.Open(); err != nil {
			t.Fatal(err)
		}
		h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, words) })
		go func() { done <- serve.Run(ctx, l, h, slog.New(slog.DiscardHandler)) }()
		return func() {
			cancel()
			if err := <-done; err != nil {
				t.Errorf("the run ended with %v", err)
			}
		}
	}
	get := func() string {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
		r, err := client.Get("http://" + l.Addr().String())
		if err != nil {
			return err.Error()
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		return string(body)
	}
	end := answers("one")
	if got := get(); got != "one" {
		t.Errorf("got %q, want one", got)
	}
	end()
	between := make(chan string, 1)
	go func() { between <- get() }()
	end = answers("two")
	defer end()
	if got := <-between; got != "two" {
		t.Errorf("got %q of what came in between, want two", got)
	}
}

func open(address string) (*serve.Kept, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, serve.NotOpened(err, "serve.listen", address)
	}
	return serve.Keep(l)
}
