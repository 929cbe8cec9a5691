package json_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	cms "herald/source/json"
	"herald/source/remote"
)

// What the server said keeps the next process from asking: until its moment, and while the list stands. An item that is asked for alone says
// nothing of the list.
func TestSaidInAnEarlierProcess(t *testing.T) {
	for _, preset := range []string{"", cms.WordPress, cms.Ghost} {
		y := filled(t, 8)
		y.fresh = time.Hour
		first := y.open(t, preset, nil)
		keysOf(t, first)
		next := func(anew bool) *cms.Source {
			s := y.open(t, preset, nil)
			s.Heed(first.Said())
			s.Recall(first.Memory(), anew)
			y.asked()
			return s
		}
		s := next(false)
		if got := keysOf(t, s); len(got) != 0 || !s.Stays("7") || !s.Changes() || len(y.asked()) != 0 {
			t.Errorf("%s: got %q, want nothing asked and nothing gone", preset, got)
		}
		s = next(true)
		if got := keysOf(t, s); len(got) != 8 || s.Changes() {
			t.Errorf("%s: got %q where everything is to be listed, want it listed", preset, got)
		}
		y.later(2 * time.Hour)
		if keysOf(t, next(false)); len(y.asked()) == 0 {
			t.Errorf("%s: got no request once the list stands no longer, want one", preset)
		}
		y.fresh, y.before = 0, at(1, func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusServiceUnavailable)
			return true
		})
		y.asked()
		if _, err := listed(t, first); err == nil {
			t.Errorf("%s: got a listing of a server that is busy, want an error", preset)
		}
		s = next(false)
		if _, err := listed(t, s); err == nil || !strings.Contains(err.Error(), "left alone until") || len(y.asked()) != 0 {
			t.Errorf("%s: got %v, want nobody asked before the time", preset, err)
		}
		y.before = nil
		for _, err := range s.List(remote.Wished(t.Context())) {
			if err != nil {
				t.Errorf("%s: got %v where somebody wants it now, want it asked", preset, err)
			}
		}
	}
	y := filled(t, 8)
	s := y.open(t, cms.WordPress, nil)
	keysOf(t, s)
	y.later(time.Hour)
	y.fresh = time.Hour
	if _, err := s.Load(t.Context(), "7"); err != nil {
		t.Fatal(err)
	}
	if said := s.Said(); said.Fresh != 0 {
		t.Errorf("got a list that stands until %v, by what an item said", time.UnixMilli(said.Fresh))
	}
}
