package feed_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source/feed"
	"herald/source/remote"
)

// A server that asks for patience gets it.
func TestRetryAfter(t *testing.T) {
	r := newRemote(t)
	s := r.open(nil)
	r.header.Set("Retry-After", "5400")
	r.fails(http.StatusTooManyRequests)
	if got := failure(t, s); !strings.Contains(got, "answered 429") {
		t.Errorf("got %q, want the status", got)
	}
	r.set("/feed", rss("a|하나"))
	r.status["/feed"] = 0
	if got := failure(t, s); !strings.Contains(got, "left alone until 2026-11-01T02:30:00Z") || len(r.asked()) != 1 {
		t.Errorf("got %q, want no request before its time", got)
	}
	r.set("/feed", rss("a|하나"))
	if got := failure(t, s); got != "" {
		t.Errorf("got %q, want it read after its time", got)
	}
}

// While a server says that its answer stands, scans ask nobody and list what is known; whoever wants this feed now asks. What the feed says of
// itself (ttl) counts for scans by schedule alone.
func TestFreshness(t *testing.T) {
	r := newRemote(t)
	r.header.Set("X-Fresh", "90m") // an hour is believed
	r.set("/feed", rss("a|하나"))
	s := r.open(nil)
	list := func(ctx context.Context) (all []string) {
		for e, err := range s.List(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, e.Key)
		}
		return all
	}
	scheduled := func() []string { return list(remote.Scheduled(t.Context())) }
	scheduled()
	r.answers["/feed"] = rss("a|하나", "b|둘")
	if got := scheduled(); !slices.Equal(got, []string{"a"}) || len(r.asked()) != 1 {
		t.Errorf("got %q, want what stands, and one request", got)
	}
	if got := keys(t, s); !slices.Equal(got, []string{"a"}) || len(r.asked()) != 0 {
		t.Errorf("got %q of a build, want what stands, and no request", got)
	}
	if got := list(remote.Wished(t.Context())); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q, want the feed as it is where somebody wants it now", got)
	}
	r.set("/feed", rss("c|셋"))
	if got := scheduled(); !slices.Equal(got, []string{"c"}) {
		t.Errorf("got %q an hour later, want it asked", got)
	}
	r.header.Del("X-Fresh")
	r.set("/feed", strings.Replace(rss("d|넷"), "<channel>", "<channel><ttl>30</ttl>", 1))
	scheduled()
	r.clock = r.clock.Add(29 * time.Minute)
	r.asked()
	if scheduled(); len(r.asked()) != 0 {
		t.Error("got a request within ttl, want none")
	}
	if keys(t, s); len(r.asked()) != 1 {
		t.Error("got no request of a build within ttl, want one")
	}
	r.clock = r.clock.Add(29 * time.Minute)
	r.clock = r.clock.Add(2 * time.Minute)
	if scheduled(); len(r.asked()) != 1 {
		t.Error("got no request after ttl, want one")
	}
}

// A feed that has moved for good is asked for where it is, until it is not there.
func TestMoved(t *testing.T) {
	r := newRemote(t)
	r.set("/feed", rss("a|하나"))
	r.set("/new", rss("a|하나"))
	r.header.Set("X-Moved", "/new")
	s := r.open(nil)
	keys(t, s)
	if got := fmt.Sprint(s.Notes()); got != "[moved permanently to "+r.server.URL+"/new: change url]" {
		t.Errorf("got %s, want the new address named", got)
	}
	next := r.open(nil)
	next.Recall(s.Memory(), true)
	r.asked()
	if keys(t, next); !slices.Equal(r.asked(), []string{"/new"}) {
		t.Error("got the old address, want the one that was told")
	}
	r.status["/new"] = http.StatusNotFound
	r.header.Del("X-Moved")
	if failure(t, next) == "" || failure(t, next) != "" || len(next.Notes()) != 0 {
		t.Error("got no way back to the old address, want it asked after the new one failed")
	}
}

// A server that has too many requests and names no time is left alone for a minute, then for longer.
func TestTooManyRequests(t *testing.T) {
	r := newRemote(t)
	s := r.open(nil)
	r.fails(http.StatusTooManyRequests)
	for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
		if got := failure(t, s); !strings.Contains(got, "answered 429") {
			t.Fatalf("got %q, want it asked", got)
		}
		r.clock = r.clock.Add(pause - time.Second)
		if got := failure(t, s); !strings.Contains(got, "left alone until") {
			t.Errorf("got %q before %s, want no request", got, pause)
		}
		r.clock = r.clock.Add(time.Second)
	}
}

// What the server said keeps the next process, too, from asking, and a feed that stands loses nothing; a change of the address, or of how it is
// read, asks.
func TestSaidInAnEarlierProcess(t *testing.T) {
	r := newRemote(t)
	r.header.Set("X-Fresh", "30m")
	r.set("/feed", rss("a|하나"))
	first := r.open(nil)
	keys(t, first)
	r.asked()
	next := func(anew bool) *feed.Source {
		s := r.open(nil)
		s.Heed(first.Said())
		s.Recall(first.Memory(), anew)
		return s
	}
	s := next(false)
	if got := keys(t, s); len(got) != 0 || !s.Stays("a") || !s.Changes() || len(r.asked()) != 0 {
		t.Errorf("got %q, want nothing asked and nothing gone", got)
	}
	if keys(t, next(true)); len(r.asked()) != 1 {
		t.Error("got no request where everything is to be listed, want one")
	}
	r.clock = r.clock.Add(30 * time.Minute)
	if keys(t, next(false)); len(r.asked()) != 1 {
		t.Error("got no request after its time, want one")
	}
	r.header.Set("Retry-After", "3600")
	r.fails(http.StatusServiceUnavailable)
	failure(t, first)
	r.asked()
	if got := failure(t, next(true)); !strings.Contains(got, "left alone until") || len(r.asked()) != 0 {
		t.Errorf("got %q, want no request before its time", got)
	}
	delete(r.status, "/feed")
	s = next(false)
	for _, err := range s.List(remote.Wished(t.Context())) {
		if err != nil {
			t.Errorf("got %v where somebody wants it now, want it asked", err)
		}
	}
	if len(r.asked()) != 1 {
		t.Error("got no request where somebody wants it now, want one")
	}
}
