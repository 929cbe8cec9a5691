package feeds_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	gorilla "github.com/gorilla/feeds"

	"herald/feeds"
	"herald/source"
)

// hundred is the usual feed: a hundred articles of 5 KB in Korean.
func hundred() *feeds.Feed {
	f := newsroom()
	f.Items = nil
	body := strings.Repeat("<p>새벽항 <strong>다리</strong>가 열흘 만에 다시 열렸다. 차들이 <a href=\"https://news.example.org/map/?a=1&amp;b=2\">새 길</a>로 다닌다.</p>\n", 34)
	for i := range 100 {
		a := bridge()
		a.ID = fmt.Sprintf("https://news.example.org/bridge/%d/", i)
		a.URL, a.Content = a.ID, body
		a.Published = a.Published.Add(-time.Duration(i) * time.Hour)
		f.Items = append(f.Items, a)
	}
	return f
}

// limit is the least that any writer of such a feed does: append, content in CDATA.
func limit(b []byte, items []*source.Article) []byte {
	for _, a := range items {
		b = append(b, "<item><title>"...)
		b = append(b, a.Title...)
		b = append(b, "</title><link>"...)
		b = append(b, a.URL...)
		b = append(b, "</link><guid>"...)
		b = append(b, a.ID...)
		b = append(b, "</guid><pubDate>"...)
		b = a.Published.AppendFormat(b, time.RFC1123Z)
		b = append(b, "</pubDate><description>"...)
		b = append(b, a.Summary...)
		b = append(b, "</description><content:encoded><![CDATA["...)
		b = append(b, a.Content...)
		b = append(b, "]]></content:encoded></item>"...)
	}
	return b
}

// gorillaFeed is the same feed for the library's own writers.
func gorillaFeed(f *feeds.Feed) *gorilla.Feed {
	g := &gorilla.Feed{Title: f.Title, Link: &gorilla.Link{Href: f.Link}, Description: f.Description, Updated: f.Updated}
	for _, a := range f.Items {
		g.Items = append(g.Items, &gorilla.Item{
			Title: a.Title, Link: &gorilla.Link{Href: a.URL}, Id: a.ID, Description: a.Summary, Content: a.Content,
			Author: &gorilla.Author{Name: a.Authors[0].Name}, Created: a.Published, Updated: a.Updated,
		})
	}
	return g
}

// BenchmarkWrite writes a hundred and ten thousand items, each whole document into memory of its own, as gorilla's ToRss and
// ToAtom do. The limit appends the same bytes.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		f := hundred()
		for len(f.Items) < n {
			f.Items = append(f.Items, f.Items[:100]...)
		}
		g := gorillaFeed(f)
		measure := func(name string, write func(io.Writer) error) {
			b.Run(fmt.Sprintf("%d items/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					var doc strings.Builder
					if err := write(&doc); err != nil {
						b.Fatal(err)
					}
					b.SetBytes(int64(doc.Len()))
				}
			})
		}
		b.Run(fmt.Sprintf("%d items/limit", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.SetBytes(int64(len(limit(nil, f.Items))))
			}
		})
		for _, w := range writers {
			measure(string(w.kind), func(to io.Writer) error { return w.write(to, f) })
		}
		for name, write := range map[string]func() (string, error){"rss": g.ToRss, "atom": g.ToAtom, "json": g.ToJSON} {
			measure("gorilla "+name, func(w io.Writer) error {
				doc, err := write()
				_, _ = w.Write([]byte(doc[:min(len(doc), 1)]))
				return err
			})
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	f := hundred()
	for _, w := range writers {
		doc := render(b, w.write, f)
		b.Run(string(w.kind), func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				if err := feeds.Check(w.kind, doc, siteHosts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
