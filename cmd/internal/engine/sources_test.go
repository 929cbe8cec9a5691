package engine_test

import (
	"context"
	"maps"
	"os"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

// renameSource returns the source another name, and scans it.
func (n *newsroom) renameSource() *intake.ScanReport {
	n.t.Helper()
	n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].Name = "새이름" })
	n.open()
	scan, err := n.rooms.Scan(context.Background(), "새이름", intake.ScanOptions{})
	n.must(err)
	return scan
}

// publish publishes without a scan, as the daemon does once a source has left the config.
func (n *newsroom) publish(force bool) *edition.PublishReport {
	n.t.Helper()
	pub, err := n.rooms.Publish(context.Background(), edition.PublishOptions{Force: force})
	n.must(err)
	return pub
}

func TestARenamedSourceKeepsItsArticles(t *testing.T) {
	n := filled(t, 12)
	n.write("undated.md", "---\ntitle: 날짜 없는 글\n---\n본문\n")
	n.write("bad.md", "---\ntitle: [\n  깨진\n---\n")
	n.pass()
	n.deliver()
	n.world.heard()
	before := n.documents()
	if scan := n.renameSource(); scan.Articles != 13 || scan.Hold != nil {
		t.Fatalf("%+v", scan)
	}
	for _, force := range []bool{false, true} {
		if pub := n.publish(force); len(pub.Holds) != 0 || pub.Edition != 0 || len(pub.Notices) != 0 || !maps.Equal(before, n.documents()) {
			t.Fatalf("force %v: %+v", force, pub)
		}
	}
	status, err := n.rooms.Status(context.Background())
	if n.must(err); len(status.Refused) != 1 || status.Refused[0].Source != "새이름" {
		t.Errorf("refused: %+v", status.Refused)
	}
	n.sameAsClean()
}

func TestASourceThatLeavesTheConfigIsHeld(t *testing.T) {
	n := filled(t, 12)
	n.write("bad.md", "---\ntitle: [\n  깨진\n---\n")
	n.pass()
	for _, name := range []string{"기사-00.md", "기사-01.md", "기사-02.md", "기사-03.md"} {
		n.remove(name) // a hold of its own, which goes with it
	}
	n.pass()
	before := n.documents()
	n.tweak = append(n.tweak, func(s *settings) { s.Sources = nil })
	n.open()
	pub := n.publish(false)
	if len(pub.Holds) != 1 || pub.Holds[0].Kind != hold.Gone || !maps.Equal(before, n.documents()) {
		t.Fatalf("%+v", pub)
	}
	status, err := n.rooms.Status(context.Background())
	if n.must(err); len(status.Holds) != 1 {
		t.Errorf("holds: %+v", status.Holds)
	}
	_, err = n.rooms.Approve(context.Background(), pub.Holds[0].ID)
	n.must(err)
	if pub = n.publish(false); len(pub.Holds) != 0 || len(n.items()) != 0 {
		t.Fatalf("%+v, %d items", pub, len(n.items()))
	}
	status, err = n.rooms.Status(context.Background())
	if n.must(err); len(status.Holds)+len(status.Refused) != 0 {
		t.Errorf("left: %+v %+v", status.Holds, status.Refused)
	}
}

// A file that goes to another source leaves the one and enters the other in one pass under run, whichever is scanned first, and
// keeps its id.
func TestAnArticleChangesSourcesUnderRun(t *testing.T) {
	for name, way := range map[string][2]string{"to the later": {"articles", "columns"}, "to the earlier": {"columns", "articles"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			columns(n)
			n.write("a.md", article("머무는 글", "본문"))
			n.must(os.WriteFile(n.path("columns", "b.md"), []byte(article("다른 글", "본문")), 0o644))
			n.must(os.WriteFile(n.path(way[0], "x.md"), []byte(article("옮길 글", "본문")), 0o644))
			d := runDaemon(n)
			d.wantFeed("at the start", "옮길 글")
			before := d.ids()[base+"/x/"]
			d.must(os.Remove(n.path(way[0], "x.md")))
			d.must(os.WriteFile(n.path(way[1], "x.md"), []byte(article("옮긴 글", "고친 본문")), 0o644))
			d.move(5 * time.Minute)
			d.wantFeed("after one scan of each", "옮긴 글")
			if got := d.ids()[base+"/x/"]; got != before {
				t.Errorf("got the id %q, want %q", got, before)
			}
		})
	}
}
