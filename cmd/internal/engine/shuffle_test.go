package engine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// shuffled is a folder whose files take each other's names at random. Half of the articles bear an
// id, half of them a date.
type shuffled struct {
	*newsroom
	rand  *rand.Rand
	files map[string]int    // key -> article
	dates map[string]string // id -> its date in feeds
	were  map[int]string    // article -> key, before the last step
	clear bool              // before the last step each id was its file's, and no article in two files
	count int
}

// I1, I3: however files that bear ids take each other's names, are copied over one another, vanish
// and come back, each id stays with its words and its date, and what stands equals a clean build.
func TestI3RandomNames(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t, func(s *settings) { s.Guard = nil })
			h := &shuffled{newsroom: n, rand: rand.New(rand.NewPCG(seed, 11)), files: map[string]int{}, dates: map[string]string{}}
			for range 6 {
				h.add()
			}
			for range 20 {
				name := h.step()
				h.pass()
				h.check(name)
			}
		})
	}
}

func (h *shuffled) key() string { return fmt.Sprintf("글-%d.md", h.rand.IntN(9)) }

func (h *shuffled) put(key string, article int) {
	meta := ""
	if article%2 == 0 {
		meta += fmt.Sprintf("id: urn:x:%d\n", article)
	}
	if article%4 < 2 {
		meta += fmt.Sprintf("date: 2026-02-%02d\n", 1+article%28)
	}
	h.files[key] = article
	h.write(key, fmt.Sprintf("---\ntitle: 기사 %d\n%s---\n\n%d번 기사의 본문이다.\n", article, meta, article))
}

func (h *shuffled) add() {
	h.count++
	h.put(h.key(), h.count)
}

func (h *shuffled) step() string {
	keys := slices.Sorted(maps.Keys(h.files))
	key := keys[h.rand.IntN(len(keys))]
	switch h.rand.IntN(6) {
	case 0:
		h.add()
		return "add or overwrite"
	case 1:
		if len(keys) > 2 {
			delete(h.files, key)
			h.remove(key)
		}
		return "remove"
	case 2:
		h.put(h.key(), h.files[key])
		return "copy"
	case 3:
		article := h.files[key]
		delete(h.files, key)
		h.remove(key)
		h.put(h.key(), article)
		return "move"
	case 4:
		h.put(h.key(), 1+h.rand.IntN(h.count))
		return "bring back"
	}
	articles := slices.Sorted(maps.Values(h.files))
	h.rand.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	for i, key := range keys {
		h.put(key, articles[i])
	}
	return "shuffle"
}

func (h *shuffled) check(step string) {
	h.t.Helper()
	shown := map[string]item{}
	for _, i := range h.items() {
		if before, twice := shown[i.ID]; twice {
			h.t.Fatalf("after %s: one id for %s and %s", step, before.Title, i.Title)
		}
		shown[i.ID] = i
		if at, known := h.dates[i.ID]; known && at != i.Published.String() {
			h.t.Fatalf("after %s: %s of %s moved from %s to %s", step, i.ID, i.Title, at, i.Published)
		}
		h.dates[i.ID] = i.Published.String()
	}
	// Where each id was its file's, each file that is still there has it.
	clear := true
	for key, article := range h.files {
		id, title := fmt.Sprintf("urn:x:%d", article), fmt.Sprint("기사 ", article)
		right := article%2 != 0 || shown[id].Title == title
		if _, was := h.were[article]; !right && h.clear && was {
			h.t.Fatalf("after %s: %s of %s shows %q; files %v, were %v", step, id, key, shown[id].Title, h.files, h.were)
		}
		clear = clear && right
	}
	h.were = map[int]string{}
	for key, article := range h.files {
		_, twice := h.were[article]
		h.were[article], clear = key, clear && !twice
	}
	h.clear = clear
	h.sameAsClean()
	before := h.documents()
	if _, pub := h.pass(); pub.Edition != 0 || len(pub.Notices) != 0 || !maps.Equal(before, h.documents()) {
		h.t.Fatalf("after %s: an idle pass published %q, removed %q, queued %v", step, pub.Written, pub.Removed, pub.Notices)
	}
}
