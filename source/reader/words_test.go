package reader_test

import (
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
)

func sample() *source.Article {
	return &source.Article{
		Key: "a.html", Title: "제목", Summary: "요약", Categories: []string{"정치"}, Tags: []string{"국회"},
		Published: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), DatedBy: source.DatedByFrontMatter,
		Body: source.Body{Markup: source.HTML, Text: `<p>첫 문단 <a href="/a">링크</a></p> <p><img src="/b.jpg" alt="사진"></p><pre> a  b</pre>`},
	}
}

// TestWords lists what an article says and what it does not.
func TestWords(t *testing.T) {
	html := func(s string) func(*source.Article) {
		return func(a *source.Article) { a.Body.Text = s }
	}
	for _, c := range []struct {
		name   string
		change func(*source.Article)
		counts bool
	}{
		{"nothing", func(*source.Article) {}, false},
		{"key", func(a *source.Article) { a.Key, a.Place, a.URL = "b", "c", "https://a.example/" }, false},
		{"link", func(a *source.Article) { a.Link = source.Link{Pattern: "/x", Name: "y", Slug: "z"} }, false},
		{"warnings", func(a *source.Article) { a.Warnings = []source.Warning{{Message: "x"}} }, false},
		{"minor", func(a *source.Article) { a.Minor = true }, false},
		{"NFD title", func(a *source.Article) { a.Title = "\u110c\u1166\u1106\u1169\u11a8" }, false},
		{"title", func(a *source.Article) { a.Title = "제목!" }, true},
		{"date", func(a *source.Article) { a.Published = a.Published.Add(1) }, true},
		{"zone of the same instant", func(a *source.Article) { a.Published = a.Published.In(time.FixedZone("", 3600)) }, false},
		{"category becomes tag", func(a *source.Article) { a.Categories, a.Tags = nil, []string{"정치", "국회"} }, true},
		{"draft", func(a *source.Article) { a.Draft = true }, true},
		{"enclosure", func(a *source.Article) { a.Enclosures = []source.Enclosure{{URL: "a"}} }, true},
		{"episode", func(a *source.Article) { a.Episode = &source.Episode{} }, true},
		{"value of an episode", func(a *source.Article) { a.Episode = &source.Episode{Value: &source.Value{}} }, true},
		{"markup", func(a *source.Article) { a.Body.Markup = source.Text }, true},
		{"class, style, data, comment, script, span, white space", html("<p class=x style=y data-z=1 id=q>첫\n문단 <!-- c --><a class=b href=\"/a\"><span>링크</span></a></p>\n\n<p> <img alt=\"사진\" src='/b.jpg' onclick=x></p><script>x</script><pre> a  b</pre>"), true}, // attribute order
		{"the same in the same order", html("<p class=x style=y data-z=1 id=q>첫\n문단 <!-- c --><a class=b href=\"/a\"><span>링</span>크</a></p>\n\n<p> <img src='/b.jpg' onclick=x alt=\"사진\"></p><script>x</script><pre> a  b</pre>"), false},
		{"white space in pre", html(`<p>첫 문단 <a href="/a">링크</a></p> <p><img src="/b.jpg" alt="사진"></p><pre> a b</pre>`), true},
		{"href", html(`<p>첫 문단 <a href="/c">링크</a></p> <p><img src="/b.jpg" alt="사진"></p><pre> a  b</pre>`), true},
		{"alt", html(`<p>첫 문단 <a href="/a">링크</a></p> <p><img src="/b.jpg" alt="그림"></p><pre> a  b</pre>`), true},
		{"block", html(`<h2>첫 문단 <a href="/a">링크</a></h2> <p><img src="/b.jpg" alt="사진"></p><pre> a  b</pre>`), true},
	} {
		a := sample()
		c.change(a)
		if got := reader.ContentDigest(a) != reader.ContentDigest(sample()); got != c.counts {
			t.Errorf("%s: changed %v", c.name, got)
		}
	}
}

// TestWordsFixed holds the digest itself: another value is another DigestVersion.
func TestWordsFixed(t *testing.T) {
	if got, want := reader.ContentDigest(sample()).String(), "8d13b4855b5ae8595ef1289cd5abb23f"; got != want || reader.DigestVersion != 5 {
		t.Errorf("version %d: %s, want %s", reader.DigestVersion, got, want)
	}
}

// A page's canonical link counts unless it names the page itself: a file that moves takes that along.
func TestWordsOfAPageThatNamesItself(t *testing.T) {
	digest := func(path, canonical string) source.Digest {
		t.Helper()
		page := `<!doctype html><title>글</title><link rel="canonical" href="` + canonical + `"><p>글`
		a, err := reader.Parse(path, []byte(page), reader.Reading{Path: path, Site: reader.Site{URL: "https://news.example.org"}})
		if err != nil {
			t.Fatal(err)
		}
		return a.ContentDigest
	}
	was := digest("a/index.html", "https://news.example.org/a/")
	for _, c := range []struct {
		path, canonical string
		same            bool
	}{
		{"b/index.html", "https://news.example.org/b/", true},
		{"b.html", "/b.html", true},
		{"b.html", "https://other.example/b", false},
		{"b.html", "https://news.example.org/c", false},
	} {
		if got := digest(c.path, c.canonical) == was; got != c.same {
			t.Errorf("%s at %s: got the same words %v, want %v", c.path, c.canonical, got, c.same)
		}
	}
}

func TestWordsDateRules(t *testing.T) {
	for rule, counts := range map[source.DateRule]bool{
		source.DatedByFrontMatter: true, source.DatedByFileName: false, source.DatedByFirstSeen: false, source.DatedByRecovery: false,
	} {
		a, b := sample(), sample()
		a.DatedBy, b.DatedBy = rule, rule
		b.Published = b.Published.AddDate(0, 0, 1)
		if got := reader.ContentDigest(a) != reader.ContentDigest(b); got != counts {
			t.Errorf("%s: changed %v", rule, got)
		}
	}
}

func TestWordsMarkdown(t *testing.T) {
	words := func(text string) source.Digest {
		return reader.ContentDigest(&source.Article{Body: source.Body{Markup: source.Markdown, Text: text}})
	}
	for _, same := range []string{"가 \n나\n", "가\r\n나", "\u1100\u1161\n나\n\n"} {
		if words(same) != words("가\n나") {
			t.Errorf("%q says something else", same)
		}
	}
	for _, other := range []string{"가  \n나", "가\n\n나", "가나"} {
		if words(other) == words("가\n나") {
			t.Errorf("%q says the same", other)
		}
	}
}

// TestWordsSpaces holds that white space counts as one space, however much there is and wherever it stands.
func TestWordsSpaces(t *testing.T) {
	words := func(text string) source.Digest {
		return reader.ContentDigest(&source.Article{Body: source.Body{Markup: source.HTML, Text: "<p>" + text + "</p>"}})
	}
	for before := range 20 {
		head, tail := strings.Repeat("a", before+1), "가나 다라 마바사아자 차카"
		for _, between := range []string{"  ", "\n", " \n", "\t \r\n", "\f ", "                  "} {
			if words(head+between+tail) != words(head+" "+tail) {
				t.Errorf("%q behind %d letters is not one space", between, before+1)
			}
			if words(head+tail+between) != words(head+tail) || words(between+head+tail) != words(head+tail) {
				t.Errorf("%q counts at the end of a block of %d letters and some", between, before+1)
			}
		}
		if words("<pre>"+head+"\r"+tail) != words("<pre>"+head+"\n"+tail) || words("<pre>"+head+"  "+tail) == words("<pre>"+head+" "+tail) {
			t.Errorf("white space behind %d letters in <pre> does not count as it is written", before+1)
		}
		if words(head+tail) == words(head+" "+tail) {
			t.Errorf("a space behind %d letters says nothing", before+1)
		}
	}
}

// FuzzWords holds the promise that equal digests show equal documents.
func FuzzWords(f *testing.F) {
	f.Add("<p class=a>가 <b>나</b></p>", "<p>가\n<b>나</b>", 0)
	f.Add("가 \n나", "가\n나", 1)
	f.Add("가|나\n다|라", "가|나 \n다|라", 2)
	f.Fuzz(func(t *testing.T, a, b string, kind int) {
		form := []source.Markup{source.HTML, source.Markdown, source.Text}[uint(kind)%3]
		x, y := source.Body{Markup: form, Text: a}, source.Body{Markup: form, Text: b}
		same := reader.ContentDigest(&source.Article{Body: x}) == reader.ContentDigest(&source.Article{Body: y})
		if same && shown(x) != shown(y) {
			t.Fatalf("%q and %q have equal digests and other documents", a, b)
		}
	})
}

func BenchmarkWords(b *testing.B) {
	a := sample()
	for len(a.Body.Text) < 6000 {
		a.Body.Text += `<p data-ke-size="size16">국회는 오늘 <b><span style="color: #1a5490;">예산안</span></b>을 처리했다.&nbsp;</p>` + "\n\n"
	}
	b.SetBytes(int64(len(a.Body.Text)))
	b.ReportAllocs()
	for b.Loop() {
		reader.ContentDigest(a)
	}
}
