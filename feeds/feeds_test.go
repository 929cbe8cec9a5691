package feeds_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"herald/feeds"
	"herald/source"
)

var update = flag.Bool("update", false, "write the golden files anew")

var siteHosts = []string{"news.example.org"}

// writers are the three formats with what a table needs of each.
var writers = []struct {
	kind  feeds.Kind
	file  string
	write func(io.Writer, *feeds.Feed) error
}{
	{feeds.RSS, "rss.xml", feeds.WriteRSS},
	{feeds.Atom, "atom.xml", feeds.WriteAtom},
	{feeds.JSON, "feed.json", feeds.WriteJSON},
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// withOrigins is newsroom with articles that were taken from feeds of others.
func withOrigins() *feeds.Feed {
	f := newsroom()
	f.Items[0].Origin = &source.Origin{
		ID: "urn:x:blog", Title: "강 <둑> & 길", URL: "https://blog.example.com/?a=1&b=2", Feed: "https://blog.example.com/feed?c=1&d=2", Updated: at("2026-02-28T12:00:00Z"),
	}
	f.Items[1].Origin = &source.Origin{ID: "https://hidden.example.com/", Title: "주소를 말하지 않는 곳", URL: "https://hidden.example.com/"}
	return f
}

// newsroom is a feed with everything that a feed can have.
func newsroom() *feeds.Feed {
	return &feeds.Feed{
		ID:          "https://news.example.org/feed.xml",
		Title:       "뉴스 속보",
		Description: "새벽항과 너른들의 소식",
		Language:    "ko-KR",
		Link:        "https://news.example.org/",
		Copyright:   "© 뉴스 속보",
		Image:       "https://news.example.org/logo.png",
		Author:      source.Author{Name: "편집국", Email: "desk@news.example.org", URL: "https://news.example.org/about"},
		Self: map[feeds.Kind]string{
			feeds.RSS: "https://news.example.org/feed.xml", feeds.Atom: "https://news.example.org/atom.xml", feeds.JSON: "https://news.example.org/feed.json",
		},
		Hubs:    []string{"https://hub.example.com/", "https://hub.example.net/?a=1&b=2"},
		Updated: at("2026-03-02T01:00:00Z"),
		Items:   []*source.Article{market(), bridge(), plain()},
		Deleted: []feeds.Deleted{
			{ID: "https://news.example.org/2026/02/%EC%98%A4%EB%B3%B4/", Published: at("2026-02-27T00:00:00Z"), When: at("2026-03-01T23:00:00Z")},
			{ID: "옛글 & 16", Published: at("2026-02-26T00:00:00Z"), When: at("2026-02-28T00:00:00Z")},
		},
	}
}

// market has an id that was taken over from another tool, and files.
func market() *source.Article {
	return &source.Article{
		ID:         "옛글 17",
		URL:        "https://news.example.org/2026/03/%EC%83%88%EB%B2%BD%EC%8B%9C%EC%9E%A5/",
		Title:      `<3 R&D &lt;b&gt; "따옴표"`,
		Summary:    "새벽시장이 열흘 만에 다시 문을 열었다. 상인들은 <환영>했다 & 웃었다.",
		Content:    "<p>새벽시장이 <em>열흘</em> 만에 열렸다.</p>\n<pre>a ]]&gt; b ]]> c &lt;!-- d</pre>",
		Language:   "ko",
		Authors:    []source.Author{{Name: "한바다"}, {Name: "너른들 지국", Email: "nr@news.example.org"}},
		Categories: []string{"경제", "사회"},
		Tags:       []string{"시장", "경제", "R&D"},
		Alternates: []source.Alternate{{Language: "en", URL: "/en/market/?a=1&b=2"}, {Language: "KO", URL: "https://news.example.org/other/"}, {Language: "en", URL: "/again/"}, {Language: "ja", URL: "https://news.example.jp/"}},
		Image:      "https://news.example.org/img/market.jpg?w=800&h=400",
		Enclosures: []source.Enclosure{
			{URL: "https://news.example.org/audio/market.mp3", Length: 123456},
			{URL: "https://news.example.org/img/market.jpg?w=800&h=400"},
			{URL: "https://news.example.org/video/market.mp4", Type: "video/mp4", Length: 7},
		},
		Published: at("2026-03-01T09:30:01+09:00"),
		Updated:   at("2026-03-02T10:00:00+09:00"),
	}
}

// talk is an episode with everything that podcast apps read.
func talk() *source.Article {
	return &source.Article{
		ID:      "https://news.example.org/talk/12/",
		URL:     "https://news.example.org/talk/12/",
		Title:   "열두 번째 이야기 & 노래",
		Summary: "등대지기를 만났다.",
		Image:   "/talk/12.png",
		Enclosures: []source.Enclosure{
			{URL: "/talk/12.pdf", Length: 10},
			{URL: "/talk/12.mp3", Type: "audio/mpeg", Length: 34216300},
		},
		Episode: &source.Episode{
			Seconds: 1801, Number: 12, Season: 2, Type: "full", Explicit: "false", Chapters: "/talk/12.chapters.json",
			Transcripts: []source.Transcript{{URL: "/talk/12.vtt", Type: "text/vtt", Language: "ko"}, {URL: "/talk/12.srt", Type: "application/x-subrip"}},
			People:      []source.Person{{Name: "한바다", Role: "host", URL: "https://news.example.org/~bada", Image: "/bada.jpg"}, {Name: "등대지기 <김>"}},
			Value: &source.Value{
				Attributes: []source.Attribute{{Name: "method", Value: "keysend"}, {Name: "type", Value: "lightning"}},
				Recipients: [][]source.Attribute{{{Name: "address", Value: "03ae\"9f"}, {Name: "split", Value: "100"}}},
			},
		},
		Published: at("2026-02-28T14:00:00Z"),
		Updated:   at("2026-02-28T14:00:00Z"),
	}
}

// podcast is a feed for podcast directories.
func podcast() *feeds.Feed {
	f := newsroom()
	f.Items = []*source.Article{talk(), plain()}
	f.Items[1].Published = at("2026-02-27T00:00:00Z")
	f.Podcast = &feeds.Podcast{
		GUID: feeds.PodcastGUID(f.Self[feeds.RSS]), Category: "Society & Culture > Documentary", Owner: source.Author{Email: "desk@news.example.org"},
		Image: "https://news.example.org/cover.png",
	}
	return f
}

// The guids that two podcasts bear, by their first addresses.
func TestPodcastGUID(t *testing.T) {
	for url, want := range map[string]string{
		"https://mp3s.nashownotes.com/pc20rss.xml": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
		"https://podnews.net/rss":                  "9b024349-ccf0-5f69-a609-6b82873eab3c",
		"http://podnews.net/rss//":                 "9b024349-ccf0-5f69-a609-6b82873eab3c",
	} {
		if got := feeds.PodcastGUID(url); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}

// archive is an archive document in the middle of a feed's history.
func archive() *feeds.Feed {
	f := newsroom()
	f.Self = map[feeds.Kind]string{feeds.RSS: "https://news.example.org/feed-2-aa.xml", feeds.Atom: "https://news.example.org/atom-2-aa.xml", feeds.JSON: "https://news.example.org/feed-2-aa.json"}
	f.History = feeds.History{
		Archive:  true,
		Previous: map[feeds.Kind]string{feeds.RSS: "https://news.example.org/feed-1-bb.xml", feeds.Atom: "https://news.example.org/atom-1-bb.xml", feeds.JSON: "https://news.example.org/feed-1-bb.json"},
		Current:  map[feeds.Kind]string{feeds.RSS: "https://news.example.org/feed.xml", feeds.Atom: "https://news.example.org/atom.xml"},
	}
	f.Items = f.Items[1:]
	return f
}

// complete holds all that its feed ever had.
func complete() *feeds.Feed {
	f := newsroom()
	f.History.Complete, f.Items = true, f.Items[2:]
	return f
}

// bridge has the usual id and one author with an address.
func bridge() *source.Article {
	return &source.Article{
		ID:         "https://news.example.org/bridge/",
		URL:        "https://news.example.org/bridge/",
		Title:      "[속보] 새벽항 다리 개통 🌉",
		Summary:    "다리가 열렸다.",
		Content:    "<p>다리가 열렸다.</p>",
		Authors:    []source.Author{{Name: "한바다", Email: "bada@news.example.org", URL: "https://news.example.org/~bada"}},
		Categories: []string{"사회"},
		Published:  at("2026-03-01T00:30:00Z"),
		Updated:    at("2026-03-01T00:30:00Z"),
	}
}

// plain has only what every article has.
func plain() *source.Article {
	return &source.Article{
		ID:        "https://old.example.org/post?id=5",
		URL:       "https://news.example.org/notice/",
		Title:     "정전 안내",
		Published: at("2026-02-28T15:00:00Z"),
	}
}

func empty() *feeds.Feed {
	f := newsroom()
	f.Items, f.Updated, f.Hubs, f.Author, f.Image, f.Description = nil, time.Time{}, nil, source.Author{}, "", ""
	return f
}

func withContent(c feeds.Content) *feeds.Feed {
	f := newsroom()
	f.Content = c
	return f
}

func render(t testing.TB, write func(io.Writer, *feeds.Feed) error, f *feeds.Feed) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// golden compares got with a file of testdata, whole.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got:\n%s", name, got)
	}
}

func TestGolden(t *testing.T) {
	tests := map[string]*feeds.Feed{
		"full":     newsroom(),
		"summary":  withContent(feeds.Summary),
		"none":     withContent(feeds.None),
		"empty":    empty(),
		"podcast":  podcast(),
		"archive":  archive(),
		"complete": complete(),
		"origin":   withOrigins(),
	}
	for name, f := range tests {
		for _, w := range writers {
			t.Run(name+"."+w.file, func(t *testing.T) {
				doc := render(t, w.write, f)
				golden(t, name+"."+w.file, doc)
				if err := feeds.Check(w.kind, doc, siteHosts); err != nil {
					t.Error(err)
				}
				if err := wellFormed(w.kind, doc); err != nil {
					t.Error(err)
				}
				if w.kind == feeds.Atom {
					valid(t, "testdata/schema/atom.rng", doc)
				}
			})
		}
	}
}

// F2, F4: first bytes, final line end, and no trace of the machine's zone.
func TestBytesDependOnTheFeedAlone(t *testing.T) {
	elsewhere := newsroom()
	zone := time.FixedZone("KST", 9*60*60)
	elsewhere.Updated = elsewhere.Updated.In(zone)
	for _, a := range elsewhere.Items {
		a.Published = a.Published.In(zone)
		a.Updated = a.Updated.In(zone)
	}
	for _, w := range writers {
		doc := render(t, w.write, newsroom())
		if !bytes.Equal(doc, render(t, w.write, elsewhere)) {
			t.Errorf("%s: another zone gives other bytes", w.kind)
		}
		if w.kind != feeds.JSON && !bytes.HasPrefix(doc, []byte(`<?xml version="1.0" encoding="UTF-8"?>`)) {
			t.Errorf("%s begins with %.40q", w.kind, doc)
		}
		if !bytes.HasSuffix(doc, []byte("\n")) {
			t.Errorf("%s has no final line end", w.kind)
		}
	}
}

// The minted id depends on nothing that an edit or a new host of the site changes.
func TestMintedIDStays(t *testing.T) {
	f := newsroom()
	before := firstAtomID(t, f)
	f.Link, f.Self[feeds.Atom], f.Title = "https://new.example.org/", "https://new.example.org/atom.xml", "새 이름"
	f.Items[0].URL, f.Items[0].Title = "https://new.example.org/x/", "다른 제목"
	f.Items[0].Updated = at("2027-01-01T00:00:00Z")
	if after := firstAtomID(t, f); after != before {
		t.Errorf("the id was %s, then %s", before, after)
	}
	if want := "tag:news.example.org,2026-03-01:"; !strings.HasPrefix(before, want) {
		t.Errorf("id %s, want %s…", before, want)
	}
	f.Authority = "press.example.org"
	if id := firstAtomID(t, f); !strings.HasPrefix(id, "tag:press.example.org,2026-03-01:") {
		t.Errorf("id %s is not minted under the feed's authority", id)
	}
}

func firstAtomID(t *testing.T, f *feeds.Feed) string {
	t.Helper()
	var doc struct {
		ID []string `xml:"entry>id"`
	}
	if err := xml.Unmarshal(render(t, feeds.WriteAtom, f), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.ID[0]
}

type brokenWriter struct{ left int }

var errBroken = errors.New("disk full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestWriterErrors(t *testing.T) {
	for _, w := range writers {
		size := len(render(t, w.write, newsroom()))
		for _, room := range []int{0, 100, size - 1} {
			if err := w.write(&brokenWriter{room}, newsroom()); !errors.Is(err, errBroken) {
				t.Errorf("%s with room for %d of %d bytes: %v", w.kind, room, size, err)
			}
		}
	}
}

// wellFormed reads a document with the strict parsers of the standard library.
func wellFormed(kind feeds.Kind, doc []byte) error {
	if !utf8.Valid(doc) {
		return errors.New("not UTF-8")
	}
	if kind == feeds.JSON {
		var v any
		return json.Unmarshal(doc, &v)
	}
	for d := xml.NewDecoder(bytes.NewReader(doc)); ; {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// valid holds a document against a schema with xmllint (libxml2-utils).
func valid(t *testing.T, schema string, doc []byte) {
	t.Helper()
	tool, err := exec.LookPath("xmllint")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("xmllint is not installed (libxml2-utils): the schema was not asked")
	}
	if err != nil {
		t.Log("xmllint is not installed (libxml2-utils): the schema is not asked")
		return
	}
	cmd := exec.Command(tool, "--noout", "--nonet", "--relaxng", schema, "-")
	cmd.Stdin = bytes.NewReader(doc)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", schema, err, out)
	}
}
