package sitemap_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"herald/source/remote"
	"herald/source/sitemap"
)

// What a server said keeps the next process from asking: until its moment, and while the sitemaps stand of which all pages are read.
func TestSaidInAnEarlierProcess(t *testing.T) {
	f, known := newFar(t), taken{}
	for _, path := range []string{"/a", "/b"} {
		f.put(path, "2026-01-01", pageOf("글", "글"))
	}
	fresh := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Fresh", "30m")
		fmt.Fprint(w, f.sitemap())
	}
	f.says("/sitemap.xml", fresh)
	first := f.open(nil)
	next := func(anew bool) *sitemap.Source {
		s := f.open(nil)
		s.Heed(first.Said())
		s.Recall(first.Memory(), anew)
		f.all()
		return s
	}
	known.scan(t.Context(), t, first, f)
	f.put("/c", "2026-01-01", pageOf("글", "글"))
	s := next(false)
	if got := what(known.scan(t.Context(), t, s, f)); got != "" || len(f.all()) != 0 || !s.Stays("anything") || !s.Changes() || s.Left() != "" {
		t.Errorf("got %q, left %q, want nothing asked and nothing gone", got, s.Left())
	}
	if s.Said() != first.Said() {
		t.Errorf("got %+v, want what was said kept on: %+v", s.Said(), first.Said())
	}
	f.says("/c", status(503))
	if got := what(known.scan(t.Context(), t, next(true), f)); got != "" || len(f.all()) == 0 {
		t.Errorf("got %q, want all asked for where everything is to be listed", got)
	}
	f.move(time.Minute)
	known.scan(t.Context(), t, first, f)
	f.move(29 * time.Minute)
	f.says("/c", status(503))
	known.scan(remote.Wished(t.Context()), t, first, f)
	if said := first.Said(); said.Fresh != 0 {
		t.Errorf("got %+v while a page is to be read again, want it to be asked", said)
	}
	f.says("/c", status(429, "Retry-After: 3600"))
	f.move(time.Hour)
	known.scan(t.Context(), t, first, f)
	s = next(false)
	s.Fetch(t.Context(), known.seen)
	if _, err := s.Load(t.Context(), f.server.URL+"/a"); err == nil || !strings.Contains(err.Error(), "left alone until") || len(f.all()) != 0 {
		t.Errorf("got %v, want nobody asked before the time", err)
	}
	f.says("/c", nil)
	if got := what(known.scan(remote.Wished(t.Context()), t, s, f)); got != "/c new" {
		t.Errorf("got %q where somebody wants it now, want the page", got)
	}
}
