package engine

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

func TestSourcesAreScannedBySchedule(t *testing.T) {
	b := newBench(t, &rooms{}, func(c *Config) { c.Sources = append(c.Sources, Source{Name: "never again"}) })
	l := newLoop(b.engine)
	step := func(when, want string) {
		t.Helper()
		l.step(t.Context())
		b.want(t, when, want)
	}
	step("at the start", "scan a, scan b, scan never again, publish")
	step("nothing is due", "")
	b.now = b.now.Add(5 * time.Minute)
	step("a is due", "scan a, publish")
	b.now = b.now.Add(-48 * time.Hour)
	step("the clock was set back", "")
	b.now = b.now.Add(5 * time.Minute)
	step("a is due by the new clock", "scan a, publish")
	b.now = b.now.Add(55 * time.Minute)
	step("both are due by the new clock", "scan a, scan b, publish")
}

func TestChangesThatWereSeen(t *testing.T) {
	known := true
	r := &rooms{look: func(source string, _ []string) (*intake.ScanReport, bool, error) {
		return &intake.ScanReport{Source: source}, known, nil
	}}
	b := newBench(t, r, nil)
	l := newLoop(b.engine)
	l.step(t.Context())
	r.taken()
	for _, test := range []struct {
		when    string
		changes []*pendingChanges
		known   bool
		want    string
	}{
		{"an edit", []*pendingChanges{changedKey("x.md")}, true, "look b x.md, publish"},
		{"two edits", []*pendingChanges{changedKey("y.md"), changedKey("x.md")}, true, "look b x.md y.md, publish"},
		{"a new file", []*pendingChanges{changedKey("z.md")}, false, "look b z.md, scan b, publish"},
		{"a folder", []*pendingChanges{changedKey("x.md"), changedAnywhere()}, true, "scan b, publish"},
		{"many edits", manyKeys(maxChangedKeys + 1), true, "scan b, publish"},
		{"none", nil, true, ""},
	} {
		known = test.known
		for _, c := range test.changes {
			b.engine.addChanges("b", c)
		}
		l.step(t.Context())
		b.want(t, test.when, test.want)
	}
}

func manyKeys(n int) (all []*pendingChanges) {
	for i := range n {
		all = append(all, changedKey(fmt.Sprint(i)))
	}
	return all
}

// A file that moved from b to a is refused in a first, for b still has its URL.
func TestContestedSourceIsScannedAgain(t *testing.T) {
	contested, freed := true, int64(1)
	r := &rooms{scan: func(source string) (*intake.ScanReport, error) {
		if source == "a" {
			return &intake.ScanReport{Source: source, Contested: contested}, nil
		}
		return &intake.ScanReport{Source: source, Removed: freed}, nil
	}}
	b := newBench(t, r, nil)
	newLoop(b.engine).step(t.Context())
	b.want(t, "b gave something up", "scan a, scan b, scan a, publish")
	freed = 0
	newLoop(b.engine).step(t.Context())
	b.want(t, "nobody gave anything up", "scan a, scan b, publish")
}

func TestPublicationIsAskedAgain(t *testing.T) {
	var fails error
	r := &rooms{publish: func() (*edition.PublishReport, error) { return &edition.PublishReport{}, fails }}
	b := newBench(t, r, func(c *Config) { c.Sources = nil })
	l := newLoop(b.engine)
	step := func(when, want string, wait time.Duration) {
		t.Helper()
		b.now = b.now.Add(wait)
		l.step(t.Context())
		b.want(t, when, want)
	}
	fails = errors.New("the disk is full")
	step("at the start", "publish", 0)
	step("too early", "", publishRetry-time.Second)
	fails, r.next = nil, b.now.Add(2*time.Hour)
	step("after a failure", "publish", time.Second)
	step("before the site's next moment", "", time.Hour)
	r.next = time.Time{}
	step("at the site's next moment", "publish", time.Hour)
	step("before a day is over", "", publishEvery-time.Second)
	fails = edition.ErrNothing
	step("after a day", "publish", time.Second)
	step("after another day", "publish", publishEvery)
	if got := strings.Count(b.log.String(), "waiting for the first"); got != 1 {
		t.Errorf("got %d lines that nothing is published, want 1:\n%s", got, b.log)
	}
}

// What stays as it is is logged once; what is new is logged however much was logged before.
func TestWhatStaysIsLoggedOnce(t *testing.T) {
	refused := []intake.Refusal{{Reason: "x.md:1:1: no title"}}
	r := &rooms{scan: func(source string) (*intake.ScanReport, error) {
		return &intake.ScanReport{
			Source: source, Listed: 2, Refused: refused, RefusedCount: int64(len(refused)), Hold: &hold.Hold{ID: 3, Subject: source, Summary: "9 of 10 removed"},
		}, nil
	}}
	b := newBench(t, r, func(c *Config) { c.Sources = c.Sources[:1] })
	l := newLoop(b.engine)
	for range 3 {
		l.step(t.Context())
		b.now = b.now.Add(5 * time.Minute)
	}
	refused = append(refused, intake.Refusal{Reason: "y.md:1:1: no title"})
	l.step(t.Context())
	for text, want := range map[string]int{"x.md:1:1": 1, "y.md:1:1": 1, "change held": 1} {
		if got := strings.Count(b.log.String(), text); got != want {
			t.Errorf("got %d lines with %q, want %d:\n%s", got, text, want, b.log)
		}
	}
}
