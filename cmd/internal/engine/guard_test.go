package engine_test

import (
	"context"
	"fmt"
	"herald/cmd/internal/guard"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"maps"
	"os"
	"strings"
	"testing"
)

func TestN9GuardHoldsAndApproveReleasesExactlyThat(t *testing.T) {
	n := filled(t, 20)
	before := n.documents()
	for i := range 5 {
		n.remove(fmt.Sprintf("기사-%02d.md", i))
	}
	scan, pub := n.pass()
	if scan.Hold == nil || scan.Hold.Kind != hold.Removed || pub.Edition != 0 || !maps.Equal(before, n.documents()) {
		t.Fatalf("%+v %+v", scan.Hold, pub)
	}
	shown := scan.Hold.ID
	if scan, _ = n.pass(); scan.Hold == nil || scan.Hold.ID != shown {
		t.Fatalf("the same hold has another number: %+v", scan.Hold)
	}
	_, err := n.rooms.Approve(context.Background(), shown)
	n.must(err)
	n.remove("기사-05.md") // another change than the one shown
	if scan, _ = n.pass(); scan.Hold == nil || scan.Hold.ID == shown {
		t.Fatalf("an approval released another change: %+v", scan.Hold)
	}
	if _, err = n.rooms.Approve(context.Background(), 0); err == nil {
		t.Error("without a number another change was released than the one shown")
	}
	_, err = n.rooms.Approve(context.Background(), scan.Hold.ID)
	n.must(err)
	if scan, _ = n.pass(); scan.Hold != nil || scan.Removed != 6 {
		t.Fatalf("%+v", scan)
	}
	if len(n.items()) != 14 {
		t.Errorf("%d items", len(n.items()))
	}
	n.sameAsClean()
}

func TestHoldVanishesWithItsCause(t *testing.T) {
	n := filled(t, 20)
	n.must(os.Rename(n.path("articles"), n.path("away")))
	n.must(os.Mkdir(n.path("articles"), 0o755))
	if scan, _ := n.pass(); scan.Hold == nil || scan.Hold.Kind != hold.Emptied {
		t.Fatalf("%+v", scan)
	}
	n.must(os.Remove(n.path("articles")))
	_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	if err == nil {
		t.Fatal("a missing root is no error")
	}
	n.must(os.Rename(n.path("away"), n.path("articles")))
	if scan, pub := n.pass(); scan.Hold != nil || pub.Edition != 0 {
		t.Fatalf("%+v %+v", scan, pub)
	}
	status, err := n.rooms.Status(context.Background())
	if n.must(err); len(status.Holds) != 0 {
		t.Errorf("holds left: %+v", status.Holds)
	}
}

func TestWholeShareTurnsALimitOff(t *testing.T) {
	n := filled(t, 3, func(s *settings) { s.Guard.Added.Share, s.Guard.Removed.Share = guard.Whole, guard.Whole })
	for i := range 150 {
		n.write(fmt.Sprintf("more-%03d.md", i), article(fmt.Sprintf("더 %d", i), "본문"))
	}
	if scan, _ := n.pass(); scan.Hold != nil || scan.Added != 150 {
		t.Fatalf("added: %+v", scan)
	}
	n.must(os.RemoveAll(n.path("articles")))
	n.must(os.Mkdir(n.path("articles"), 0o755))
	if scan, _ := n.pass(); scan.Hold != nil || scan.Removed != 153 {
		t.Fatalf("removed: %+v", scan)
	}
}

func TestHeldArticlesKeepTheirFirstSight(t *testing.T) {
	n := filled(t, 20)
	for i := range 60 {
		n.write(fmt.Sprintf("more-%02d.md", i), article(fmt.Sprintf("더 %d", i), "본문"))
	}
	scan, _ := n.pass()
	if scan.Hold == nil || scan.Hold.Kind != hold.Added {
		t.Fatalf("%+v", scan)
	}
	seen := n.now
	_, err := n.rooms.Approve(context.Background(), 0)
	n.must(err)
	n.now = n.now.AddDate(0, 0, 3)
	if scan, _ = n.pass(); scan.Hold != nil || scan.Added != 60 {
		t.Fatalf("%+v", scan)
	}
	if got := n.items()[0].Published; !got.Equal(seen) {
		t.Errorf("newest is dated %v, want the first sight %v", got, seen)
	}
}

func TestI14ARefusedArticleKeepsItsLastGoodVersion(t *testing.T) {
	n := filled(t, 12)
	before := n.documents()
	n.write("기사-04.md", "---\ntitle: [\n  깨진\n---\n")
	scan, pub := n.pass()
	if len(scan.Refused) != 1 || !scan.Refused[0].LastGood || pub.Edition != 0 || !maps.Equal(before, n.documents()) {
		t.Fatalf("%+v %+v", scan.Refused, pub)
	}
	if !strings.Contains(scan.Refused[0].Reason, "articles/기사-04.md:") {
		t.Errorf("reason %q names no place", scan.Refused[0].Reason)
	}
	n.write("기사-04.md", article("마을 소식 4", "바람마을에서 4번째 장이 열렸다."))
	if scan, _ = n.pass(); len(scan.Refused) != 0 || !maps.Equal(before, n.documents()) {
		t.Fatalf("%+v", scan)
	}
}
