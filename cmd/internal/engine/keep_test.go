package engine_test

import (
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// An article that a minor change brings into a feed is as new to the feed's readers as any other.
func TestAFeedKeepsWhatAMinorChangeBrings(t *testing.T) {
	n := newNewsroom(t, func(s *settings) {
		s.Feeds = []edition.Feed{{Name: "rain", Paths: map[feeds.Kind]string{feeds.JSON: "/rain.json"}, Items: 1, Keep: time.Hour, Content: feeds.Full,
			Where: ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"비"}}}}}
	})
	n.write("새.md", "---\ntitle: 새 글\ndate: 2026-05-05\ntags: [비]\n---\n본문\n")
	n.write("옛.md", "---\ntitle: 옛 글\ndate: 2020-05-05\ntags: [눈]\n---\n본문\n")
	n.pass()
	n.write("옛.md", "---\ntitle: 옛 글\ndate: 2020-05-05\ntags: [비]\nminor: true\n---\n본문\n")
	n.pass()
	if got := seenInJSON(t, n.read("rain.json")); len(got) != 2 {
		t.Errorf("the feed shows %+v, want the old article too", got)
	}
	n.sameAsClean()
}
