package engine_test

import (
	"errors"
	"maps"
	"os"
	"slices"
	"testing"
)

func TestALostLedgerRecovers(t *testing.T) {
	n := filled(t, 12, func(s *settings) { s.Feed.Items = 5 })
	n.write("기사-11.md", article("마을 소식 11", "고친 본문"))
	n.write("dated.md", "---\ntitle: 옛 소식\ndate: 2020-01-02\nid: urn:old\n---\n본문\n")
	n.pass()
	before := n.documents()
	n.must(n.ledger.Close())
	n.ledger = nil
	for _, f := range []string{"herald.db", "herald.db-wal", "herald.db-shm"} {
		if err := os.Remove(n.path(f)); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	n.world.heard()
	n.now = n.now.AddDate(1, 0, 0)
	n.open()
	_, pub := n.pass()
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics)+len(pub.Notices) > 0 {
		t.Errorf("recovery told %q %q", urls, topics)
	}
	after := n.documents()
	for name := range before {
		if before[name] != after[name] {
			t.Errorf("%s changed:\n%s\n--- was ---\n%s", name, after[name], before[name])
		}
	}
	if len(pub.Written) != 0 {
		t.Errorf("written again: %q", pub.Written)
	}
}

// The sitemap is an index: what only its children list keeps its child.
func TestALostLedgerRecoversAnIndex(t *testing.T) {
	n := filled(t, 25, func(s *settings) { s.Feed.Items, s.Sitemap.URLsPerFile = 5, 10 })
	n.write("dated.md", "---\ntitle: 옛 소식\ndate: 2020-01-02\n---\n본문\n")
	n.pass()
	before := n.documents()
	if len(before) < 8 {
		t.Fatalf("no index: %q", slices.Sorted(maps.Keys(before)))
	}
	n.must(n.ledger.Close())
	n.ledger = nil
	n.must(os.Remove(n.path("herald.db")))
	n.now = n.now.AddDate(1, 0, 0)
	n.open()
	_, pub := n.pass()
	for name, body := range n.documents() {
		if before[name] != body {
			t.Errorf("%s changed:\n%s\n--- was ---\n%s", name, body, before[name])
		}
	}
	if len(pub.Written)+len(pub.Removed)+len(pub.Notices) != 0 {
		t.Errorf("%+v", pub)
	}
}
