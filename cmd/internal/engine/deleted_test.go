package engine_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// Atom says which of its articles left (RFC 6721), as long as they would stand in the feed; another feed's, a draft that
// nobody saw and one that came back are not named.
func TestWhatLeftAFeedIsNamed(t *testing.T) {
	n := newNewsroom(t, func(s *settings) {
		s.Guard = nil
		s.Feeds = []edition.Feed{{Name: "rain", Paths: map[feeds.Kind]string{feeds.Atom: "/rain.xml"}, Items: 3, Content: feeds.Full, Deleted: true,
			Where: ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"비"}}}}}
	})
	text := func(i int, more string) string {
		return fmt.Sprintf("---\ntitle: 글 %d\ndate: 2026-01-%02dT10:00:00Z\n%s---\n본문 %d\n", i, i+1, more, i)
	}
	for i := range 7 {
		n.write(fmt.Sprintf("%d.md", i), text(i, "tags: [비]\n"))
	}
	n.write("8.md", text(8, "tags: [눈]\n"))
	n.write("9.md", text(9, "tags: [비]\ndraft: true\n"))
	n.pass()
	deleted := regexp.MustCompile(`<at:deleted-entry ref="` + base + `/(\d)/" when="[^"]+">`)
	want := func(when string, numbers ...string) {
		t.Helper()
		n.pass()
		var got []string
		for _, found := range deleted.FindAllStringSubmatch(n.read("rain.xml"), -1) {
			got = append(got, found[1])
		}
		if !slices.Equal(got, numbers) {
			t.Errorf("%s: %q are named, want %q", when, got, numbers)
		}
		n.sameAsClean()
	}
	want("at first")
	n.remove("0.md")
	n.remove("8.md")
	want("one that the feed did not show, and another feed's, were removed")
	n.remove("5.md")
	want("one was removed", "5")
	n.write("6.md", text(6, "tags: [비]\ndraft: true\n"))
	want("another became a draft", "6", "5")
	n.write("4.md", text(4, "tags: [비]\nfeed: false\n"))
	want("a third stands in no feed any more, and lives", "6", "5")
	n.write("5.md", text(5, "tags: [비]\n"))
	want("one is back", "6")
	for i := range 3 {
		n.write(fmt.Sprintf("1%d.md", i), text(20+i, "tags: [비]\n"))
	}
	want("newer ones fill the feed")
}
