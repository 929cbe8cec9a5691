package edition_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
)

// histories is how many random histories a run lives through; HERALD_HISTORIES says another number,
// HERALD_HISTORY_SEED where to begin.
func histories() (from, count uint64) {
	number := func(name string, otherwise uint64) uint64 {
		if n, err := strconv.ParseUint(os.Getenv(name), 10, 64); err == nil {
			return n
		}
		return otherwise
	}
	return number("HERALD_HISTORY_SEED", 0), number("HERALD_HISTORIES", 30)
}

// TestRandomHistories lives through random series of edits and holds the promises after each step:
// what stands equals a clean build from the same ledger, ids never change, times in the feed are
// unique and fall strictly, the world is told of exactly what changed, and an idle pass is silent.
func TestRandomHistories(t *testing.T) {
	from, count := histories()
	for seed := from; seed < from+count; seed++ {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			t.Parallel()
			newHistory(t, seed).live(25)
		})
	}
}

type history struct {
	*newsroom
	rand  *rand.Rand
	ids   map[string]string // word that stands in the body of one article -> its id
	alive []string          // keys
	count int
}

func newHistory(t *testing.T, seed uint64) *history {
	random := rand.New(rand.NewPCG(seed, 7))
	n := newNewsroom(t, func(s *edition.Settings) {
		s.Guard = nil
		s.Feed.Items = 3 + int(seed%8)
		s.Sitemap.URLsPerFile = 6 + int(seed%20)
	})
	return &history{newsroom: n, rand: random, ids: map[string]string{}}
}

func (h *history) live(steps int) {
	for range 4 {
		h.add()
	}
	h.pass()
	h.deliver()
	h.world.heard()
	for range steps {
		name := h.step()
		h.pass()
		h.check(name)
		if h.rand.IntN(4) == 0 {
			h.open()
		}
		before := h.documents()
		h.now = h.now.Add(-time.Minute) // the same moment again: nothing becomes due
		_, pub := h.pass()
		if pub.Edition != 0 || len(pub.Notices) != 0 || !maps.Equal(before, h.documents()) {
			h.t.Fatalf("after %s: an idle pass published %q and queued %v", name, pub.Written, pub.Notices)
		}
	}
}

func (h *history) step() string {
	steps := []struct {
		name string
		do   func()
	}{
		{"add", h.add}, {"add", h.add}, {"edit", h.edit}, {"delete", h.delete}, {"rename", h.move}, {"retitle", h.retitle},
		{"draft", func() { h.meta("draft: true") }}, {"noindex", func() { h.meta("robots: noindex") }}, {"nofeed", func() { h.meta("feed: false") }},
		{"schedule", func() {
			h.meta("date: " + h.now.Add(time.Duration(h.rand.IntN(7200))*time.Second).Format(time.RFC3339))
		}},
		{"expire", func() {
			h.meta("expires: " + h.now.Add(time.Duration(h.rand.IntN(3600))*time.Second).Format(time.RFC3339))
		}},
		{"break", func() { h.meta("date: 언젠가") }},
		{"wait", func() { h.now = h.now.Add(time.Duration(h.rand.IntN(5000)) * time.Second) }},
		{"empty outputs", func() { h.must(os.RemoveAll(h.path("public"))) }},
	}
	s := steps[h.rand.IntN(len(steps))]
	s.do()
	return s.name
}

func (h *history) pick() string {
	if len(h.alive) == 0 {
		h.add()
	}
	return h.alive[h.rand.IntN(len(h.alive))]
}

func (h *history) add() {
	h.count++
	key := fmt.Sprintf("글-%03d.md", h.count)
	meta := "title: 소식"
	if h.rand.IntN(2) == 0 {
		meta += "\ndate: " + time.Date(2026, 1, 1+h.rand.IntN(60), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	h.write(key, fmt.Sprintf("---\n%s\n---\n\n표식%03d 본문이다.\n", meta, h.count))
	h.alive = append(h.alive, key)
}

func (h *history) change(key string, f func(string) string) {
	text, err := os.ReadFile(h.path("articles", key))
	h.must(err)
	h.write(key, f(string(text)))
}

func (h *history) edit() {
	key := h.pick()
	h.change(key, func(s string) string { return s + fmt.Sprintf("\n고침 %d\n", h.rand.IntN(1000)) })
	if h.rand.IntN(2) == 0 {
		h.look(key) // a scan finds nothing more, or what the look left alone
	}
}

func (h *history) retitle() {
	h.change(h.pick(), func(s string) string {
		return strings.Replace(s, "title: ", fmt.Sprintf("title: 새 %d ", h.rand.IntN(10)), 1)
	})
}

func (h *history) meta(line string) {
	name, _, _ := strings.Cut(line, ":")
	h.change(h.pick(), func(s string) string {
		lines := strings.Split(s, "\n")
		kept := slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, name+":") })
		if len(kept) < len(lines) && h.rand.IntN(2) == 0 {
			return strings.Join(kept, "\n") // undraft, unschedule, mend
		}
		return strings.Replace(strings.Join(kept, "\n"), "---\n", "---\n"+line+"\n", 1)
	})
}

func (h *history) delete() {
	key := h.pick()
	h.remove(key)
	h.forget(key)
}

func (h *history) move() {
	key := h.pick()
	h.forget(key)
	to := filepath.Join("모음", fmt.Sprintf("옮김-%d-%s", h.rand.IntN(100), filepath.Base(key)))
	h.rename(key, to)
	if text, err := os.ReadFile(h.path("articles", to)); err == nil && strings.Contains(string(text), "언젠가") {
		at := strings.Index(string(text), "표식") // broken and moved: what it said is not known till it is mended
		delete(h.ids, string(text)[at:at+len("표식000")])
	}
	h.alive = append(h.alive, to)
}

func (h *history) forget(key string) {
	h.alive = slices.DeleteFunc(h.alive, func(k string) bool { return k == key })
}

func (h *history) check(step string) {
	h.t.Helper()
	h.sameAsClean()
	items := h.items()
	for i, item := range items {
		if i > 0 && !item.Published.Before(items[i-1].Published) {
			h.t.Fatalf("after %s: times do not fall: %v, %v", step, items[i-1].Published, item.Published)
		}
		at := strings.Index(item.HTML, "표식")
		if at < 0 {
			h.t.Fatalf("after %s: item without its word: %+v", step, item)
		}
		word := item.HTML[at : at+len("표식000")]
		if id, known := h.ids[word]; known && id != item.ID {
			h.t.Fatalf("after %s: id of %s was %q and is %q", step, word, id, item.ID)
		}
		h.ids[word] = item.ID
	}
}
