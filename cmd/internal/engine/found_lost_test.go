package engine_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/source/files"
	"herald/source/reader"
)

// withLocal is a newsroom with a second source, which is read after the first.
func withLocal(t *testing.T, tweak ...func(*settings)) *newsroom {
	n := newNewsroom(t, tweak...)
	n.must(os.MkdirAll(n.path("local"), 0o755))
	n.tweak = append(n.tweak, func(s *settings) {
		src, err := files.New(files.Config{Root: n.path("local"), Reading: reader.Reading{Pattern: "/지방/:path/"}})
		n.must(err)
		s.Sources = append(s.Sources, intake.Source{Name: "local", Source: src, ReadAs: src.ReadAs()})
	})
	n.open()
	return n
}

// passAll is a pass over both sources.
func (n *newsroom) passAll() {
	n.t.Helper()
	for _, name := range []string{"articles", "local"} {
		_, err := n.rooms.Scan(context.Background(), name, intake.ScanOptions{})
		n.must(err)
	}
	n.publish(false)
}

func (n *newsroom) writeLocal(name, text string) {
	n.t.Helper()
	n.must(os.WriteFile(n.path("local", name), []byte(text), 0o644))
}

// What no sitemap lists is no news after the loss, whichever source is read first.
func TestALostLedgerDatesWhatNothingShowedBeforeAllElse(t *testing.T) {
	n := withLocal(t, func(s *settings) { s.Feed.Items = 3 })
	n.writeLocal("조용히.md", "---\ntitle: 조용히\nrobots: noindex\n---\n검색에 내지 않는다.\n")
	n.passAll()
	for _, name := range []string{"가", "나", "다"} {
		n.now = n.now.Add(time.Hour)
		n.write(name+".md", article(name, "새 글이다."))
		n.passAll()
	}
	n.now = n.now.Add(time.Hour)
	n.writeLocal("막내.md", "---\ntitle: 막내\n---\n맨 나중에 온 글이다.\n")
	n.passAll()
	before := n.documents()["feed.json"]
	n.loseState()
	if n.passAll(); n.documents()["feed.json"] != before {
		t.Errorf("feed.json:\n%s\n--- was ---\n%s", n.documents()["feed.json"], before)
	}
}

// An article that no document showed is not taken for another source's with the same title and date.
func TestALostLedgerTakesNoOneForATwinElsewhere(t *testing.T) {
	n := withLocal(t)
	n.write("가.md", "---\ntitle: 알림\ndate: 2026-02-03 09:16:00\nfeed: false\nsitemap: false\n---\n\n도서관이 하루 쉰다.\n")
	n.writeLocal("나.md", "---\ntitle: 알림\ndate: 2026-02-03 09:16:00\n---\n\n읍내 우체국이 하루 쉰다.\n")
	n.passAll()
	before := n.documents()
	n.loseState()
	n.passAll()
	for name, doc := range n.documents() {
		if doc != before[name] {
			t.Errorf("%s:\n%s\n--- was ---\n%s", name, doc, before[name])
		}
	}
}

// Of two files that want a URL, the undated one may be what documents show there; one that gives another date is not.
func TestALostLedgerKeepsAURLForWhoGivesNoOtherDate(t *testing.T) {
	n := newNewsroom(t)
	n.write("나.md", article("나", "먼저 낸 글이다."))
	n.pass()
	n.write("가.md", "---\ntitle: 가\ndate: 2026-02-16\npermalink: /나/\n---\n\n남의 자리를 바란다.\n")
	if scan, _ := n.pass(); len(scan.Refused) != 1 {
		t.Fatalf("%+v", scan)
	}
	before := n.documents()["feed.json"]
	n.loseState()
	if n.pass(); n.documents()["feed.json"] != before {
		t.Errorf("feed.json:\n%s\n--- was ---\n%s", n.documents()["feed.json"], before)
	}
}

// An article whose new URL a draft wants too, keeps its id and date when the ledger is lost: who gets the URL is another question.
func TestALostLedgerKeepsTheIDOfWhoMovedWhereADraftWas(t *testing.T) {
	n := newNewsroom(t)
	n.write("가.md", article("가", "자리를 옮길 글이다."))
	n.write("나.md", article("나", "쉬게 될 글이다."))
	n.pass()
	id, published := n.find("가").ID, n.find("가").Published
	n.write("가.md", "---\ntitle: 가\npermalink: /나/\n---\n\n자리를 옮길 글이다.\n")
	n.write("나.md", "---\ntitle: 나\ndraft: true\n---\n\n쉬게 될 글이다.\n")
	if scan, _ := n.pass(); len(scan.Refused) != 1 {
		t.Fatalf("%+v", scan)
	}
	n.loseState()
	n.pass()
	if got := n.find("나"); got.ID != id || !got.Published.Equal(published) {
		t.Errorf("id %q of %v, want %q of %v", got.ID, got.Published, id, published)
	}
}

// An article that some documents show at its former URL still, for a publication was cut off, keeps its id and its date.
func TestALostLedgerAmidAPublication(t *testing.T) {
	put := []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"}
	for done := 1; done < len(put); done++ {
		t.Run(strings.Join(put[:done], " "), func(t *testing.T) {
			n := newNewsroom(t)
			n.write("가.md", article("가", "자리를 옮길 글이다."))
			n.write("나.md", article("나", "남는 글이다."))
			n.pass()
			id, published, former := n.find("가").ID, n.find("가").Published, n.documents()
			n.now = n.now.Add(time.Hour)
			n.rename("가.md", "다.md")
			n.pass()
			for _, name := range put[done:] {
				n.must(os.WriteFile(n.path("public", name), []byte(former[name]), 0o644))
			}
			n.loseState()
			n.pass()
			if got := n.find("다"); got.ID != id || !got.Published.Equal(published) {
				t.Errorf("id %q of %v, want %q of %v", got.ID, got.Published, id, published)
			}
		})
	}
}

// A source that cannot be read when the ledger is lost leaves its articles where they stand.
func TestALostLedgerWaitsForEverySource(t *testing.T) {
	n := withLocal(t)
	n.write("가.md", article("가", "읍내 소식이다."))
	n.writeLocal("나.md", article("나", "마을 소식이다."))
	n.passAll()
	before := n.documents()
	n.loseState()
	n.must(os.Rename(n.path("local"), n.path("away")))
	scan := func(name string) error {
		_, err := n.rooms.Scan(context.Background(), name, intake.ScanOptions{})
		return err
	}
	n.must(scan("articles"))
	if scan("local") == nil {
		t.Fatal("read what is not there")
	}
	_, err := n.rooms.Publish(context.Background(), edition.PublishOptions{})
	if err == nil || !strings.Contains(err.Error(), "local has not been read since") || !maps.Equal(before, n.documents()) {
		t.Errorf("%v, documents %v", err, slices.Sorted(maps.Keys(n.documents())))
	}
	n.must(os.Rename(n.path("away"), n.path("local")))
	n.must(scan("local"))
	if pub := n.publish(false); len(pub.Notices) > 0 || !maps.Equal(before, n.documents()) {
		t.Errorf("queued %v", pub.Notices)
	}
	n.must(os.Rename(n.path("local"), n.path("away")))
	if scan("local") == nil {
		t.Fatal("read what is not there")
	}
	n.write("다.md", article("다", "새 소식이다."))
	n.must(scan("articles"))
	n.publish(false) // from now on it is a source as any other
	if n.find("다").Title != "다" {
		t.Error("nothing was published")
	}
}
