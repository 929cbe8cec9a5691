package json_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	cms "herald/source/json"
)

// A webhook names what was removed: it is asked for alone, between full listings, and is gone then, in the process that listed it
// and in the next. What it names that still stands, stays.
func TestAWebhookNamesWhatIsGone(t *testing.T) {
	for _, kind := range kinds[1:] {
		for form, body := range map[string]func(key string) string{
			"Ghost": func(key string) string {
				return fmt.Sprintf(`{"post":{"current":{},"previous":{"id":%q,"authors":[{"id":"1"}]}}}`, key)
			},
			"number": func(key string) string {
				return fmt.Sprintf(`{"event":"trashed","post_id":%s,"post":{"ID":"%s"}}`, asJSON(key), key)
			},
			"form": func(key string) string { return "hook=delete_post&ID=" + key },
			"list": func(key string) string { return fmt.Sprintf(`[{"entry":{"uuid":%q}}]`, key) },
		} {
			t.Run(kind.preset+"/"+form, func(t *testing.T) {
				y := filled(t, 8)
				first := y.open(t, kind.preset, nil)
				keysOf(t, first)
				next := y.open(t, kind.preset, nil)
				next.Recall(first.Memory(), false)
				y.mu.Lock()
				y.remove(8)
				y.mu.Unlock()
				for process, s := range map[string]*cms.Source{"the same process": first, "the next": next} {
					s.Hear([]byte(body(kind.key(8))))
					s.Hear([]byte(body(kind.key(9))))
					got := keysOf(t, s)
					if slices.Contains(got, kind.key(8)) || s.Stays(kind.key(8)) {
						t.Errorf("%s: got %q, want what was named and removed gone", process, got)
					}
					if !slices.Contains(got, kind.key(9)) && !s.Stays(kind.key(9)) || !slices.Contains(got, kind.key(10)) && !s.Stays(kind.key(10)) {
						t.Errorf("%s: got %q, want what stands to stay", process, got)
					}
				}
			})
		}
	}
}

func asJSON(key string) string {
	for _, r := range key {
		if r < '0' || r > '9' {
			return fmt.Sprintf("%q", key)
		}
	}
	if len(key) > 15 {
		return fmt.Sprintf("%q", key)
	}
	return key
}

// What belongs to the item that a webhook names, its authors and revisions, costs no question.
func TestAWebhookNamesOneItem(t *testing.T) {
	bodies := map[string]string{
		cms.WordPress: `{"event_id":"e-1","id":"evt_12","data":{"post_id":9,"post":{"ID":9,"post_author":"3"},"author":{"id":3},"terms":[{"id":4},{"id":5}]}}`,
		cms.Ghost: `{"post":{"current":{"id":"000000000000000000000009","uuid":"5f0c4d1e-0000-4000-8000-000000000000","authors":[{"id":"1","roles":[{"id":"6b0b88e0bfa7ef26d704f608"}]}],
			"post_revisions":[{"id":"6b0b892bbfa7ef26d704f8f4"},{"id":"6b0b892bbfa7ef26d704f8f5"}]},"previous":{"updated_at":"2026-03-02T00:00:00.000Z"}}}`,
	}
	for _, kind := range kinds[1:] {
		y := filled(t, 8)
		s := y.open(t, kind.preset, nil)
		keysOf(t, s)
		y.later(3 * time.Hour) // it is not among what has changed
		y.asked()
		s.Hear([]byte(bodies[kind.preset]))
		if keysOf(t, s); len(y.requests) != kind.changes+1 || !strings.Contains(y.requests[kind.changes], kind.key(9)) {
			t.Errorf("%s: got %q, want the item asked for, and nothing else", kind.preset, y.requests)
		}
	}
}

// Whatever a body holds, it costs few questions; where the item cannot be asked for, it stays.
func TestAWebhookCostsLittle(t *testing.T) {
	y := filled(t, 8)
	s := y.open(t, cms.WordPress, nil)
	keysOf(t, s)
	y.asked()
	var many []byte
	for i := range 10_000 {
		many = fmt.Appendf(many, `{"id":%d},`, i)
	}
	for _, body := range []string{"", "{", "[[[[", `{"id":{"id":["x y"]}}`, "안녕", "[" + string(many) + "0]"} {
		s.Hear([]byte(body))
	}
	if got := keysOf(t, s); len(got) != 8 || len(y.asked()) > 22 {
		t.Errorf("got %q, want all by few questions", got)
	}
	y.mu.Lock()
	y.remove(8)
	y.mu.Unlock()
	s.Hear([]byte(`{"id":8}`))
	y.before = at(3, func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusInternalServerError)
		return true
	})
	if got := keysOf(t, s); !slices.Contains(got, "8") {
		t.Errorf("got %q, want what nobody answers for to stay", got)
	}
	y.before = nil
	if got := keysOf(t, s); slices.Contains(got, "8") {
		t.Errorf("got %q, want it asked for again, and gone", got)
	}
}

// What a webhook names while pages are read may stand in one that was read before.
func TestAWebhookDuringAListingIsNotLost(t *testing.T) {
	for _, kind := range kinds[1:] {
		for name, answered := range map[string]bool{"whole": true, "broken off": false} {
			y := filled(t, 8)
			s := y.open(t, kind.preset, nil)
			y.before = at(2, func(w http.ResponseWriter, _ *http.Request) bool {
				y.remove(7)
				y.clock = y.clock.Add(-time.Hour) // a listing that broke off goes on for a while only
				s.Hear(fmt.Appendf(nil, `{"id":%q}`, kind.key(7)))
				if !answered {
					w.WriteHeader(http.StatusBadGateway)
				}
				return !answered
			})
			if _, err := listed(t, s); (err == nil) != answered {
				t.Fatalf("%s, %s: got %v", kind.preset, name, err)
			}
			y.before = nil
			if !answered {
				keysOf(t, s)
			}
			if got := keysOf(t, s); slices.Contains(got, kind.key(7)) || s.Stays(kind.key(7)) {
				t.Errorf("%s, %s: got %q, want what was named and removed gone", kind.preset, name, got)
			}
		}
	}
}
