package engine_test

import (
	"context"
	"fmt"
	"herald/cmd/internal/intake"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// corpus writes n articles of the shape of real ones: 86 % HTML, 12 % Markdown, 2 % plain text
// without front matter, half undated, Korean, about 6 KB each.
func corpus(n *newsroom, count int) {
	r := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 4000)
	for i := range words {
		var w strings.Builder
		for range 2 + r.IntN(3) {
			w.WriteRune('가' + rune(r.IntN(11172)))
		}
		words[i] = w.String()
	}
	sentence := func() string {
		var s strings.Builder
		for range 8 + r.IntN(8) {
			s.WriteString(words[r.IntN(len(words))])
			s.WriteByte(' ')
		}
		return strings.TrimSpace(s.String()) + "다."
	}
	for i := range count {
		title := words[r.IntN(len(words))] + " " + words[r.IntN(len(words))] + " " + words[r.IntN(len(words))]
		lead := sentence() + " " + sentence()
		meta := fmt.Sprintf("---\ntitle: %s\ncategories:\n  - News\nexcerpt: >\n  %s\nfeature_text: >\n  %s\nimage: '/assets/img/a.jpg'\n", title, lead, lead)
		if r.IntN(2) == 0 {
			meta += fmt.Sprintf("date: %d-%02d-%02d %02d:%02d:%02d +0900\n", 2020+i%7, 1+i/7%12, 1+i%28, i%24, i%60, i*7%60)
		}
		folder := fmt.Sprintf("%d-%02d", 2020+i%7, 1+i/7%12)
		name := fmt.Sprintf("%s/%07d-%s", folder, i, words[r.IntN(len(words))])
		var body strings.Builder
		switch k := r.IntN(100); {
		case k < 86:
			for range 9 {
				fmt.Fprintf(&body, "<h2 data-ke-size=\"size26\">%s</h2>\n<p data-ke-size=\"size16\">%s <b><span style=\"color: #ee2323;\">%s</span></b> %s</p>\n<p>&nbsp;</p>\n",
					words[r.IntN(len(words))], sentence(), sentence(), sentence())
			}
			n.write(name+".html", meta+"---\n\n"+body.String())
		case k < 98:
			for range 8 {
				fmt.Fprintf(&body, "## %s\n\n%s **%s** %s\n\n- %s\n- %s\n\n", words[r.IntN(len(words))], sentence(), sentence(), sentence(), sentence(), sentence())
			}
			n.write(name+".md", meta+"---\n\n"+body.String())
		default:
			for range 30 {
				body.WriteString(sentence() + "\n")
			}
			n.write(name+".txt", title+"\n"+body.String())
		}
	}
}

// benchArticles is how many articles a benchmark publishes; HERALD_BENCH_ARTICLES says another
// number.
var benchArticles = func() int {
	if n, err := strconv.Atoi(os.Getenv("HERALD_BENCH_ARTICLES")); err == nil {
		return n
	}
	return 20_000
}()

// BenchmarkColdBuild publishes articles from nothing; the floor is reading every byte.
func BenchmarkColdBuild(b *testing.B) {
	n := newNewsroom(b, func(s *settings) { s.Guard = nil })
	corpus(n, benchArticles)
	b.Run("herald", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			n.must(n.ledger.Close())
			n.ledger = nil
			for _, f := range []string{"herald.db", "herald.db-wal", "herald.db-shm", "public"} {
				n.must(os.RemoveAll(n.path(f)))
			}
			n.open()
			b.StartTimer()
			n.pass()
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*benchArticles), "µs/article")
	})
	b.Run("floor=cat", func(b *testing.B) {
		for b.Loop() {
			n.must(exec.Command("sh", "-c", "find '"+n.path("articles")+"' -type f -print0 | xargs -0 cat >/dev/null").Run())
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*benchArticles), "µs/article")
	})
}

// BenchmarkRescan scans unchanged articles; the floor is find's walk.
func BenchmarkRescan(b *testing.B) {
	n := newNewsroom(b, func(s *settings) { s.Guard = nil })
	corpus(n, benchArticles)
	n.pass()
	b.Run("herald", func(b *testing.B) {
		for b.Loop() {
			_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
			n.must(err)
		}
	})
	b.Run("floor=find", func(b *testing.B) {
		for b.Loop() {
			n.must(exec.Command("find", n.path("articles"), "-type", "f", "-printf", "%s %T@ %p\n").Run())
		}
	})
}

// BenchmarkOneEdit edits one of many articles and publishes.
func BenchmarkOneEdit(b *testing.B) {
	n := newNewsroom(b, func(s *settings) { s.Guard = nil })
	corpus(n, benchArticles)
	n.write("edited.md", article("고칠 글", "처음"))
	n.pass()
	i := 0
	edit := func() {
		i++
		n.write("edited.md", article("고칠 글", fmt.Sprint("고침 ", i)))
	}
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			edit()
			n.pass()
		}
	})
	b.Run("look", func(b *testing.B) {
		for b.Loop() {
			edit()
			n.look("edited.md")
		}
	})
}

// BenchmarkLook takes in one saved file of many under the guard, without publishing: first alone, then while a third of the others were
// edited within the last ten minutes.
func BenchmarkLook(b *testing.B) {
	n := newNewsroom(b)
	for i := range benchArticles {
		n.write(fmt.Sprintf("%07d.md", i), article(fmt.Sprint("글 ", i), "처음"))
	}
	n.pass()
	i := 0
	look := func(b *testing.B) {
		for b.Loop() {
			i++
			n.write("0000000.md", article("고칠 글", fmt.Sprint("고침 ", i)))
			_, done, err := n.rooms.Look(context.Background(), "articles", []string{"0000000.md"})
			if n.must(err); !done {
				b.Fatal("left to a scan")
			}
		}
	}
	b.Run("calm", look)
	for i := range benchArticles / 3 {
		n.write(fmt.Sprintf("%07d.md", i), article(fmt.Sprint("글 ", i), "고침"))
	}
	if scan, _ := n.pass(); scan.Hold != nil {
		b.Fatalf("%+v", scan.Hold)
	}
	b.Run("busy", look)
}
