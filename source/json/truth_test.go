package json_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	cms "herald/source/json"
	"herald/source/remote"
)

// listed returns the keys that a source lists, and why it does not.
func listed(t *testing.T, s *cms.Source) (keys []string, err error) {
	t.Helper()
	for e, err := range s.List(t.Context()) {
		if err != nil {
			return keys, err
		}
		keys = append(keys, e.Key)
	}
	return keys, nil
}

// keysOf lists a source that must be readable.
func keysOf(t *testing.T, s *cms.Source) []string {
	t.Helper()
	keys, err := listed(t, s)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// filled returns a system that holds posts 7, 8, …
func filled(t *testing.T, posts int) *system {
	y := newSystem(t)
	for i := range posts {
		y.put(0, fmt.Sprintf("글 %d", i), fmt.Sprintf("<p>본문 %d</p>", i))
	}
	return y
}

// at returns a hook that does something before the request of a number is answered.
func at(n int, do func(w http.ResponseWriter, q *http.Request) bool) func(int, http.ResponseWriter, *http.Request) bool {
	return func(number int, w http.ResponseWriter, q *http.Request) bool { return number == n && do(w, q) }
}

// What a system answers in the place of a page voids the listing, wherever it comes; nothing is taken as gone, and nothing becomes an
// article.
func TestO7AFaultOfASystemVoidsTheListing(t *testing.T) {
	faults := map[string]struct {
		answer func(w http.ResponseWriter, q *http.Request) bool
		want   string
	}{
		"500": {func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(500); return true }, "answered 500"},
		"401 with words": {func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(401)
			fmt.Fprint(w, `{"code":"rest_x","message":"로그인\n하세요"}`)
			return true
		}, "answered 401 Unauthorized: 로그인 하세요"},
		"page":    {func(w http.ResponseWriter, _ *http.Request) bool { fmt.Fprint(w, "<!doctype html>점검"); return true }, "answered with a page"},
		"nothing": {func(http.ResponseWriter, *http.Request) bool { return true }, "answered with nothing"},
		"fault with 200": {func(w http.ResponseWriter, _ *http.Request) bool {
			fmt.Fprint(w, `{"errors":[{"message":"한도를 넘었다"}]}`)
			return true
		}, "answered 200 with a fault: 한도를 넘었다"},
		"null": {func(w http.ResponseWriter, _ *http.Request) bool { fmt.Fprint(w, "null"); return true }, "no list"},
		"cut": {func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, `[{"id": 1`)
			return true
		}, "unexpected EOF"},
		"cut without a length": {func(w http.ResponseWriter, _ *http.Request) bool { fmt.Fprint(w, `[{"id": 1},`); return true }, "no whole JSON document"},
		"another list": {func(w http.ResponseWriter, _ *http.Request) bool {
			fmt.Fprint(w, `{"data":{"rows":[]},"x":[1]}`)
			return true
		}, "data.rows"},
	}
	for _, kind := range kinds {
		for name, fault := range faults {
			for number := 1; number <= 3; number++ {
				t.Run(fmt.Sprintf("%s/%s/%d", kind.preset, name, number), func(t *testing.T) {
					y := filled(t, 8)
					y.before = at(number, fault.answer)
					keys, err := listed(t, y.open(t, kind.preset, nil))
					if err == nil || len(keys) != 0 || !strings.Contains(err.Error(), fault.want) || !strings.Contains(err.Error(), y.server.URL) {
						t.Errorf("got %q, %v, want no entry, %q and the address", keys, err, fault.want)
					}
				})
			}
		}
	}
}

// Each page is asked for once: what was listed is loaded without another question.
func TestAFirstListingAsksForEachPageOnce(t *testing.T) {
	for _, kind := range kinds {
		y := filled(t, 8)
		s := y.open(t, kind.preset, nil)
		for _, key := range keysOf(t, s) {
			if _, err := s.Load(t.Context(), key); err != nil {
				t.Error(err)
			}
		}
		if got := y.asked(); len(got) != 3 {
			t.Errorf("%s: got %q, want three pages", kind.preset, got)
		}
		s.Fetch(t.Context(), nil)
		keys := keysOf(t, s)
		y.later(time.Hour)
		y.asked()
		if _, err := s.Load(t.Context(), keys[0]); err != nil || len(y.asked()) != 0 {
			t.Errorf("%s: got %v, want what was fetched last, however long ago", kind.preset, err)
		}
	}
}

// An item that moves to a page that was read already, because another was removed meanwhile, is there all the same, also where one more
// is written, so that the count is as before.
func TestAnItemThatMovesBetweenPagesIsNotLost(t *testing.T) {
	for _, kind := range kinds[1:] {
		for _, written := range []int{0, 1} {
			t.Run(fmt.Sprint(kind.preset, written), func(t *testing.T) {
				y := filled(t, 8)
				s := y.open(t, kind.preset, nil)
				keysOf(t, s)
				y.later(25 * time.Hour)
				y.asked()
				y.before = at(2, func(http.ResponseWriter, *http.Request) bool {
					y.remove(7)
					y.posts = append(y.posts, []post{{id: 99, title: "새 글", changed: y.clock}}[:written]...)
					return false
				})
				got := keysOf(t, s)
				y.before = nil
				lost := kind.key(10) // the first of the second page
				if slices.Contains(got, lost) || !s.Stays(lost) {
					t.Errorf("got %q, it stays %t, want it missing from the pages and there all the same", got, s.Stays(lost))
				}
				y.later(25 * time.Hour)
				if keysOf(t, s); s.Stays(kind.key(7)) {
					t.Error("got what was removed still there, want it gone")
				}
			})
		}
	}
}

// An item that is met again in a later page, for another came in before it, is one.
func TestAnItemInTwoPagesIsOne(t *testing.T) {
	for _, kind := range kinds {
		y := filled(t, 8)
		y.before = at(2, func(http.ResponseWriter, *http.Request) bool {
			y.posts = slices.Insert(y.posts, 0, post{id: 3, title: "끼어든 글", changed: y.clock})
			return false
		})
		if got := keysOf(t, y.open(t, kind.preset, nil)); len(got) != 8 {
			t.Errorf("%s: got %q, want the eight that there were", kind.preset, got)
		}
	}
}

// Between full listings what has changed is asked for, also by the next process; only a full one tells what is gone.
func TestIncrements(t *testing.T) {
	for _, kind := range kinds[1:] {
		t.Run(kind.preset, func(t *testing.T) {
			y := filled(t, 8)
			first := y.open(t, kind.preset, nil)
			keysOf(t, first)
			memory := first.Memory()
			y.mu.Lock()
			y.remove(8)
			y.mu.Unlock()
			y.put(9, "고친 글", "<p>고친 본문</p>")
			y.asked()
			next := y.open(t, kind.preset, nil)
			next.Recall(memory, false)
			got := keysOf(t, next)
			asked := y.asked()
			if !slices.Contains(got, kind.key(9)) || len(got) > 3 || len(asked) != 1 || !next.Stays(kind.key(8)) {
				t.Errorf("got %q by %q, want what has changed lately, and nothing gone", got, asked)
			}
			if a, err := next.Load(t.Context(), kind.key(9)); err != nil || a.Title != "고친 글" || len(y.asked()) != 0 {
				t.Errorf("got %v, %v, want the item that was listed", a, err)
			}
			if a, err := next.Load(t.Context(), kind.key(11)); err != nil || a.Title != "글 4" || len(y.asked()) != 1 {
				t.Errorf("got %v, %v, want an item that was not listed asked for alone", a, err)
			}
			y.later(24 * time.Hour)
			next.Recall(next.Memory(), false)
			if got := keysOf(t, next); len(got) != 7 || next.Stays(kind.key(8)) {
				t.Errorf("got %q a day later, want all, and what was removed gone", got)
			}
			y.put(9, "다시 고친 글", "<p>본문</p>")
			y.asked()
			if got := keysOf(t, next); len(got) != 7 || len(y.asked()) != 1 || next.Stays(kind.key(8)) {
				t.Errorf("got %q in the same process, want all known, by one question", got)
			}
			anew := y.open(t, kind.preset, nil)
			anew.Recall(memory, true)
			if got := keysOf(t, anew); len(got) != 7 {
				t.Errorf("got %q, want all where all is asked for", got)
			}
		})
	}
}

// A change that a system dates into the future hides no later one.
func TestAChangeOfTheFutureHidesNone(t *testing.T) {
	for _, kind := range kinds[1:] {
		y := filled(t, 8)
		y.posts[3].changed = y.clock.AddDate(50, 0, 0)
		first := y.open(t, kind.preset, nil)
		keysOf(t, first)
		y.later(3 * time.Hour)
		y.put(9, "고친 글", "<p>고친 본문</p>")
		next := y.open(t, kind.preset, nil)
		next.Recall(first.Memory(), false)
		if got := keysOf(t, next); !slices.Contains(got, kind.key(9)) {
			t.Errorf("%s: got %q, want the change", kind.preset, got)
		}
	}
}

// What was fetched but not applied is asked for again.
func TestAnIncrementThatWasNotAppliedIsAskedForAgain(t *testing.T) {
	y := filled(t, 8)
	first := y.open(t, cms.WordPress, nil)
	keysOf(t, first)
	memory := first.Memory()
	next := y.open(t, cms.WordPress, nil)
	y.put(9, "고친 글", "<p>고친 본문</p>")
	for i := range 3 {
		y.later(3 * time.Hour) // what overlaps is less
		y.put(10+i, "고친 글", "<p>고친 본문</p>")
		next.Recall(memory, false)
		next.Fetch(t.Context(), nil)
		next.Recall(memory, false)
		y.asked()
		if got := keysOf(t, next); !slices.Contains(got, "9") || len(y.asked()) != 0 {
			t.Errorf("got %q, want the change, without another question", got)
		}
	}
}

// A server that is busy for a moment is waited for within a listing; one that is longer voids it, and is left alone.
func TestRetryAfterWithinAListing(t *testing.T) {
	y := filled(t, 8)
	busy := func(seconds string) func(int, http.ResponseWriter, *http.Request) bool {
		return at(2, func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Retry-After", seconds)
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		})
	}
	y.before = busy("3")
	if got := keysOf(t, y.open(t, cms.WordPress, nil)); len(got) != 8 || fmt.Sprint(y.waited) != "[3s]" {
		t.Errorf("got %q after %v, want all after three seconds", got, y.waited)
	}
	y.asked()
	y.before = busy("3600")
	s := y.open(t, cms.WordPress, nil)
	if _, err := listed(t, s); err == nil || !strings.Contains(err.Error(), "page 2: answered 429") {
		t.Errorf("got %v, want the listing void", err)
	}
	if _, err := listed(t, s); err == nil || !strings.Contains(err.Error(), "left alone until") || len(y.asked()) != 2 {
		t.Errorf("got %v, want nobody asked before the time", err)
	}
}

// A full listing that breaks off, for its time is up or the server fails, goes on where it was.
func TestAListingThatBrokeOffGoesOn(t *testing.T) {
	y := filled(t, 8)
	s := y.open(t, cms.WordPress, nil)
	y.before = at(3, func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusBadGateway); return true })
	if _, err := listed(t, s); err == nil || !strings.Contains(err.Error(), "page 3: answered 502") {
		t.Errorf("got %v, want the listing void", err)
	}
	y.asked()
	y.before = nil
	if got := keysOf(t, s); len(got) != 8 || len(y.asked()) != 1 {
		t.Errorf("got %q, want all, by the page that was missing", got)
	}
	for _, pause := range []time.Duration{time.Minute, 2 * time.Hour} {
		y = filled(t, 8)
		s = y.open(t, cms.Ghost, nil)
		y.before = at(2, func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusBadGateway); return true })
		if _, err := listed(t, s); err == nil {
			t.Error("got no error, want the listing void")
		}
		y.later(pause)
		y.asked()
		y.before = nil
		if got := keysOf(t, s); len(got) != 8 || len(y.asked()) != map[bool]int{true: 2, false: 3}[pause < time.Hour] {
			t.Errorf("got %q after %s, want all, from the beginning only after an hour", got, pause)
		}
	}
}

// While a server says that its answer stands, scans by schedule ask nobody, in a process that has not listed everything, too.
func TestFreshness(t *testing.T) {
	for _, kind := range kinds {
		y := filled(t, 2)
		y.fresh = 30 * time.Minute
		first := y.open(t, kind.preset, nil)
		keysOf(t, first)
		next := y.open(t, kind.preset, nil)
		for i, s := range []*cms.Source{first, next, next} {
			s.Recall(first.Memory(), false)
			if i == 1 {
				keysOf(t, s)
			}
			memory := s.Memory()
			y.asked()
			y.later(10 * time.Minute)
			s.Recall(memory, false)
			for _, err := range s.List(remote.Scheduled(t.Context())) {
				if err != nil {
					t.Fatal(err)
				}
			}
			if got := y.asked(); len(got) != 0 {
				t.Errorf("%s, %d: got %q, want nobody asked", kind.preset, i, got)
			}
		}
		y.asked()
		y.later(time.Hour)
		for range first.List(remote.Scheduled(t.Context())) {
		}
		if len(y.asked()) == 0 {
			t.Errorf("%s: got nobody asked after the time, want a question", kind.preset)
		}
	}
}

// A list that did not change costs a question without an answer a page, and one of one page in the next process, too.
func TestUnchanged(t *testing.T) {
	for _, posts := range []int{2, 8} {
		y := filled(t, posts)
		y.etags = true
		s := y.open(t, "", nil)
		before := keysOf(t, s)
		if got := keysOf(t, s); !slices.Equal(got, before) {
			t.Errorf("got %q, want %q", got, before)
		}
		y.later(time.Hour)
		if _, err := s.Load(t.Context(), before[0]); err != nil {
			t.Error(err)
		}
		entries := func() (all []string) {
			for e := range s.List(t.Context()) {
				all = append(all, e.Key+" "+e.Fingerprint)
			}
			return all
		}
		was := entries()
		y.put(6+posts, "고친 글", "<p>고친 본문</p>")
		if got := entries(); len(got) != posts || slices.Equal(got, was) || got[0] != was[0] && posts == 8 {
			t.Errorf("got %q, want another fingerprint of the last, after %q", got, was)
		}
		next := y.open(t, "", nil)
		next.Recall(s.Memory(), false)
		got := keysOf(t, next)
		if want := posts == 2; (len(got) == 0) != want || want && !next.Stays(before[0]) {
			t.Errorf("%d posts: got %q in the next process, want nothing of one page, all of several", posts, got)
		}
	}
}
