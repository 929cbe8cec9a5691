package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/feeds"
	"herald/source/feed"
)

// archivedNewsroom has six articles of three days, two a document behind a feed of one.
func archivedNewsroom(t *testing.T) *newsroom {
	n := newNewsroom(t, func(s *settings) {
		s.Guard = nil
		s.Feeds = []edition.Feed{{Name: "old", Paths: map[feeds.Kind]string{feeds.Atom: "/old.xml"}, Items: 1, Content: feeds.Full, Archive: 2}}
	})
	for i := range 6 {
		n.write(fmt.Sprintf("글-%d.md", i), fmt.Sprintf("---\ntitle: 글 %d\ndate: 2026-01-0%dT10:00:00Z\n---\n본문 %d\n", i, i+1, i))
	}
	n.pass()
	return n
}

// What some articles may find no room in does not claim to hold all (RFC 5005 section 2).
func TestF8ABoundedFeedIsNotComplete(t *testing.T) {
	for bytes, complete := range map[int]bool{0: true, 64_000_000: true, 2000: false} {
		n := newNewsroom(t, func(s *settings) {
			s.Feeds = []edition.Feed{{Name: "old", Paths: map[feeds.Kind]string{feeds.Atom: "/old.xml"}, Items: 9, Content: feeds.Full, Archive: 2, Bytes: bytes}}
		})
		for i := range 6 {
			n.write(fmt.Sprintf("글-%d.md", i), fmt.Sprintf("---\ntitle: 글 %d\ndate: 2026-01-0%dT10:00:00Z\n---\n%s\n", i, i+1, strings.Repeat("본문 ", 100)))
		}
		n.pass()
		if got := strings.Contains(n.read("old.xml"), "fh:complete"); got != complete || complete != (len(n.archives()) == 0) {
			t.Errorf("of %d bytes: complete %t, archives %v", bytes, got, n.archives())
		}
	}
}

// archives returns the names of the archive documents that stand.
func (n *newsroom) archives() (names []string) {
	for name := range n.documents() {
		if strings.HasPrefix(name, "old-archive-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Who follows a feed back has the URL of a document that was replaced: it stands for thirty days more.
func TestF9AReplacedArchiveDocumentStandsOn(t *testing.T) {
	n := archivedNewsroom(t)
	first := n.archives()
	if len(first) != 3 {
		t.Fatalf("%d archive documents stand: %v", len(first), first)
	}
	edited, original := "---\ntitle: 글 2\ndate: 2026-01-03T10:00:00Z\n---\n고침\n", "---\ntitle: 글 2\ndate: 2026-01-03T10:00:00Z\n---\n본문 2\n"
	n.write("글-2.md", edited)
	n.pass()
	both := n.archives()
	if len(both) != 4 || !slices.Contains(both, first[1]) {
		t.Fatalf("after an edit %v stand, before it %v", both, first)
	}
	n.now = n.now.Add(29 * 24 * time.Hour)
	n.pass()
	if got := n.archives(); !slices.Equal(got, both) {
		t.Errorf("after 29 days %v stand, want %v", got, both)
	}
	n.now = n.now.Add(2 * 24 * time.Hour)
	n.pass()
	if got := n.archives(); len(got) != 3 || slices.Contains(got, first[1]) {
		t.Errorf("after 31 days %v stand, want them without %s", got, first[1])
	}
	n.write("글-2.md", original)
	n.pass()
	n.sameArticles()
}

// sameArticles checks that the archives hold each article once.
func (n *newsroom) sameArticles() {
	n.t.Helper()
	docs := n.documents()
	var seen []string
	for at := "old.xml"; at != ""; {
		d, err := feed.Parse([]byte(docs[at]))
		n.must(err)
		if at != "old.xml" {
			for _, item := range d.Items {
				seen = append(seen, item.Title)
			}
		}
		at = strings.TrimPrefix(d.Older, n.siteURL+"/")
	}
	if want := []string{"글 5", "글 4", "글 3", "글 2", "글 1", "글 0"}; !slices.Equal(seen, want) {
		n.t.Errorf("the archives hold %v, want %v", seen, want)
	}
}
