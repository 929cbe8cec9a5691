package feeds_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/feeds"
	"herald/source"
	"herald/source/markup"
)

// pieces are what random texts are put together from: whatever ever came out of a document.
var pieces = []string{
	"가", "나루터 소식", "é", "e\u0301", "\u1112\u1161\u11ab", "🌉", "👩‍👩‍👧‍👦", "中文", "x", "R&D", "a=1&b=2", " ", "  ", "\n", "\r\n", "\r", "\t", "\v", "\f", "\u00a0", "\u3000", "\u2028", "\u200b",
	"<", ">", "&", "\"", "'", "`", "\\", "/", "]]>", "]]", "<![CDATA[", "]]]]><![CDATA[>", "&amp;", "&lt;", "&#0;", "&#8;", "&#xD800;", "&#xFFFE;", "&nosuch;", "&amp;amp;", "<!--", "-->", "--", "<?xml version=\"1.0\"?>", "<?", "?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>",
	"<script>ran()</script>", "</script>", "<b>", "</b>", "<p>", "</p>", "<pre>", "<table><td>", "<svg>", "<iframe src=/x></iframe>", "<img src=x onerror=ran()>", "<a href='/y\"z'>", "<a href=#a id=b>", "<li id=a>", "</item>", "</entry></feed>", "</channel></rss>", "<media:content>",
	"\x00", "\x01", "\x08", "\x0b", "\x1b", "\x1f", "\x7f", "\u0080", "\u0085", "\u009f", "\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ufffd", "\ufeff", "\ue000",
	"\xff", "\xfe", "\xc0\xaf", "\xed\xa0\x80", "\xed\xb0\x80", "\xed\xa0\xbd\xed\xb8\x80", "\xf4\x90\x80\x80", "\xea\xb0", "\xf0\x9f\x98", "\x80", "\\ud800", "\\u0000",
	"\u202e", "\u202c", "\u2066", "\u2069", "\u200f", "\u061c", "{{ x }}", "{% y %}", "{: .z}", "**", "_", "[a](b)", "![c](d)", "[^1]", "\n\n[^1]: e", "```", "~~", "# ", "| a | b |\n|---|---|\n| c |", "$(id)", "%s%n%zz%00",
	"javascript:ran()", "https://news.example.org/a", "//other.example/b?c=1&d=2#e", "data:text/html,x", "http://[", "mailto:a@b.example", "tag:x,2020:1", "urn:x:%zz", "a@b.example", "ko-KR", "und", "audio/mpeg", "2026-05-05",
}

// randomText is a text of pieces, of bytes by chance, or, seldom, a huge one.
func randomText(r *rand.Rand) string {
	var b strings.Builder
	switch r.IntN(12) {
	case 0:
		return ""
	case 1:
		for range r.IntN(40) {
			b.WriteByte(byte(r.Uint32()))
		}
	case 2:
		for range r.IntN(20) {
			b.WriteRune(rune(r.IntN(0x110000)))
		}
	default:
		for range 1 + r.IntN(8) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
	}
	if r.IntN(5000) == 0 {
		return strings.Repeat(b.String()+"x", 1+r.IntN(4000))
	}
	return b.String()
}

func randomTexts(r *rand.Rand) (all []string) {
	for range r.IntN(4) {
		all = append(all, randomText(r))
	}
	return all
}

// randomArticle is an article all of whose texts are by chance, with a body that is rendered as for a document. Its id and
// its URL are its own, as the ledger has them; half of the ids are no IRI.
func randomArticle(r *rand.Rand, number int) *source.Article {
	where := fmt.Sprintf("https://news.example.org/%d/", number)
	a := &source.Article{
		ID: where, URL: where, Title: randomText(r), Summary: randomText(r), Language: randomText(r), Image: randomText(r), Categories: randomTexts(r), Tags: randomTexts(r),
		Published: time.Unix(1_800_000_000-int64(number), 0), Updated: time.Unix(1_800_000_000+int64(r.IntN(1000)), 0),
	}
	if r.IntN(2) == 0 {
		a.ID = strconv.Itoa(number) + strings.TrimSpace(strings.ToValidUTF8(randomText(r), ""))
	}
	for range r.IntN(3) {
		a.Authors = append(a.Authors, source.Author{Name: randomText(r), Email: randomText(r), URL: randomText(r)})
		a.Enclosures = append(a.Enclosures, source.Enclosure{URL: randomText(r), Type: randomText(r), Length: r.Int64() - r.Int64()})
		a.Alternates = append(a.Alternates, source.Alternate{Language: randomText(r), URL: randomText(r)})
	}
	if r.IntN(4) == 0 {
		a.Episode = &source.Episode{Seconds: r.Int64() - r.Int64(), Number: r.Int64(), Type: randomText(r), Explicit: randomText(r), Chapters: randomText(r),
			Transcripts: []source.Transcript{{URL: randomText(r), Type: randomText(r), Language: randomText(r)}},
			People:      []source.Person{{Name: randomText(r), Role: randomText(r), URL: randomText(r)}},
			Value:       &source.Value{Attributes: []source.Attribute{{Name: randomText(r), Value: randomText(r)}}}}
	}
	body := source.Body{Markup: []source.Markup{source.HTML, source.Markdown, source.Kramdown, source.Text}[r.IntN(4)], Text: strings.Join([]string{randomText(r), randomText(r), randomText(r)}, "\n\n")}
	a.Content = markup.Render(body, where)
	if a.Summary == "" {
		a.Summary = markup.Summarize(body, nil, a.Content)
	}
	return a
}

// randomFeed is a feed of count articles, in a frame of texts by chance.
func randomFeed(r *rand.Rand, from, count int) *feeds.Feed {
	f := &feeds.Feed{
		ID: "https://news.example.org/feed.xml", Title: "t" + randomText(r), Description: randomText(r), Language: randomText(r), Link: "https://news.example.org/", Copyright: randomText(r),
		Image: "https://news.example.org/i.png", Author: source.Author{Name: randomText(r), Email: randomText(r)}, Content: []feeds.Content{feeds.Full, feeds.Full, feeds.Summary, feeds.None}[r.IntN(4)],
		Self: map[feeds.Kind]string{feeds.RSS: "https://news.example.org/a", feeds.Atom: "https://news.example.org/b", feeds.JSON: "https://news.example.org/c", feeds.Page: "https://news.example.org/d/"},
	}
	for i := range count {
		f.Items = append(f.Items, randomArticle(r, from+i))
	}
	if r.IntN(3) == 0 {
		f.Bytes = 2000 + r.IntN(60_000)
		f.Deleted = []feeds.Deleted{{ID: "x" + randomText(r), Published: f.Items[0].Published, When: f.Items[0].Updated}}
	}
	if r.IntN(4) == 0 {
		f.Podcast = &feeds.Podcast{GUID: randomText(r), Category: randomText(r), Owner: source.Author{Name: randomText(r), Email: randomText(r)}, Image: randomText(r)}
	}
	return f
}

// loneSurrogate is an escape of JSON that is no character.
var loneSurrogate = regexp.MustCompile(`(?:^|[^\\])(?:\\\\)*\\u[dD][89a-fA-F]`)

// strict says what a parser that forgives nothing has against a document, and what the gate has.
func strict(kind feeds.Kind, doc []byte) error {
	if err := wellFormed(kind, doc); err != nil {
		return err
	}
	if kind == feeds.JSON && loneSurrogate.Match(doc) {
		return errors.New("a surrogate is escaped")
	}
	for _, r := range string(doc) {
		if r >= 0x7f && r <= 0x9f || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe {
			return fmt.Errorf("it holds %U", r)
		}
	}
	return feeds.Check(kind, doc, siteHosts)
}

const (
	articlesOfOne = 20 // of a random feed
	sampleOf      = 50 // of so many random feeds one is read by xmllint
)

// TestRandomArticles writes random articles in all formats and holds each document against strict parsers, a sample of them
// against xmllint. HERALD_ARTICLES says how many articles.
func TestRandomArticles(t *testing.T) {
	articles := 2000
	if text := os.Getenv("HERALD_ARTICLES"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("HERALD_ARTICLES: %v", err)
		}
		articles = n
	}
	sample := t.TempDir()
	var workers sync.WaitGroup
	feedsOfAll := (articles + articlesOfOne - 1) / articlesOfOne
	for worker := range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for seed := worker; seed < feedsOfAll && !t.Failed(); seed += runtime.GOMAXPROCS(0) {
				writtenStrictly(t, uint64(seed), sample)
			}
		})
	}
	workers.Wait()
	t.Logf("%d articles in %d feeds", feedsOfAll*articlesOfOne, feedsOfAll)
	readByXmllint(t, sample)
}

// writtenStrictly writes the random feed of a seed in all formats.
func writtenStrictly(t *testing.T, seed uint64, sample string) {
	f := randomFeed(rand.New(rand.NewPCG(seed, 10)), int(seed)*articlesOfOne, articlesOfOne)
	for _, format := range feeds.Formats() {
		var b bytes.Buffer
		if err := format.Write(&b, f); err != nil {
			t.Errorf("seed %d, %s: %v", seed, format.Kind, err)
			continue
		}
		if err := strict(format.Kind, b.Bytes()); err != nil {
			t.Errorf("seed %d, %s: %v\n%.3000q", seed, format.Kind, err, b.String())
		}
		if seed%sampleOf != 0 || format.Kind == feeds.JSON {
			continue
		}
		if err := os.WriteFile(filepath.Join(sample, fmt.Sprintf("%d.%s.xml", seed, format.Kind)), b.Bytes(), 0o644); err != nil {
			t.Error(err)
		}
	}
}

// readByXmllint has xmllint read the documents of a folder.
func readByXmllint(t *testing.T, folder string) {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		if os.Getenv("CI") != "" {
			t.Error("xmllint is not installed (libxml2-utils): it was not asked")
		}
		return
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.xml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d documents: %v", len(files), err)
	}
	for len(files) > 0 {
		some := files[:min(500, len(files))]
		files = files[len(some):]
		if out, err := exec.Command("xmllint", append([]string{"--noout", "--nonet"}, some...)...).CombinedOutput(); err != nil {
			t.Errorf("xmllint: %v\n%s", err, out)
		}
	}
}
