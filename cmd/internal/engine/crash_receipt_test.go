package engine_test

import (
	"os"
	"slices"
	"testing"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/feeds"
)

// A new feed was put, and the power failed before its receipt was written: the next run finds the bytes that it would put,
// and tells of them as the first would have.
func TestANewFeedIsToldThoughItsReceiptWasLost(t *testing.T) {
	n := newNewsroom(t, sections(edition.Feed{
		Name: "each", Each: ledger.ByCategory, Items: 5, Content: feeds.Full,
		Paths: map[feeds.Kind]string{feeds.Atom: "/each-" + placement.SlugMark + ".xml"},
	}))
	n.write("harbour.md", filed(1, "배가 들어왔다.", "바다"))
	n.pass()
	n.deliver()
	n.world.heard()
	n.must(n.ledger.Close())
	before, err := os.ReadFile(n.path("herald.db"))
	n.must(err)
	n.ledger = nil
	n.open()

	n.write("market.md", filed(2, "장이 열렸다.", "장터"))
	n.pass()
	documents := n.documents()
	n.must(n.ledger.Close())
	n.ledger = nil
	n.restore(documents, before)
	n.open()
	n.pass()
	n.deliver()
	urls, topics := n.world.heard()
	if want := []string{base + "/each-%EC%9E%A5%ED%84%B0.xml"}; !slices.Equal(topics, want) {
		t.Errorf("told the topics %q, want %q", topics, want)
	}
	if want := []string{base + "/market/"}; !slices.Equal(urls, want) {
		t.Errorf("told the URLs %q, want %q", urls, want)
	}
}
