package memory_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"herald/cmd/internal/intake/memory"
	"herald/cmd/internal/ledger"
	"herald/source/feed"
	"herald/source/remote"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// blog is a feed on a real server, and the state that keeps what it said.
type blog struct {
	t      *testing.T
	ledger *ledger.Ledger
	url    string
	asked  int
	status int
	fresh  time.Duration
}

func newBlog(t *testing.T) *blog {
	b := &blog{t: t, status: http.StatusOK, fresh: 30 * time.Minute}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		b.asked++
		w.WriteHeader(b.status)
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Harbour</title><item><title>One</title><link>https://blog.example.com/1</link></item></channel></rss>`)
	}))
	t.Cleanup(server.Close)
	b.url = server.URL + "/feed"
	var err error
	if b.ledger, err = ledger.Open(t.Context(), filepath.Join(t.TempDir(), "herald.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.ledger.Close() })
	return b
}

func (b *blog) fetch(ctx context.Context, r remote.Request) (*remote.Answer, error) {
	a, err := http.Get(r.URL)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	answer := &remote.Answer{Status: a.StatusCode, URL: r.URL, Header: a.Header, MaxAge: b.fresh, RetryAfter: time.Hour}
	answer.Body = make([]byte, 1<<10)
	n, _ := a.Body.Read(answer.Body)
	answer.Body = answer.Body[:n]
	return answer, nil
}

// process is a scan by a new process, which applies what it lists or does not. It returns how often the server was asked.
func (b *blog) process(as string, applies bool) int {
	b.t.Helper()
	src := feed.New(feed.Config{URL: b.url, Fetch: b.fetch, Now: func() time.Time { return noon }})
	o, before := memory.Of{Name: "blog", Source: src, As: as}, b.asked
	err := b.ledger.Read(b.t.Context(), func(tx *ledger.Tx) error { return o.Recall(tx, false) })
	for _, listErr := range src.List(b.t.Context()) {
		applies = applies && listErr == nil
	}
	err = errors.Join(err, b.ledger.Write(b.t.Context(), func(tx *ledger.Tx) error { return o.Keep(tx, applies) }))
	if err != nil {
		b.t.Fatal(err)
	}
	return b.asked - before
}

// said is what the state says of the next request.
func (b *blog) said() (said remote.Said) {
	b.t.Helper()
	err := b.ledger.Read(b.t.Context(), func(tx *ledger.Tx) (err error) {
		said, err = memory.Said(tx, "blog")
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return said
}

// That an answer stands is kept only once it is applied, or what was held would never be asked for again; that a server wants to be left alone always is.
func TestWhatAServerSaidIsKept(t *testing.T) {
	b := newBlog(t)
	for _, step := range []struct {
		name    string
		as      string
		status  int
		applies bool
		asked   int
		next    time.Duration
	}{
		{"the first", "a", http.StatusOK, false, 1, 0},
		{"one that is held is asked for again", "a", http.StatusOK, true, 1, 30 * time.Minute},
		{"one that was applied stands", "a", http.StatusOK, true, 0, 30 * time.Minute},
		{"read otherwise it is asked for again", "b", http.StatusOK, true, 1, 30 * time.Minute},
		{"a server that is busy", "c", http.StatusServiceUnavailable, true, 1, time.Hour},
		{"is left alone, however it is read", "d", http.StatusOK, true, 0, time.Hour},
	} {
		b.status = step.status
		if asked := b.process(step.as, step.applies); asked != step.asked {
			t.Errorf("%s: asked %d times, want %d", step.name, asked, step.asked)
		}
		want := time.Time{}
		if step.next > 0 {
			want = noon.Add(step.next)
		}
		if got := b.said().Next(noon); !got.Equal(want) {
			t.Errorf("%s: got the next request at %s, want %s", step.name, got, want)
		}
	}
}
