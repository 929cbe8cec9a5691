package engine_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
)

// These tests look at what stands: who is told of it, what of it is ours, and what happens where it is touched.

// A new page must answer 200 before anybody is told of it, and a removed one must be gone or lead elsewhere.
func TestPagesAreLookedAtBeforeAnybodyIsTold(t *testing.T) {
	answer := http.StatusOK
	var n *newsroom
	public := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if body, err := os.ReadFile(n.path("public", strings.Trim(r.URL.Path, "/"))); err == nil {
			_, _ = rw.Write(body)
			return
		}
		if answer/100 == 3 {
			rw.Header().Set("Location", "/elsewhere/")
		}
		rw.WriteHeader(answer)
	}))
	t.Cleanup(public.Close)
	n, j := judged(t, delivered)
	n.tweak = append(n.tweak, func(s *settings) { s.Notify.Verify, s.Notify.VerifyBase, s.Notify.Hubs = true, public.URL, nil })
	n.open()
	stands := false
	for _, step := range []struct {
		removed bool
		answer  int
		told    bool
	}{
		{false, 404, false}, {false, 301, false}, {false, 500, false}, {false, 403, false}, {false, 204, false}, {false, 200, true},
		{true, 200, false}, {true, 500, false}, {true, 403, false}, {true, 404, true},
		{false, 200, true}, {true, 410, true}, {false, 200, true}, {true, 301, true}, {false, 200, true}, {true, 308, true},
	} {
		if stands == step.removed {
			if stands {
				n.remove("page.md")
			} else {
				n.write("page.md", article("쪽", "본문"))
			}
			stands = !stands
			n.pass()
		}
		n.now = n.now.Add(2 * time.Hour)
		answer, j.requests = step.answer, nil
		n.deliver()
		if got := len(j.requests) == 1; got != step.told {
			t.Errorf("removed: %t, the page answers %d: told %q, want to tell: %t", step.removed, step.answer, j.requests, step.told)
		}
	}
}

// A target that is told of an older state hears of the newer one no sooner than min_interval allows.
func TestMinIntervalHoldsForWhatChangedDuringARequest(t *testing.T) {
	n, j := judged(t, nil, func(s *settings) {
		s.Notify.MinInterval, s.Notify.Hubs = 10*time.Minute, nil // another target would read the clock that the change moves
	})
	j.answer = func([]string) notify.Answer {
		if len(j.requests) == 1 {
			n.write("새.md", article("소식", "고친 본문"))
			n.pass()
		}
		return delivered(nil)
	}
	n.write("새.md", article("소식", "본문"))
	n.pass()
	n.deliver()
	answered := n.now
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{time.Minute, 1}, {10*time.Minute - time.Second, 1}, {10 * time.Minute, 2}, {time.Hour, 2}} {
		n.now = answered.Add(step.after)
		if n.deliver(); len(j.requests) != step.want {
			t.Errorf("%v after the first answer: told %d times, want %d", step.after, len(j.requests), step.want)
		}
	}
}

// A foreign file that changes after the operator looked at it is held anew.
func TestAnApprovedForeignFileThatChangesIsHeldAgain(t *testing.T) {
	for name, change := range map[string]string{"as it was": "", "of other bytes": "<rss><channel><title>남의 둘째</title></channel></rss>"} {
		n := newNewsroom(t)
		n.must(os.MkdirAll(n.path("public"), 0o755))
		foreign := "<rss><channel><title>남의 글</title></channel></rss>"
		n.must(os.WriteFile(n.path("public", "feed.xml"), []byte(foreign), 0o644))
		n.write("a.md", article("소식", "본문"))
		_, pub := n.pass()
		if len(pub.Holds) != 1 || n.read("feed.xml") != foreign {
			t.Fatalf("%s: got holds %+v, want one over feed.xml, which stays", name, pub.Holds)
		}
		_, err := n.rooms.Approve(context.Background(), pub.Holds[0].ID)
		n.must(err)
		if change != "" {
			n.must(os.WriteFile(n.path("public", "feed.xml"), []byte(change), 0o644))
		}
		_, pub = n.pass()
		if held := len(pub.Holds) == 1; held != (change != "") || held && n.read("feed.xml") != change || !held && n.read("feed.xml") == foreign {
			t.Errorf("%s: got holds %+v over\n%s", name, pub.Holds, n.read("feed.xml"))
		}
	}
}

// At start a file that is named like a child of the sitemap goes only where it bears our mark.
func TestOnlyOurOwnChildrenGo(t *testing.T) {
	n := filled(t, 3)
	ours := n.read("sitemap.xml")
	for name, body := range map[string]string{
		"sitemap-2019-01.xml": ours, "sitemap-2019-02.xml": "<urlset>남의 것</urlset>", "other-2019-01.xml": ours, "sitemap-2019-03.xml.bak": ours,
	} {
		n.must(os.WriteFile(n.path("public", name), []byte(body), 0o644))
	}
	n.open()
	n.pass()
	docs := n.documents()
	for name, stays := range map[string]bool{"sitemap-2019-01.xml": false, "sitemap-2019-02.xml": true, "other-2019-01.xml": true, "sitemap-2019-03.xml.bak": true} {
		if _, there := docs[name]; there != stays {
			t.Errorf("%s stands: %t, want %t", name, there, stays)
		}
	}
}

// A document that something took away comes back as it was, with the time at which it last changed, and nobody is told.
func TestADocumentThatComesBackHasNotChanged(t *testing.T) {
	n := filled(t, 3)
	before, whole := n.receipt("feed.xml"), n.read("feed.xml")
	n.must(os.Remove(n.path("public", "feed.xml")))
	n.pass()
	if n.read("feed.xml") != whole {
		t.Errorf("got\n%s\nwant it as it was", n.read("feed.xml"))
	}
	if after := n.receipt("feed.xml"); after.Changed != before.Changed || after.Edition != before.Edition {
		t.Errorf("got changed at %d in edition %d, want %d and %d as before", after.Changed, after.Edition, before.Changed, before.Edition)
	}
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
		t.Errorf("told of %q and %q", urls, topics)
	}
}

// A document that something cut short or lengthened comes back with the next pass, though not every pass reads all that stands.
func TestADocumentOfAnotherSizeComesBack(t *testing.T) {
	n := filled(t, 3)
	whole := n.documents()
	n.pass()
	delete(whole, "robots.txt") // other lines in it are the operator's
	for name := range whole {
		for _, other := range []string{"", whole[name][:len(whole[name])/2], whole[name] + "\n"} {
			n.must(os.WriteFile(n.path("public", name), []byte(other), 0o644))
			n.pass()
			if n.read(name) != whole[name] {
				t.Errorf("%s stays as %d bytes, want %d", name, len(n.read(name)), len(whole[name]))
			}
		}
	}
}

// Where the operator has set a zone, a date without an offset is no riddle.
func TestADateAheadIsNamedOnlyWithoutAZone(t *testing.T) {
	for _, set := range []bool{true, false} {
		n := newNewsroom(t, func(s *settings) { s.Site.ZoneSet = set })
		n.write("a.md", "---\ntitle: 곧\ndate: 2026-11-22 12:00\n---\n본문\n")
		n.write("b.md", "---\ntitle: 어제\ndate: 2026-11-21 12:00\n---\n본문\n")
		if _, pub := n.pass(); (len(pub.Ahead) == 0) != set {
			t.Errorf("zone set: %t: got %q named", set, pub.Ahead)
		}
	}
}

// A clock that was set back does not put off the reading of what stands.
func TestStandingDocumentsAreReadAfterTheClockWasSetBack(t *testing.T) {
	n := filled(t, 3)
	whole := n.read("feed.xml")
	n.pass()
	n.now = n.now.Add(-3 * time.Hour)
	n.must(os.WriteFile(n.path("public", "feed.xml"), []byte(strings.ToUpper(whole)), 0o644)) // of the same size
	_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	n.must(err)
	_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	if n.read("feed.xml") != whole {
		t.Error("the feed stays as somebody changed it, want it as it was")
	}
}

// receipt returns the receipt of a document.
func (n *newsroom) receipt(path string) (r ledger.Receipt) {
	n.t.Helper()
	n.must(n.ledger.Read(context.Background(), func(tx *ledger.Tx) (err error) {
		r, _, err = tx.Receipt(path)
		return err
	}))
	return r
}
