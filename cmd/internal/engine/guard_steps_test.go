package engine_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/guard"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

// tale is an article with front matter of its own beside a title and a date.
func tale(i int, meta string) string {
	return fmt.Sprintf("---\ntitle: 포구 소식 %d\ndate: 2026-02-%02d 08:00:00\n%s---\n\n배가 %d척 들어왔다.\n", i, 1+i%28, meta, i)
}

// port is a newsroom with so many dated articles, published once.
func port(t *testing.T, count int, tweak ...func(*settings)) *newsroom {
	t.Helper()
	n := newNewsroom(t, tweak...)
	for i := range count {
		n.write(fmt.Sprintf("%03d.md", i), tale(i, ""))
	}
	n.pass()
	return n
}

// scan scans and publishes without moving the clock, and returns the kind of hold that stands.
func (n *newsroom) scan(o intake.ScanOptions) string {
	n.t.Helper()
	r, err := n.rooms.Scan(context.Background(), "articles", o)
	n.must(err)
	_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	if r.Hold == nil {
		return ""
	}
	return r.Hold.Kind
}

// steps takes single steps until one is held, and returns how many were let through, and the kind of hold.
func (n *newsroom) steps(count int, step func(i int)) (through int, kind string) {
	n.t.Helper()
	for i := range count {
		step(i)
		if kind := n.scan(intake.ScanOptions{}); kind != "" {
			return i, kind
		}
	}
	return count, ""
}

// What goes in small steps is held like what goes at once: exactly the share is let through, one more is not.
func TestStepsCountLikeOne(t *testing.T) {
	t.Parallel()
	number := func(s *settings) { s.Guard.Removed = guard.Limit{Number: 2, Plain: true} }
	for _, c := range []struct {
		name    string
		count   int
		tweak   func(*settings)
		between func(n *newsroom)
		step    func(n *newsroom, i int)
		through int
		kind    string
	}{
		{name: "deleted within one second", count: 20, step: func(n *newsroom, i int) { n.remove(fmt.Sprintf("%03d.md", i)) }, through: 4, kind: hold.Removed},
		{name: "deleted, and the program starts anew each time", count: 20, between: (*newsroom).open,
			step: func(n *newsroom, i int) { n.remove(fmt.Sprintf("%03d.md", i)) }, through: 4, kind: hold.Removed},
		{name: "drafts, two minutes apart", count: 15, between: func(n *newsroom) { n.now = n.now.Add(2 * time.Minute) },
			step: func(n *newsroom, i int) { n.write(fmt.Sprintf("%03d.md", i), tale(i, "draft: true\n")) }, through: 3, kind: hold.Removed},
		{name: "more than a number", count: 5, tweak: number, step: func(n *newsroom, i int) { n.remove(fmt.Sprintf("%03d.md", i)) }, through: 2, kind: hold.Removed},
		{name: "few, until none would be left", count: 4, step: func(n *newsroom, i int) { n.remove(fmt.Sprintf("%03d.md", i)) }, through: 3, kind: hold.Emptied},
		{name: "edited", count: 20, step: func(n *newsroom, i int) { n.write(fmt.Sprintf("%03d.md", i), tale(i+100, "")) }, through: 10, kind: hold.Changed},
		{name: "moved to other URLs", count: 20, step: func(n *newsroom, i int) { n.rename(fmt.Sprintf("%03d.md", i), fmt.Sprintf("moved/%03d.md", i)) }, through: 10, kind: hold.Changed},
		{name: "added", count: 12, step: func(n *newsroom, i int) { n.write(fmt.Sprintf("new-%03d.md", i), tale(i+200, "")) }, through: 50, kind: hold.Added},
		{name: "scheduled", count: 12, step: func(n *newsroom, i int) {
			n.write(fmt.Sprintf("new-%03d.md", i), strings.Replace(tale(i+200, ""), "2026-02", "2027-02", 1))
		}, through: 50, kind: hold.Added},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := port(t, c.count, func(s *settings) {
				if c.tweak != nil {
					c.tweak(s)
				}
			})
			through, kind := n.steps(60, func(i int) {
				if c.between != nil {
					c.between(n)
				}
				c.step(n, i)
			})
			if through != c.through || kind != c.kind {
				t.Errorf("%d were let through, then %q; want %d, then %q", through, kind, c.through, c.kind)
			}
		})
	}
}

// Saved files that are taken in one by one, without a scan, count like any others; and what is held is not published by a look.
func TestSavedFilesAreHeldToo(t *testing.T) {
	t.Parallel()
	n := port(t, 20)
	save := func(i int) bool {
		key := fmt.Sprintf("%03d.md", i)
		n.write(key, tale(i+300, ""))
		_, done, err := n.rooms.Look(context.Background(), "articles", []string{key})
		n.must(err)
		_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
		n.must(err)
		return done
	}
	for i := range 10 {
		if !save(i) {
			t.Fatalf("file %d was left to a scan", i)
		}
	}
	before := n.documents()
	if save(10) || !maps.Equal(before, n.documents()) {
		t.Fatal("the eleventh of 20 was published")
	}
	if kind := n.scan(intake.ScanOptions{}); kind != hold.Changed {
		t.Fatalf("a scan holds %q", kind)
	}
	n.now = n.now.Add(24 * time.Hour) // nothing is over a limit any more, but the hold stands until a scan
	if save(11) || !maps.Equal(before, n.documents()) {
		t.Fatal("a saved file was published past a hold")
	}
	if kind := n.scan(intake.ScanOptions{}); kind != "" || maps.Equal(before, n.documents()) {
		t.Errorf("a day later %q is held", kind)
	}
}

// All ways out count as removed: of 15, three may go, four may not.
func TestEveryWayOutIsARemoval(t *testing.T) {
	t.Parallel()
	ways := map[string]string{
		"a draft": "draft: true\n", "unpublished": "published: false\n", "a date to come": "date: 2031-05-05\n", "public later": "publishDate: 2031-05-05\n",
		"in no document": "feed: false\nsitemap: false\n", "in no feed, and not indexed": "feed: false\nrobots: noindex\n", "no page": "permalink: false\n",
		"expired": "expires: 2026-03-01\n", "expiring soon": "expires: 2026-11-22 09:08:00\n",
	}
	for name, meta := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := port(t, 15)
			for i := range 3 {
				n.write(fmt.Sprintf("%03d.md", i), tale(i, meta))
			}
			if kind := n.scan(intake.ScanOptions{}); kind != "" {
				t.Fatalf("exactly the share is held: %q", kind)
			}
			n.write("003.md", tale(3, meta))
			if kind := n.scan(intake.ScanOptions{}); kind != hold.Removed {
				t.Errorf("the fourth is held as %q, want %q", kind, hold.Removed)
			}
		})
	}
}

// What keeps an article in some document is no way out, nor is a fault that leaves its last good version, nor an expiry of long ago.
func TestWhatIsNoWayOut(t *testing.T) {
	t.Parallel()
	for name, meta := range map[string]string{"in the sitemap only": "feed: false\n", "in feeds only": "sitemap: false\n", "expiring later": "expires: 2027-01-01\n", "refused": "date: 언젠가\n"} {
		n := port(t, 15)
		before := len(n.items())
		for i := range 15 {
			n.write(fmt.Sprintf("%03d.md", i), tale(i, meta))
		}
		if kind := n.scan(intake.ScanOptions{}); kind == hold.Removed || kind == hold.Emptied {
			t.Errorf("%s: held as %q", name, kind)
		}
		if name == "refused" && len(n.items()) != before {
			t.Errorf("%d of %d last good versions stay", len(n.items()), before)
		}
	}
}

// Articles that leave at the expiry that they long had are no removal by a scan, and an edit beside them is not held for them.
func TestAPlannedExpiryIsNoRemoval(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for i := range 15 {
		meta := ""
		if i < 6 {
			meta = "expires: 2026-11-22 10:00:00\n"
		}
		n.write(fmt.Sprintf("%03d.md", i), tale(i, meta))
	}
	n.pass()
	n.now = time.Date(2026, 11, 22, 9, 55, 0, 0, time.UTC)
	for i := range 6 {
		n.write(fmt.Sprintf("%03d.md", i), tale(i+400, "expires: 2026-11-22 10:00:00\n"))
	}
	if kind := n.scan(intake.ScanOptions{}); kind != "" {
		t.Fatalf("edits are held as %q", kind)
	}
	n.now = time.Date(2026, 11, 22, 10, 1, 0, 0, time.UTC)
	if kind := n.scan(intake.ScanOptions{}); kind != "" || len(n.items()) != 9 {
		t.Fatalf("held as %q, %d left", kind, len(n.items()))
	}
	n.remove("006.md")
	if kind := n.scan(intake.ScanOptions{}); kind != "" {
		t.Errorf("one deleted of nine is held as %q", kind)
	}
}

// Readers have no drafts: they make no share smaller, and nobody misses them.
func TestDraftsAreNotWhatReadersHave(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for i := range 40 {
		meta := "draft: true\n"
		if i < 10 {
			meta = ""
		}
		n.write(fmt.Sprintf("%03d.md", i), tale(i, meta))
	}
	n.pass()
	for i := 20; i < 40; i++ {
		n.remove(fmt.Sprintf("%03d.md", i))
	}
	if kind := n.scan(intake.ScanOptions{}); kind != "" {
		t.Fatalf("20 drafts that are deleted are held as %q", kind)
	}
	for i := range 3 {
		n.remove(fmt.Sprintf("%03d.md", i))
	}
	if kind := n.scan(intake.ScanOptions{}); kind != hold.Removed {
		t.Errorf("3 of the 10 that readers have are held as %q", kind)
	}
}

// After ten minutes readers had what was left then, to the second.
func TestTheGuardLooksTenMinutesBack(t *testing.T) {
	t.Parallel()
	n := port(t, 20)
	start := n.now
	for i := range 4 {
		n.remove(fmt.Sprintf("%03d.md", i))
	}
	if kind := n.scan(intake.ScanOptions{}); kind != "" {
		t.Fatalf("four of 20: %q", kind)
	}
	n.remove("004.md")
	for _, c := range []struct {
		after time.Duration
		want  string
	}{{0, hold.Removed}, {10*time.Minute - time.Second, hold.Removed}, {10 * time.Minute, ""}} {
		n.now = start.Add(c.after)
		if kind := n.scan(intake.ScanOptions{}); kind != c.want {
			t.Errorf("after %v: %q, want %q", c.after, kind, c.want)
		}
	}
	n.now = start.Add(-24 * time.Hour) // a clock that is set back a day lets nothing be compared with what comes in a day
	n.remove("005.md")
	if kind := n.scan(intake.ScanOptions{}); kind != "" {
		t.Errorf("after the clock was set back: %q", kind)
	}
}

// What comes back counts as never gone, however often it goes and comes.
func TestOnlyWhatIsGoneIsCounted(t *testing.T) {
	t.Parallel()
	n := port(t, 15)
	for range 5 {
		for _, meta := range []string{"draft: true\n", ""} {
			for i := range 3 {
				n.write(fmt.Sprintf("%03d.md", i), tale(i, meta))
			}
			if kind := n.scan(intake.ScanOptions{}); kind != "" {
				t.Fatalf("three that go and come are held as %q", kind)
			}
		}
	}
	for i := 3; i < 6; i++ {
		n.remove(fmt.Sprintf("%03d.md", i))
	}
	if kind := n.scan(intake.ScanOptions{}); kind != "" {
		t.Errorf("three others are held as %q", kind)
	}
}

// What the operator lets through, by approve or by force, is what later scans are compared with, at once.
func TestWhatIsReleasedIsWhatReadersHave(t *testing.T) {
	t.Parallel()
	for name, release := range map[string]func(n *newsroom){
		"approve": func(n *newsroom) {
			s, err := n.rooms.Status(context.Background())
			n.must(err)
			_, err = n.rooms.Approve(context.Background(), s.Holds[0].ID)
			n.must(err)
			if kind := n.scan(intake.ScanOptions{}); kind != "" {
				t.Errorf("approved, and held as %q", kind)
			}
		},
		"force": func(n *newsroom) { n.scan(intake.ScanOptions{Force: true}) },
	} {
		n := port(t, 20)
		n.steps(8, func(i int) { n.remove(fmt.Sprintf("%03d.md", i)) }) // the fifth is held
		n.remove("005.md")
		n.remove("006.md")
		if kind := n.scan(intake.ScanOptions{}); kind != hold.Removed {
			t.Fatalf("%s: %q", name, kind)
		}
		release(n)
		n.remove("007.md")
		n.remove("008.md") // 2 of the 13 that are left
		if kind := n.scan(intake.ScanOptions{}); kind != "" {
			t.Errorf("%s: two of 13 are held as %q", name, kind)
		}
		n.remove("009.md") // 3 of 13
		if kind := n.scan(intake.ScanOptions{}); kind != hold.Removed {
			t.Errorf("%s: three of 13 are held as %q", name, kind)
		}
	}
}

// A source has one hold: another change of it, of whatever kind, takes the place of the first.
func TestASourceHasOneHold(t *testing.T) {
	t.Parallel()
	n := port(t, 20)
	shown := func() (out []string) {
		s, err := n.rooms.Status(context.Background())
		n.must(err)
		for _, h := range s.Holds {
			out = append(out, fmt.Sprint(h.ID, " ", h.Kind))
		}
		return out
	}
	for i := range 6 {
		n.remove(fmt.Sprintf("%03d.md", i))
	}
	n.scan(intake.ScanOptions{})
	if got := shown(); len(got) != 1 || got[0] != "1 removed" {
		t.Fatalf("%q", got)
	}
	for i := range 6 {
		n.write(fmt.Sprintf("%03d.md", i), tale(i, ""))
	}
	for i := 6; i < 18; i++ {
		n.write(fmt.Sprintf("%03d.md", i), tale(i+500, ""))
	}
	n.scan(intake.ScanOptions{})
	if got := shown(); len(got) != 1 || got[0] != "2 changed" {
		t.Fatalf("%q", got)
	}
	n.remove("019.md")
	n.scan(intake.ScanOptions{})
	if got := shown(); len(got) != 1 || got[0] != "3 changed" {
		t.Errorf("%q", got)
	}
}
