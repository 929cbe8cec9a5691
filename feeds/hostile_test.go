package feeds_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"html"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"herald/feeds"
	"herald/source"
)

// shown is what a reader sees of one item.
type shown struct{ title, summary, content, id, link string }

func readItem(t *testing.T, kind feeds.Kind, doc []byte) shown {
	t.Helper()
	switch kind {
	case feeds.RSS:
		var d struct {
			Item struct {
				Title   string `xml:"title"`
				Summary string `xml:"description"`
				Content string `xml:"encoded"`
				ID      string `xml:"guid"`
				Link    string `xml:"link"`
			} `xml:"channel>item"`
		}
		decode(t, xml.Unmarshal(doc, &d))
		return shown{d.Item.Title, html.UnescapeString(d.Item.Summary), d.Item.Content, d.Item.ID, d.Item.Link}
	case feeds.Atom:
		var d struct {
			Entry struct {
				Title   string `xml:"title"`
				Summary string `xml:"summary"`
				Content string `xml:"content"`
				ID      string `xml:"id"`
				Link    struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		decode(t, xml.Unmarshal(doc, &d))
		return shown{d.Entry.Title, d.Entry.Summary, d.Entry.Content, d.Entry.ID, d.Entry.Link.Href}
	}
	var d struct {
		Items []struct {
			Title   string `json:"title"`
			Summary string `json:"summary"`
			HTML    string `json:"content_html"`
			ID      string `json:"id"`
			URL     string `json:"url"`
		} `json:"items"`
	}
	decode(t, json.Unmarshal(doc, &d))
	i := d.Items[0]
	return shown{i.Title, i.Summary, i.HTML, i.ID, i.URL}
}

func decode(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// C2, C3, C4: what is written in an article is what every format shows, whatever it holds.
func TestTextSurvives(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"markup", `<3 R&D &lt;b&gt; "따옴표" '홑'`, ""},
		{"CDATA", "a ]]> b ]]]]>> <![CDATA[ c ]]>", ""},
		{"comment", "<!-- x --> &lt;!-- &amp;amp;", ""},
		{"news", "[속보] 5·18: <단독> 🌉 각", ""},
		{"private use and noncharacters", "\uE000 \uFFFD\uFDD0\U0010FFFF", "\uE000 \uFFFD"},
		{"control bytes", "a\x00b\x01c\x1Bd\x7F", "abcd"},
		{"broken UTF-8", "가\xEA\xB0나\xFF", "가\uFFFD\uFFFD나\uFFFD"},
		{"surrogate", "a\xED\xA0\x80b", "a\uFFFD\uFFFD\uFFFDb"},
		{"no characters", "a\uFFFEb\uFFFFc", "abc"},
		{"line ends", "a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"separators", "a\u2028b\u0085c\td", "a\u2028bc\td"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := test.want
			if want == "" {
				want = test.text
			}
			f := newsroom()
			f.Items = f.Items[1:2]
			a := f.Items[0]
			a.Title, a.Summary, a.Content = test.text, test.text, test.text
			for _, w := range writers {
				doc := render(t, w.write, f)
				got := readItem(t, w.kind, doc)
				if got.title != want || got.summary != want || got.content != want {
					t.Errorf("%s: got %+q, want %+q", w.kind, got, want)
				}
				if err := feeds.Check(w.kind, doc, siteHosts); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// Values that a format cannot hold are left out, not written wrong.
func TestUnfitValuesAreLeftOut(t *testing.T) {
	f := newsroom()
	f.Items = f.Items[1:2]
	f.Language, f.Description = "한국어", " \t"
	a := f.Items[0]
	a.Title = ""
	a.Language = "ko_KR"
	a.Authors = []source.Author{{Name: " ", Email: "not an address", URL: "javascript:alert(1)"}, {Email: "desk@news.example.org"}}
	a.Categories = []string{"", " ", "\x01"}
	a.Image = "data:image/png;base64,AA=="
	a.Enclosures = []source.Enclosure{{URL: "a.ogg", Type: "a b", Length: -4}, {URL: "http://[bad"}, {URL: "javascript:a()"}, {URL: "data:text/html,x"}}
	for _, w := range writers {
		doc := render(t, w.write, f)
		if err := feeds.Check(w.kind, doc, siteHosts); err != nil {
			t.Error(err)
		}
		text := string(doc)
		for _, bad := range []string{"한국어", "ko_KR", "not an address", "javascript", "data:", "[bad", "-4", "null", "<category>", "a b"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s holds %q:\n%s", w.kind, bad, text)
			}
		}
		for _, good := range []string{"https://news.example.org/bridge/a.ogg", "audio/ogg", "desk@news.example.org"} {
			if !strings.Contains(text, good) {
				t.Errorf("%s does not hold %q:\n%s", w.kind, good, text)
			}
		}
		if got := readItem(t, w.kind, doc); got.title != a.Summary {
			t.Errorf("%s: the title is %q", w.kind, got.title)
		}
		if w.kind == feeds.Atom {
			valid(t, "testdata/schema/atom.rng", doc)
		}
	}
}

// Any article in, valid out.
func FuzzWrite(f *testing.F) {
	f.Add("제목", "요약", "<p>본문</p>", "id", "", "이름", "a@b.kr", "분류", "/i.jpg", "audio/mpeg", "ko")
	f.Add("<3 ]]>", "\x00\xFF", "]]]]>>\uFFFE", "tag:x,2020:1", "http://[", "\r\n", "@", "&", "::", "/", "-")
	f.Fuzz(func(t *testing.T, title, summary, content, id, link, name, email, category, image, mediaType, language string) {
		a := &source.Article{
			ID: id, URL: link, Title: title, Summary: summary, Content: content, Language: language,
			Authors:    []source.Author{{Name: name, Email: email, URL: image}},
			Categories: []string{category}, Tags: []string{name}, Image: image,
			Enclosures: []source.Enclosure{{URL: image, Type: mediaType}, {URL: link, Type: mediaType}},
			Published:  time.Unix(1_700_000_000, 0),
		}
		feed := &feeds.Feed{
			ID: "https://news.example.org/feed.xml", Title: "t" + title, Description: summary, Language: language, Link: "https://news.example.org/",
			Self:   map[feeds.Kind]string{feeds.RSS: "https://news.example.org/a", feeds.Atom: "https://news.example.org/b", feeds.JSON: "https://news.example.org/c"},
			Author: a.Authors[0], Copyright: name, Image: image, Hubs: []string{link}, Items: []*source.Article{a},
		}
		good := *a
		good.ID, good.URL = "x"+id, "https://news.example.org/x"
		good.Published = good.Published.Add(-time.Second)
		for _, w := range writers {
			if err := wellFormed(w.kind, render(t, w.write, feed)); err != nil {
				t.Errorf("%s: %v", w.kind, err)
			}
			feed.Items = []*source.Article{&good}
			doc := render(t, w.write, feed)
			if err := feeds.Check(w.kind, doc, siteHosts); err != nil && strings.TrimSpace(id) == id && utf8.ValidString(id) {
				t.Errorf("%s: %v", w.kind, err)
			}
			feed.Items = []*source.Article{a}
		}
	})
}

// TestLongContent: one article that no reader could take does not cost the others.
func TestLongContent(t *testing.T) {
	f := newsroom()
	f.Items[1].Content = "<p>" + strings.Repeat("가", 3<<20) + "</p>"
	for _, w := range writers {
		doc := render(t, w.write, f)
		if len(doc) > 1<<20 || !strings.Contains(string(doc), f.Items[1].Summary) {
			t.Errorf("%s: %d bytes", w.kind, len(doc))
		}
		if err := feeds.Check(w.kind, doc, siteHosts); err != nil {
			t.Error(err)
		}
	}
}

// Without a time of its own a feed was updated when its newest change was, wherever that stands in it.
func TestAFeedIsAsNewAsItsNewestChange(t *testing.T) {
	f := newsroom()
	f.Updated = time.Time{}
	newest := at("2031-05-06T07:08:09Z")
	for i := range f.Items {
		f.Items = newsroom().Items
		f.Items[i].Updated = newest
		var b bytes.Buffer
		if err := feeds.WriteAtom(&b, f); err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(b.String(), "<entry")
		if want := "<updated>2031-05-06T07:08:09Z</updated>"; !strings.Contains(head, want) {
			t.Errorf("item %d is the newest: got\n%s\nwant %s", i, head, want)
		}
	}
}

// An author who is known by an address alone is not named by it twice.
func TestAnAuthorWithoutAName(t *testing.T) {
	f := newsroom()
	f.Items[0].Authors = []source.Author{{Name: "desk@news.example.org", Email: "desk@news.example.org"}}
	var b bytes.Buffer
	if err := feeds.WriteRSS(&b, f); err != nil {
		t.Fatal(err)
	}
	if want := "<author>desk@news.example.org</author>"; !strings.Contains(b.String(), want) {
		t.Errorf("got\n%s\nwant %s", b.String(), want)
	}
}
