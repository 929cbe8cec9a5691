package engine_test

import (
	"fmt"
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

// benchFeeds are the feeds of each category, in RSS.
var benchFeeds = edition.Feed{
	Name: "by-category", Title: "속보 – :value", Each: ledger.ByCategory, Items: 50, Content: feeds.Full,
	Paths: map[feeds.Kind]string{feeds.RSS: "/category/" + placement.SlugMark + "/feed.xml"},
}

// BenchmarkManyFeeds edits one of many articles and publishes, and looks again where nothing changed: with the default feed
// alone, and with a thousand more, one per category.
func BenchmarkManyFeeds(b *testing.B) {
	for _, count := range []int{1, 1000} {
		b.Run(fmt.Sprintf("feeds=%d", count), func(b *testing.B) {
			n := newNewsroom(b, func(s *settings) {
				if s.Guard = nil; count > 1 {
					s.Feeds = []edition.Feed{benchFeeds}
				}
			})
			for i := range benchArticles {
				n.write(fmt.Sprintf("%03d/%06d.md", i%100, i), fmt.Sprintf("---\ntitle: 소식 %d\ndate: 2020-01-01T00:00:00Z\ncategories: [c%d]\n---\n<p>%d번째 소식. %s</p>\n", i, i%1000, i, lorem))
			}
			edit := func(i int) string {
				return fmt.Sprintf("---\ntitle: 고칠 글\ndate: 2026-01-01T00:00:00Z\ncategories: [c7]\n---\n<p>고침 %d</p>\n", i)
			}
			n.write("edited.md", edit(0))
			n.pass()
			i := 0
			b.Run("edit", func(b *testing.B) {
				for b.Loop() {
					i++
					n.write("edited.md", edit(i))
					n.look("edited.md")
				}
			})
			b.Run("idle", func(b *testing.B) {
				for b.Loop() {
					n.publish(false)
				}
			})
			b.Run("start", func(b *testing.B) { // what a build finds that has just begun
				for b.Loop() {
					b.StopTimer()
					n.must(n.ledger.Close())
					n.ledger = nil
					n.open()
					b.StartTimer()
					n.publish(false)
				}
			})
			if info, err := os.Stat(n.path("herald.db")); err == nil {
				b.ReportMetric(float64(info.Size())/1e6, "MB/state")
			}
		})
	}
}

const lorem = "눈이 온다. 장터가 열린다. 사람들이 모인다. 시장은 아침에 열고 저녁에 닫는다. 강가의 길은 얼었고 아이들은 학교에 간다."

// BenchmarkArchive builds a feed with archive documents from nothing, each body rendered once, and edits an article in the
// middle of them: two documents a format are written, that of the article and its newer neighbour.
func BenchmarkArchive(b *testing.B) {
	n := newNewsroom(b, func(s *settings) {
		s.Guard, s.Feed = nil, nil
		s.Feeds = []edition.Feed{{Name: "main", Items: 50, Content: feeds.Full, Archive: 100,
			Paths: map[feeds.Kind]string{feeds.RSS: "/feed.xml", feeds.Atom: "/atom.xml", feeds.JSON: "/feed.json"}}}
	})
	text := func(i int, more string) string {
		return fmt.Sprintf("---\ntitle: 소식 %d\ndate: %s\n---\n\n%d번째 소식. %s%s\n", i, time.Unix(int64(1_000_000_000+i*3600), 0).UTC().Format(time.RFC3339), i, lorem, more)
	}
	for i := range benchArticles {
		n.write(fmt.Sprintf("%03d/%06d.md", i%100, i), text(i, ""))
	}
	_, pub := n.pass()
	b.Logf("the first publication wrote %d documents", len(pub.Written))
	i, middle := 0, fmt.Sprintf("%03d/%06d.md", benchArticles/2%100, benchArticles/2)
	b.Run("edit", func(b *testing.B) {
		for b.Loop() {
			i++
			n.write(middle, text(benchArticles/2, fmt.Sprint(" 고침 ", i)))
			_, pub = n.pass()
			pages := slices.DeleteFunc(pub.Written, func(name string) bool { return !strings.Contains(name, "-archive-") })
			if len(pages) != 2*3 {
				b.Fatalf("archive documents written: %q, want two a format", pages)
			}
		}
	})
	b.Run("idle", func(b *testing.B) {
		for b.Loop() {
			n.publish(false)
		}
	})
}
