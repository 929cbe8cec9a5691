package json_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	cms "herald/source/json"
)

// recorded are the answers of a Ghost 5.130 in the zone of Seoul, five posts a page, as they came; its address alone was changed. See
// testdata/ghost/README.md.
type recorded struct {
	*system
	t *testing.T
}

func newRecorded(t *testing.T) *recorded {
	r := &recorded{newSystem(t), t}
	r.clock = time.Date(2026, 11, 29, 2, 36, 0, 0, time.UTC)
	r.before = func(_ int, w http.ResponseWriter, q *http.Request) bool {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Write(r.file(answerTo(q)))
		return true
	}
	return r
}

// answerTo returns the name of the file that holds what Ghost answered.
func answerTo(q *http.Request) string {
	query := q.URL.Query()
	filter := query.Get("filter")
	switch {
	case filter == "":
		return "page-" + query.Get("page")
	case strings.HasPrefix(filter, "updated_at:>'2026-11-29 "):
		return "changed"
	case filter == "id:'6b0b8929bfa7ef26d704f8ee'":
		return "one"
	}
	return "gone"
}

func (r *recorded) file(name string) []byte {
	body, err := os.ReadFile("testdata/ghost/" + name + ".json")
	if err != nil {
		r.t.Error(err)
	}
	return body
}

func TestGhostAsItAnswers(t *testing.T) {
	r := newRecorded(t)
	s := r.open(t, cms.Ghost, nil)
	var all strings.Builder
	for _, key := range keysOf(t, s) {
		fmt.Fprintf(&all, "%s\n%s", key, told(s.Load(t.Context(), key)))
	}
	golden(t, "ghost/articles.txt", all.String())
	if got := len(r.asked()); got != 3 {
		t.Errorf("got %d questions, want three pages", got)
	}

	next := r.open(t, cms.Ghost, nil)
	next.Recall(s.Memory(), false)
	if got := keysOf(t, next); fmt.Sprint(got) != "[6b0b8928bfa7ef26d704f8e6 6b0b89b88719a9355be8cff8]" {
		t.Errorf("got %q in the next process, want the two that were edited", got)
	}
	r.later(time.Hour)
	if a, err := next.Load(t.Context(), "6b0b8929bfa7ef26d704f8ee"); err != nil || a.Title != "카드" {
		t.Errorf("got %v, %v, want the post that is asked for alone", a, err)
	}
}

// The webhooks that Ghost sent name one post each, whatever else they hold.
func TestGhostsWebhooks(t *testing.T) {
	for name, want := range map[string]struct {
		key   string
		stays bool
	}{
		"hook-edited":      {"6b0b8928bfa7ef26d704f8e6", true},
		"hook-unpublished": {"6b0b8925bfa7ef26d704f8ce", false},
		"hook-deleted":     {"6b0b8926bfa7ef26d704f8d6", false},
	} {
		r := newRecorded(t)
		s := r.open(t, cms.Ghost, nil)
		keysOf(t, s)
		r.asked()
		s.Hear(r.file(name))
		got, asked := keysOf(t, s), len(r.asked())
		if slices.Contains(got, want.key) != want.stays || want.stays && asked != 1 || !want.stays && asked != 2 {
			t.Errorf("%s: got %q by %d questions, want %s there: %t", name, got, asked, want.key, want.stays)
		}
	}
}

func TestGhostsRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		want   string
	}{
		"unknown-key": {401, "answered 401 Unauthorized: Unknown Content API Key"},
		"no-key":      {403, "answered 403 Forbidden: Authorization failed: Unable to determine the authenticated member or integration"},
		"bad-filter":  {400, "answered 400 Bad Request: Request not understood error, cannot list posts"},
	} {
		r := newRecorded(t)
		r.before = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(test.status)
			w.Write(r.file(name))
			return true
		}
		if _, err := listed(t, r.open(t, cms.Ghost, nil)); err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "key=") {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}

// A page that breaks off anywhere is none.
func TestO7APageOfGhostThatIsCut(t *testing.T) {
	r := newRecorded(t)
	whole := r.file("page-2")
	for at := 0; at < len(whole)-2; at += len(whole) / 40 {
		answered := r.before
		y := newRecorded(t)
		y.before = func(n int, w http.ResponseWriter, q *http.Request) bool {
			if q.URL.Query().Get("page") == "2" {
				w.Write(whole[:at])
				return true
			}
			return answered(n, w, q)
		}
		if keys, err := listed(t, y.open(t, cms.Ghost, nil)); err == nil || len(keys) > 0 || !strings.Contains(err.Error(), "page 2: ") {
			t.Errorf("cut at %d: got %q, %v, want the listing void", at, keys, err)
		}
	}
}
