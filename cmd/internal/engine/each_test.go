package engine_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

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

// A scheduled article has a category that no other has: the feed of that category stands with the publication in which the article
// comes, not with the next.
func TestAScheduledArticleBringsItsFeed(t *testing.T) {
	n := newNewsroom(t, sections(edition.Feed{
		Name: "each", Each: ledger.ByCategory, Items: 5, Content: feeds.Full,
		Paths: map[feeds.Kind]string{feeds.Atom: "/each-" + placement.SlugMark + ".xml"},
	}))
	n.write("harbour.md", filed(1, "배가 들어왔다.", "바다"))
	n.write("market.md", "---\ntitle: 장날\ndate: "+n.now.Add(2*time.Hour).Format(time.RFC3339)+"\ncategories: [장터]\n---\n<p>장이 열린다.</p>\n")
	n.pass()
	if got := n.read("each-장터.xml"); got != "" {
		t.Fatalf("got the feed of an article that is still to come:\n%s", got)
	}
	n.now = n.now.Add(3 * time.Hour)
	n.publish(false)
	if got := n.read("each-장터.xml"); !strings.Contains(got, "장날") {
		t.Errorf("got %q, want the feed with the article that has come", got)
	}
}
