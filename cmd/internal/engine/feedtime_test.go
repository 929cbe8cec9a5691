package engine_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// I11: however close the dates of articles lie, each has a feed time of its own: the first second from its
// date on that none known earlier has, within a scan by ascending key.
func TestI11CloseDatesAreRaisedNoFurtherThanNeeded(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Guard, s.Feed.Items = nil, 10_000 })
	random := rand.New(rand.NewPCG(11, 0))
	begin := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	taken := map[int64]bool{}
	want := map[string]time.Time{}
	count := 0
	for _, more := range []int{300, 1, 40, 200} { // the first scan finds an empty ledger, the others do not
		for range more {
			at := begin.Add(time.Duration(random.IntN(200)) * time.Second)
			if random.IntN(3) == 0 {
				at = begin.Add(time.Duration(random.IntN(3)) * time.Minute)
			}
			name := fmt.Sprintf("글-%04d", count)
			count++
			n.write(name+".md", fmt.Sprintf("---\ntitle: %s\ndate: %s\n---\n\n본문이다.\n", name, at.Format(time.RFC3339)))
			for taken[at.Unix()] {
				at = at.Add(time.Second)
			}
			taken[at.Unix()] = true
			want[name] = at
		}
		n.pass()
		for _, item := range n.items() {
			if !item.Published.Equal(want[item.Title]) || !item.Modified.Equal(want[item.Title]) {
				t.Fatalf("after %d articles %s has %v and %v, want %v", count, item.Title, item.Published, item.Modified, want[item.Title])
			}
		}
	}
	if len(n.items()) != count {
		t.Errorf("%d of %d articles are shown", len(n.items()), count)
	}
}
