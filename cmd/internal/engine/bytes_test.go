package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/publish"
	"herald/feeds"
)

// bounded is a newsroom whose second feed, in three formats, has room for some of its articles.
func bounded(t *testing.T, bytes int, content feeds.Content) *newsroom {
	n := newNewsroom(t, func(s *settings) {
		s.Guard = nil
		s.Feeds = []edition.Feed{{
			Name: "small", Items: 30, Content: content, Bytes: bytes,
			Paths: map[feeds.Kind]string{feeds.RSS: "/small/feed.xml", feeds.Atom: "/small/atom.xml", feeds.JSON: "/small/feed.json"},
		}}
	})
	for i := range 20 {
		n.write(numberedName(i), numbered(i)+strings.Repeat("강가의 장터가 열렸다. ", 20))
	}
	n.pass()
	return n
}

// small holds the bound in each format, and returns how many articles the RSS document shows, and how many whole.
func (n *newsroom) small(bytes int) (shown, whole int) {
	n.t.Helper()
	docs := n.documents()
	for _, name := range []string{"small/feed.xml", "small/atom.xml", "small/feed.json"} {
		if len(docs[name]) > bytes || len(docs[name]) == 0 {
			n.t.Errorf("%s: got %d bytes, want at most %d", name, len(docs[name]), bytes)
		}
	}
	return strings.Count(docs["small/feed.xml"], "<item>"), strings.Count(docs["small/feed.xml"], "<content:encoded>")
}

// The bound on a feed's documents holds through edits, and they are what a clean publication makes; what is the same is not
// put again.
func TestAFeedKeepsItsBytesThroughEdits(t *testing.T) {
	for name, test := range map[string]struct {
		bytes   int
		content feeds.Content
	}{"most are short": {12_000, feeds.Full}, "the oldest leave": {4_000, feeds.Full}, "summaries": {6_000, feeds.Summary}} {
		t.Run(name, func(t *testing.T) {
			n := bounded(t, test.bytes, test.content)
			before, whole := n.small(test.bytes)
			if before == 20 && whole == 20 || before < 2 {
				t.Fatalf("got %d shown, %d whole, want some left out or short", before, whole)
			}
			n.write(numberedName(19), numbered(19)+strings.Repeat("다리 놓기가 길어진다. ", 120))
			n.settled()
			if shown, whole := n.small(test.bytes); shown > before || whole > 20 {
				t.Errorf("the newest grew: got %d shown, want at most %d", shown, before)
			}
			n.write(numberedName(0), numbered(0)+"맨 처음 글이 바뀌었다.")
			n.settled()
			n.remove(numberedName(19))
			n.settled()
			if shown, _ := n.small(test.bytes); shown < before-1 {
				t.Errorf("the newest went: got %d shown, want at least %d", shown, before-1)
			}
			n.tweak = append(n.tweak, func(s *settings) { s.Feeds[0].Bytes = 1_000_000 })
			n.open()
			n.settled()
			if shown, _ := n.small(1_000_000); shown != 19 {
				t.Errorf("with room: got %d shown, want 19", shown)
			}
			n.lose()
			if scan, pub := n.pass(); scan.Recovered != 19 || len(pub.Notices) > 0 {
				t.Errorf("after a loss: got %d recovered, %d notices, want 19 and none", scan.Recovered, len(pub.Notices))
			}
		})
	}
}

// What no document may be is kept from being written: it could not be read back.
func TestNothingIsWrittenThatCannotBeReadBack(t *testing.T) {
	for name, grow := range map[string]func(*settings){
		"robots.txt": func(s *settings) { s.Robots.Extra = strings.Repeat("Disallow: /weit/weg/\n", 60_000) },
		"feed.xml":   func(s *settings) { s.Site.Title = strings.Repeat("새벽", publish.MaxDocument/6) },
	} {
		t.Run(name, func(t *testing.T) {
			n := filled(t, 2, func(s *settings) { s.Feed.Atom, s.Feed.JSON = "", "" })
			before := n.file(name)
			n.tweak = append(n.tweak, func(s *settings) { grow(s) })
			n.open()
			for range 2 {
				pub, err := n.rooms.Publish(context.Background(), edition.PublishOptions{})
				n.must(err)
				if !strings.Contains(fmt.Sprint(pub.Failed), name+": it would ") || n.file(name) != before {
					t.Errorf("got %.300q, want the last good version kept", pub.Failed)
				}
			}
		})
	}
}
