package feed_test

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"herald/feeds"
	"herald/source"
	"herald/source/feed"
	"herald/source/weburl"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func newsroom() *feeds.Feed {
	return &feeds.Feed{
		ID:    "https://news.example.org/feed.xml",
		Title: "뉴스 <속보>",
		Link:  "https://news.example.org/",
		Self: map[feeds.Kind]string{
			feeds.RSS: "https://news.example.org/feed.xml", feeds.Atom: "https://news.example.org/atom.xml", feeds.JSON: "https://news.example.org/feed.json",
		},
		Image: "https://news.example.org/logo.png",
		Items: []*source.Article{
			{ID: "옛글 17", URL: "https://news.example.org/market/?a=1&b=2", Title: `<3 R&D &lt;b&gt; ]]>`, Summary: "시장이 <열렸다>",
				Content: "<title>x</title> ]]> <guid>y</guid>", Image: "https://news.example.org/a.jpg",
				Published: at("2026-03-01T00:30:01Z"), Updated: at("2026-03-02T01:00:00Z")},
			{ID: "https://news.example.org/bridge/", URL: "https://news.example.org/bridge/", Title: "다리 개통",
				Published: at("2026-03-01T00:30:00Z"), Updated: at("2026-03-01T00:30:00Z")},
		},
	}
}

// What recovery needs comes back from each of our formats.
func TestRoundTrip(t *testing.T) {
	tests := []struct {
		format feed.Format
		write  func(io.Writer, *feeds.Feed) error
	}{{feed.RSS, feeds.WriteRSS}, {feed.Atom, feeds.WriteAtom}, {feed.JSON, feeds.WriteJSON}}
	for _, test := range tests {
		t.Run(string(test.format), func(t *testing.T) {
			var b bytes.Buffer
			if err := test.write(&b, newsroom()); err != nil {
				t.Fatal(err)
			}
			got, err := feed.Parse(b.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			want := expected(test.format)
			if test.format == feed.RSS {
				want.TTL = 5 * time.Minute
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got\n%+v, want\n%+v", got, want)
			}
		})
	}
}

// expected is what each format can tell of newsroom.
func expected(format feed.Format) *feed.Document {
	f := newsroom()
	d := &feed.Document{Format: format, Title: f.Title, Link: f.Link, Ours: true, Self: f.Self[feeds.Kind(format)]}
	if format != feed.JSON {
		d.Updated = at("2026-03-02T01:00:00Z") // of its newest article
	}
	if format != feed.RSS {
		d.ID = f.ID
	}
	for _, a := range f.Items {
		i := feed.Item{ID: a.ID, URL: a.URL, Title: a.Title, Summary: a.Summary, Content: a.Content, Published: a.Published}
		if format == feed.JSON && a.Content == "" {
			i.Content, i.Plain = a.Title, true // JSON Feed wants content
		}
		if format == feed.RSS {
			i.IsPermaLink = a.ID == a.URL
		} else {
			i.Updated = a.Updated
			d.Authors = []source.Author{{Name: f.Title}}
		}
		if format != feed.Atom {
			i.Image = a.Image
		}
		if format == feed.Atom && !weburl.IsIRI(a.ID) {
			i.ID = weburl.TagURI("news.example.org", a.Published, a.ID)
		}
		d.Items = append(d.Items, i)
	}
	return d
}

func TestForeign(t *testing.T) {
	tests := []struct {
		name, doc string
		want      feed.Document
	}{
		{"RSS with its namespaces", `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns="http://backend.userland.com/rss2" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><atom:link rel="self" href="https://blog.example.org/rss"/><title>블로그</title><image><title>그림</title><link>https://blog.example.org/i</link></image>
<link> https://blog.example.org/ </link><generator>other 1.0</generator>
<item><title>첫&nbsp;글 &amp; 끝</title><media:title>그림</media:title><link>https://blog.example.org/?p=1&x=2</link><guid isPermaLink="false"> 1 </guid><dc:date>2024-01-02T03:04:05+09:00</dc:date></item>
<item><title>둘째</title><guid>https://blog.example.org/2</guid><pubDate>Tue, 02 Jan 2024 03:04:05 KST</pubDate></item>
</channel></rss>`, feed.Document{Format: feed.RSS, Title: "블로그", Link: "https://blog.example.org/", Self: "https://blog.example.org/rss", Items: []feed.Item{
			{ID: "1", URL: "https://blog.example.org/?p=1&x=2", Title: "첫\u00a0글 & 끝", Published: at("2024-01-01T18:04:05Z")},
			{ID: "https://blog.example.org/2", IsPermaLink: true, URL: "https://blog.example.org/2", Title: "둘째", Published: at("2024-01-01T18:04:05Z")},
		}}},
		{"RSS without namespaces declared", `<rss version="0.92"><channel><title>a</title><atom:link href="https://x/"/><item><link>https://blog.example.org/1</link></item></channel></rss>`,
			feed.Document{Format: feed.RSS, Title: "a", Items: []feed.Item{{URL: "https://blog.example.org/1"}}}},
		{"Atom", "\uFEFF\n" + `<feed xmlns="http://www.w3.org/2005/Atom"><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">블<b>로</b>그</div></title>
<id>urn:x:1</id><link rel="self" href="https://blog.example.org/atom"/><link href="https://blog.example.org/"/><link rel="alternate" href="https://blog.example.org/en/"/>
<author><name>가</name></author>
<entry><id>tag:blog.example.org,2024:1</id><title>글</title><link rel="edit" href="https://x/"/><link rel="alternate" href="https://blog.example.org/1"/><source><id>other</id><title>other</title></source>
<updated>2024-01-02T03:04:05.678Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><title>no</title></div></content></entry></feed>`,
			feed.Document{Format: feed.Atom, ID: "urn:x:1", Title: "블로그", Link: "https://blog.example.org/", Self: "https://blog.example.org/atom", Authors: []source.Author{{Name: "가"}}, Items: []feed.Item{
				{ID: "tag:blog.example.org,2024:1", URL: "https://blog.example.org/1", Title: "글", Content: "<title>no</title>", Updated: at("2024-01-02T03:04:05Z"), Origin: &source.Origin{ID: "other", Title: "other"}},
			}}},
		{"JSON Feed 1.0", `{"version":"https://jsonfeed.org/version/1","title":5,"home_page_url":"https://blog.example.org/",
"items":[{"id":17,"url":"https://blog.example.org/1","title":null,"date_published":"2024-01-02T03:04:05+09:00","date_modified":""},{"id":{"a":1}}]}`,
			feed.Document{Format: feed.JSON, Link: "https://blog.example.org/", Items: []feed.Item{
				{ID: "17", URL: "https://blog.example.org/1", Published: at("2024-01-01T18:04:05Z")}, {},
			}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := feed.Parse([]byte(test.doc))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got\n%+v, want\n%+v", *got, test.want)
			}
		})
	}
}

func TestDates(t *testing.T) {
	tests := map[string]string{
		"Tue, 02 Jan 2024 03:04:05 +0900":  "2024-01-01T18:04:05Z",
		"Tue, 2 Jan 2024 03:04 GMT":        "2024-01-02T03:04:00Z",
		"2 Jan 2024 03:04:05 EST":          "2024-01-02T08:04:05Z",
		"Tue, 02 Jan 24 03:04:05 KST":      "2024-01-01T18:04:05Z",
		"02 Jan 98 03:04 UT":               "1998-01-02T03:04:00Z",
		"Tue, 02 Jan 2024 03:04:05 Z":      "2024-01-02T03:04:05Z",
		"2024-01-02T03:04:05.999+09:00":    "2024-01-01T18:04:05Z",
		"2024-01-02":                       "2024-01-02T00:00:00Z",
		"Tue, 02 Jan 2024 03:04:05 XYZ":    "",
		"Thu, 01 Jan 1970 00:00:00 +0000":  "1970-01-01T00:00:00Z",
		"Mon, 01 Jan 0001 00:00:00 +0000":  "",
		"어제":                               "",
		"":                                 "",
		strings.Repeat("2024-01-02 ", 1e4): "",
	}
	for text, want := range tests {
		doc := "<rss><channel><item><pubDate>" + text + "</pubDate></item></channel></rss>"
		d, err := feed.Parse([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if p := d.Items[0].Published; !p.IsZero() {
			got = p.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%.60q: got %q, want %q", text, got, want)
		}
	}
}

func TestRefuses(t *testing.T) {
	items := strings.Repeat("<item></item>", feed.MaxItems+1)
	tests := map[string]string{
		"":                                   "neither",
		"text":                               "neither",
		"<html><body/></html>":               "neither",
		"[]":                                 "neither",
		"{}":                                 "no JSON Feed",
		`{"items":[`:                         "unexpected end",
		"<rss><channel><item>":               "unexpected EOF",
		"<rss></rss><rss></rss>":             "second root",
		strings.Repeat("<rss>", 1000):        "too deeply",
		"<rss><channel>" + items + "</rss>":  "over the limit",
		strings.Repeat(" ", feed.MaxBytes+1): "over the limit",
		`<?xml version="1.0" encoding="x-none"?><rss></rss>`: "x-none",
	}
	for doc, want := range tests {
		if _, err := feed.Parse([]byte(doc)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: got %v, want %q", doc, err, want)
		}
	}
}

// Parse may not panic, and gives no more items than it promises.
func FuzzParse(f *testing.F) {
	for _, write := range []func(io.Writer, *feeds.Feed) error{feeds.WriteRSS, feeds.WriteAtom, feeds.WriteJSON} {
		var b bytes.Buffer
		if err := write(&b, newsroom()); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		d, err := feed.Parse(doc)
		if (d == nil) == (err == nil) {
			t.Errorf("%v and %v", d, err)
		}
	})
}
