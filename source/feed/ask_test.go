package feed_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// What a Fetch brings is listed and loaded without another question; what goes wrong meanwhile is told by the listing, and harms
// nothing that was known.
func TestWhatIsFetchedIsListedWithoutAsking(t *testing.T) {
	r := newRemote(t)
	r.set("/feed", rss("a|가", "b|나"))
	s := r.open(nil)
	fetch := func() { s.Fetch(t.Context(), func(func(string, string) bool) {}) }
	s.Recall("", true)
	fetch()
	r.asked()
	s.Recall("", true)
	if got := keys(t, s); !slices.Equal(got, []string{"a", "b"}) || len(r.asked()) != 0 {
		t.Errorf("got %q, want both without another question", got)
	}
	kept := s.Memory()
	r.set("/feed", rss("c|다"))
	fetch()
	if got := s.Memory(); got != kept {
		t.Errorf("got the memory %s while what was fetched is not listed, want %s", got, kept)
	}
	if got := keys(t, s); !slices.Equal(got, []string{"c"}) || s.Memory() == kept {
		t.Errorf("got %q and the memory %s, want what was fetched since", got, s.Memory())
	}
	r.fails(http.StatusBadGateway)
	fetch()
	for _, err := range s.List(t.Context()) {
		if err == nil || !strings.Contains(err.Error(), "502") {
			t.Errorf("got %v, want the answer 502", err)
		}
	}
	if _, err := s.Load(t.Context(), "c"); err != nil {
		t.Errorf("got %v, want what is known loaded", err)
	}
	next := r.open(nil)
	next.Recall(s.Memory(), false)
	r.fails(0)
	next.Fetch(t.Context(), func(func(string, string) bool) {})
	next.Recall(s.Memory(), false)
	if got := keys(t, next); len(got) != 0 || !next.Stays("c") {
		t.Errorf("a new process got %q, want nothing listed that it knows to be the same", got)
	}
	r.asked()
	next.Recall(s.Memory(), true)
	if got := keys(t, next); !slices.Equal(got, []string{"c"}) || len(r.asked()) != 1 {
		t.Errorf("a new process got %q, want all once it must list all", got)
	}
}

// A sitemap in the place of a feed is named: its source lacks a type.
func TestASitemapIsNoFeed(t *testing.T) {
	for _, doc := range []string{`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>`, "<?xml version='1.0'?><sitemapindex></sitemapindex>"} {
		r := newRemote(t)
		r.set("/feed", doc)
		if got := failure(t, r.open(nil)); !strings.HasSuffix(got, "it is a sitemap: the source needs type: sitemap") {
			t.Errorf("%s: got %q, want the type named", doc, got)
		}
	}
}
