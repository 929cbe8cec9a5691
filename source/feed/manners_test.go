package feed_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

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

// While a server says that its answer stands, scans by schedule ask nobody and list what is known; whoever wants to know asks.
func TestFreshness(t *testing.T) {
	r := newRemote(t)
	r.header.Set("X-Fresh", "90m") // an hour is believed
	r.set("/feed", rss("a|하나"))
	s := r.open(nil)
	scheduled := func() (all []string) {
		for e, err := range s.List(remote.Scheduled(t.Context())) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, e.Key)
		}
		return all
	}
	scheduled()
	r.answers["/feed"] = rss("a|하나", "b|둘")
	if got := scheduled(); !slices.Equal(got, []string{"a"}) || len(r.asked()) != 1 {
		t.Errorf("got %q, want what stands, and one request", got)
	}
	if got := keys(t, s); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q, want the feed as it is where somebody asks", got)
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
