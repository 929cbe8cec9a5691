package reader_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source"
	"herald/source/date"
	"herald/source/markup"
	"herald/source/permalink"
	"herald/source/reader"
	"herald/source/text"
	"herald/source/weburl"
)

// prose writes Korean-looking text: words of two to four syllables drawn from all of Hangul, as varied as
// the branches of a reader must expect.
type prose struct{ *rand.Rand }

func (p prose) word() string {
	var w strings.Builder
	for range 2 + p.IntN(3) {
		w.WriteRune('가' + rune(p.IntN(0xD7A4-0xAC00)))
	}
	return w.String()
}

func (p prose) sentence() string {
	var s strings.Builder
	for range 8 + p.IntN(8) {
		s.WriteString(p.word() + " ")
	}
	return s.String() + "“" + p.word() + "”고 밝혔다."
}

// benchFiles returns 64 files of a shape, six kilobytes each: HTML as editors for blogs write it, with attributes
// that say nothing; Markdown with emphasis, links and lists; plain text without front matter. No two share a
// sentence. All are plain throughout, as package text has it, and none has a mark of Liquid.
func benchFiles(shape string) (files [][]byte) {
	p := prose{rand.New(rand.NewPCG(1, 2))}
	for range 64 {
		var b strings.Builder
		if shape != "text" {
			fmt.Fprintf(&b, "---\ntitle: %s %s, %s\ncategories:\n  - News\nexcerpt: >\n  %s\nfeature_text: >\n  %s\nimage: '/assets/img/a.jpg'\ndate: 2024-05-06 07:08:09 +0900\n---\n\n",
				p.word(), p.word(), p.word(), p.sentence(), p.sentence())
		}
		for b.Len() < 5800 {
			switch shape {
			case "html":
				fmt.Fprintf(&b, "<h2 data-ke-size=\"size26\">%s</h2>\n<p data-ke-size=\"size16\">%s <b><span style=\"color: #1a5490;\">%s</span></b> <a href=\"/%s?line=3&amp;day=1\" class=\"x\">%s</a> %s</p>\n<p data-ke-size=\"size16\">&nbsp;</p>\n\n",
					p.word(), p.sentence(), p.sentence(), p.word(), p.word(), p.sentence())
			case "markdown":
				fmt.Fprintf(&b, "## %s\n\n%s **%s** [%s](/bus) %s\n\n- %s\n- %s\n\n", p.word(), p.sentence(), p.word(), p.word(), p.sentence(), p.word(), p.word())
			case "text":
				fmt.Fprintf(&b, "%s\n\n- %s\n- %s\n\n", p.sentence(), p.word(), p.word())
			}
		}
		files = append(files, []byte(b.String()))
	}
	return files
}

var benchNames = map[string]string{"html": "2024/0000123-마을버스-노선.html", "markdown": "2024/bus.md", "text": "2024/bus.txt"}

// BenchmarkParse reads articles from memory, one after the other; floor is what any reader pays for the
// same bytes: a digest and a check of the encoding.
func BenchmarkParse(b *testing.B) {
	for _, shape := range []string{"html", "markdown", "text"} {
		files := benchFiles(shape)
		b.Run(shape+"/floor", func(b *testing.B) {
			b.SetBytes(int64(len(files[0])))
			for i := 0; b.Loop(); i++ {
				data := files[i%len(files)]
				if sum := sha256.Sum256(data); sum == [32]byte{} || !utf8.Valid(data) {
					b.Fatal("never")
				}
			}
		})
		b.Run(shape+"/parse", func(b *testing.B) {
			b.SetBytes(int64(len(files[0])))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := reader.Parse("bus", files[i%len(files)], reader.Reading{Path: benchNames[shape]}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkStages times what reading an article is made of, on the HTML files, and rendering beside it. words and
// scan do not know, as Parse does, that the text is clean; url gives the address of an article whose
// permalink is "/:path/".
func BenchmarkStages(b *testing.B) {
	files := benchFiles("html")
	site, err := weburl.ParseSite("https://news.example.org")
	if err != nil {
		b.Fatal(err)
	}
	var articles []*source.Article
	for _, data := range files {
		a, err := reader.Parse("bus", data, reader.Reading{Path: benchNames["html"], Pattern: "/:path/"})
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, a)
	}
	for _, stage := range []struct {
		name string
		run  func(data []byte, a *source.Article)
	}{
		{"clean", func(data []byte, _ *source.Article) { text.Clean(data) }},
		{"scan", func(_ []byte, a *source.Article) { markup.Scan(a.Body) }},
		{"words", func(_ []byte, a *source.Article) { reader.ContentDigest(a) }},
		{"date", func([]byte, *source.Article) { date.Parse("2024-05-06 07:08:09 +0900", nil) }},
		{"url", func(_ []byte, a *source.Article) {
			path, err := permalink.Expand(a, nil)
			if _, err2 := site.Join(path); err != nil || err2 != nil {
				b.Fatal(err, err2)
			}
		}},
		{"render", func(_ []byte, a *source.Article) { markup.Render(a.Body, page) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				stage.run(files[i%len(files)], articles[i%len(files)])
			}
		})
	}
}
