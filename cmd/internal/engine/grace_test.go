package engine_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/engine"
)

// graceful lets what is missing stay for an hour.
func graceful(s *settings) { s.Sources[0].Grace = time.Hour }

func TestWhatIsMissingStaysForItsGrace(t *testing.T) {
	n := filled(t, 3, graceful)
	before := n.documents()
	n.remove("기사-01.md")
	scan, _ := n.pass()
	since := n.now
	if scan.Missing != 1 || scan.Removed != 0 || scan.Articles != 3 || !scan.MissingUntil.Equal(since.Add(time.Hour)) {
		t.Errorf("%+v", scan)
	}
	for range 3 {
		n.now = n.now.Add(15 * time.Minute)
		n.open()
		scan, pub := n.pass()
		if len(pub.Written)+len(pub.Notices) > 0 || !maps.Equal(before, n.documents()) || !scan.MissingUntil.Equal(since.Add(time.Hour)) {
			t.Errorf("%v: written %q, queued %v, until %v", n.now.Sub(since), pub.Written, pub.Notices, scan.MissingUntil)
		}
	}
	n.sameAsClean()
	status, err := n.rooms.Status(context.Background())
	if n.must(err); status.Sources[0].Missing != 1 || !status.Sources[0].Until.Equal(since.Add(time.Hour)) {
		t.Errorf("status: %+v", status.Sources[0])
	}
	lives, err := n.rooms.Explain(context.Background(), "기사-01.md")
	if n.must(err); !strings.Contains(strings.Join(lives[0].Why, "\n"), "it stays until 2026-11-22T10:02:00Z (removal_grace)") {
		t.Errorf("explained as %q", lives[0].Why)
	}
	n.now = since.Add(time.Hour - time.Minute)
	scan, pub := n.pass()
	if scan.Removed != 1 || scan.Missing != 0 || len(n.items()) != 2 || len(pub.Notices) == 0 {
		t.Errorf("at the end of its grace: %+v, %d items", scan, len(n.items()))
	}
	n.sameAsClean()
}

// What comes back has never been away, whether as it was, edited, or under another name.
func TestWhatComesBackWithinItsGrace(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		written    int
	}{
		"as it was": {"기사-01.md", article("마을 소식 1", "바람마을에서 1번째 장이 열렸다."), 0},
		"renamed":   {"장날.md", article("마을 소식 1", "바람마을에서 1번째 장이 열렸다."), 4},
		"edited":    {"기사-01.md", article("마을 소식 1", "고쳐 썼다."), 4},
	} {
		t.Run(name, func(t *testing.T) {
			n := filled(t, 3, graceful)
			ids := slices.Sorted(maps.Values(n.ids()))
			n.remove("기사-01.md")
			n.pass()
			n.write(c.file, c.text)
			scan, pub := n.pass()
			if scan.Added != 0 || scan.Missing != 0 || len(pub.Written) != c.written || !slices.Equal(ids, slices.Sorted(maps.Values(n.ids()))) {
				t.Errorf("%+v, written %q", scan, pub.Written)
			}
			n.now = n.now.Add(2 * time.Hour)
			if scan, _ := n.pass(); scan.Removed+scan.Missing != 0 || len(n.items()) != 3 {
				t.Errorf("two hours later: %+v", scan)
			}
			n.sameAsClean()
		})
	}
}

// What has its URL is the article there: no grace keeps another one at it.
func TestWhatTakesTheURLOfAMissingArticle(t *testing.T) {
	n := filled(t, 3, graceful)
	n.remove("기사-01.md")
	n.pass()
	n.write("새로.md", "---\ntitle: 새 글\nid: urn:new\npermalink: /기사-01/\n---\n\n다른 글이다.\n")
	scan, _ := n.pass()
	if scan.Removed != 1 || scan.Added != 1 || n.find("기사-01").ID != "urn:new" {
		t.Errorf("%+v, %v", scan, n.ids())
	}
}

// A scheduled article that is deleted never appears, and a draft leaves at once.
func TestNoGraceForWhatIsNotPublic(t *testing.T) {
	n := filled(t, 3, graceful)
	n.write("예약.md", datedPost("예약", n.now.Add(30*time.Minute).Format(time.RFC3339)))
	n.pass()
	n.remove("예약.md")
	n.write("기사-00.md", "---\ntitle: 초안\ndraft: true\n---\n초안이 되었다.\n")
	scan, _ := n.pass()
	if n.now = n.now.Add(time.Hour); scan.Removed != 1 || scan.Missing != 0 {
		t.Errorf("%+v", scan)
	}
	if n.pass(); len(n.items()) != 2 {
		t.Errorf("%d items", len(n.items()))
	}
}

// The guard counts what is really removed.
func TestTheGuardWaitsForTheEndOfTheGrace(t *testing.T) {
	n := filled(t, 12, graceful)
	for i := range 5 {
		n.remove(fmt.Sprintf("기사-%02d.md", i))
	}
	if scan, _ := n.pass(); scan.Hold != nil || scan.Missing != 5 {
		t.Errorf("at first: %+v", scan)
	}
	n.now = n.now.Add(time.Hour)
	if scan, _ := n.pass(); scan.Hold == nil || scan.Hold.Kind != "removed" || len(n.items()) != 12 {
		t.Errorf("at the end: %+v", scan)
	}
	n.write("기사-00.md", article("마을 소식 0", "바람마을에서 0번째 장이 열렸다."))
	n.write("기사-01.md", article("마을 소식 1", "바람마을에서 1번째 장이 열렸다."))
	n.write("기사-02.md", article("마을 소식 2", "바람마을에서 2번째 장이 열렸다."))
	if scan, _ := n.pass(); scan.Hold != nil || scan.Removed != 2 || len(n.items()) != 10 {
		t.Errorf("once three are back: %+v", scan)
	}
}

func TestTheGraceCountsFromTheFirstSightOfTheLoss(t *testing.T) {
	n := filled(t, 2)
	n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].Grace = 24 * time.Hour })
	n.open()
	n.remove("기사-00.md")
	n.pass()
	n.now = n.now.Add(2 * time.Hour)
	n.tweak = append(n.tweak, graceful)
	n.open()
	if scan, _ := n.pass(); scan.Removed != 1 {
		t.Errorf("with a shorter grace: %+v", scan)
	}
}

// The daemon scans when a grace ends, whatever its schedule says.
func TestTheDaemonWakesAtTheEndOfAGrace(t *testing.T) {
	n := filled(t, 3, graceful)
	n.remove("기사-00.md")
	d := runDaemon(n, func(c *engine.Config) { c.Sources[0].Schedule = every(24 * time.Hour) })
	d.wantLines("the article is missing", "scanned, nothing changed", 1)
	d.move(59 * time.Minute)
	d.wantLines("shortly before the end", "removed=1", 0)
	d.move(time.Minute)
	d.wantLines("at the end", "removed=1", 1)
}
