package feed_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/source"
	"herald/source/feed"
	"herald/source/reader"
	"herald/source/remote"
	"herald/source/sourcetest"
)

// far is a feed on a real server, with a clock that moves on with every change of it.
type far struct {
	mu       sync.Mutex
	clock    time.Time
	answers  map[string]string // documents by path
	status   map[string]int
	header   http.Header
	requests []string
	server   *httptest.Server
}

func newRemote(t *testing.T) *far {
	r := &far{clock: at("2026-11-01T00:00:00Z"), answers: map[string]string{}, status: map[string]int{}, header: http.Header{}}
	r.server = httptest.NewServer(r)
	t.Cleanup(r.server.Close)
	return r
}

// ServeHTTP answers with a document, and with 304 where its ETag is known.
func (r *far) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = append(r.requests, strings.TrimSpace(q.URL.Path+" "+q.Header.Get("If-None-Match")))
	for name, values := range r.header {
		w.Header()[name] = values
	}
	doc, etag := r.answers[q.URL.Path], fmt.Sprintf("%q", fmt.Sprint(len(r.answers[q.URL.Path])))
	switch status := r.status[q.URL.Path]; {
	case status != 0:
		w.WriteHeader(status)
	case q.Header.Get("If-None-Match") == etag:
		w.WriteHeader(http.StatusNotModified)
	default:
		w.Header().Set("ETag", etag)
		io.WriteString(w, doc)
	}
}

// set changes a document, an hour later.
func (r *far) set(path, doc string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clock, r.answers[path] = r.clock.Add(time.Hour), doc
}

func (r *far) fails(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clock, r.status["/feed"] = r.clock.Add(time.Hour), status
}

func (r *far) asked() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.requests
	r.requests = nil
	return all
}

func (r *far) fetch(ctx context.Context, q remote.Request) (*remote.Answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, q.URL, nil)
	if err != nil {
		return nil, err
	}
	if q.ETag != "" {
		request.Header.Set("If-None-Match", q.ETag)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	after, _ := time.ParseDuration(answer.Header.Get("Retry-After") + "s")
	fresh, _ := time.ParseDuration(answer.Header.Get("X-Fresh"))
	moved := ""
	if answer.Header.Get("X-Moved") != "" && q.URL == r.server.URL+"/feed" {
		moved = r.server.URL + answer.Header.Get("X-Moved")
	}
	return &remote.Answer{Status: answer.StatusCode, Body: body, URL: q.URL, ETag: answer.Header.Get("ETag"), RetryAfter: after, MaxAge: fresh, Moved: moved}, err
}

func (r *far) open(change func(*feed.Config)) *feed.Source {
	c := feed.Config{URL: r.server.URL + "/feed", Fetch: r.fetch, Now: func() time.Time {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.clock
	}}
	if change != nil {
		change(&c)
	}
	return feed.New(c)
}

// rss returns a feed of items, each "id title" or "id title body".
func rss(items ...string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>마을</title>`)
	for _, i := range items {
		id, rest, _ := strings.Cut(i, "|")
		title, body, _ := strings.Cut(rest, "|")
		fmt.Fprintf(&b, "<item><guid isPermaLink=\"false\">%s</guid><link>https://blog.example.com/%s</link><title>%s</title><description>%s</description></item>", id, id, title, body)
	}
	return b.String() + "</channel></rss>"
}

func TestAFeedIsASource(t *testing.T) {
	sourcetest.Test(t, func(t *testing.T) *sourcetest.Origin {
		r := newRemote(t)
		items := map[string]string{}
		write := func() {
			var all []string
			for _, i := range items {
				all = append(all, i)
			}
			slices.Sort(all)
			r.set("/feed", strings.ReplaceAll(rss(all...), "<link>https://blog.example.com/bad</link>", ""))
		}
		write()
		put := func(key, title, body string) string {
			items[key] = key + "|" + title + "|" + body
			write()
			return key
		}
		return &sourcetest.Origin{
			Source:  r.open(nil),
			Put:     func(_ *testing.T, name, title, body string) string { return put(name, title, body) },
			Refused: func(*testing.T, string) string { return put("bad", "제목", "본문") },
			Remove:  func(_ *testing.T, key string) { delete(items, key); write() },
			Break:   func(*testing.T) { r.fails(http.StatusInternalServerError) },
			Otherwise: func(*testing.T) source.Source {
				return r.open(func(c *feed.Config) { c.Reading = reader.Reading{Defaults: reader.Defaults{Language: "ko"}} })
			},
		}
	})
}

func keys(t *testing.T, s *feed.Source) (all []string) {
	t.Helper()
	for e, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e.Key)
	}
	return all
}

func failure(t *testing.T, s *feed.Source) string {
	t.Helper()
	for _, err := range s.List(t.Context()) {
		if err != nil {
			return err.Error()
		}
	}
	return ""
}

// What leaves the window stays, until the feed says that it is gone, or is said to list all.
func TestWindow(t *testing.T) {
	r := newRemote(t)
	r.set("/feed", rss("a|하나", "b|둘"))
	window, whole := r.open(nil), r.open(func(c *feed.Config) { c.Whole = true })
	keys(t, window)
	keys(t, whole)
	r.set("/feed", strings.Replace(rss("c|셋"), "<title>마을</title>", `<at:deleted-entry ref="b"/>`, 1))
	if got := keys(t, window); !slices.Equal(got, []string{"c"}) || !window.Stays("a") || window.Stays("b") {
		t.Errorf("got %q, a stays %t, b stays %t, want c; a, but not b, which is deleted", got, window.Stays("a"), window.Stays("b"))
	}
	if keys(t, whole); whole.Stays("a") {
		t.Error("got an entry that stays, want what a whole feed lacks gone")
	}
	r.set("/feed", rss())
	if got := keys(t, window); len(got) != 0 || !window.Stays("c") || len(window.Notes()) != 1 {
		t.Errorf("got %q, notes %q, want none, c still there, and a warning", got, window.Notes())
	}
	r.fails(http.StatusGone)
	if got := keys(t, window); len(got) != 0 || window.Stays("c") {
		t.Errorf("got %q, c stays %t, want all gone", got, window.Stays("c"))
	}
}

// A feed that did not change costs a request without a body, also in the next process, and removes nothing.
func TestConditional(t *testing.T) {
	r := newRemote(t)
	r.set("/feed", rss("a|하나"))
	s := r.open(nil)
	keys(t, s)
	if got := keys(t, s); !slices.Equal(got, []string{"a"}) {
		t.Errorf("got %q, want a listed again", got)
	}
	next := r.open(nil)
	next.Recall(s.Memory(), false)
	if got := keys(t, next); len(got) != 0 || !next.Stays("a") {
		t.Errorf("got %q, a stays %t, want nothing new and a there", got, next.Stays("a"))
	}
	if a, err := next.Load(t.Context(), "a"); err != nil || a.Title != "하나" {
		t.Errorf("got %v, %v, want the entry fetched for its body", a, err)
	}
	anew := r.open(nil)
	anew.Recall(s.Memory(), true)
	other := r.open(func(c *feed.Config) { c.URL += "?page=2" })
	other.Recall(s.Memory(), false)
	if a, b := keys(t, anew), keys(t, other); len(a) != 1 || len(b) != 1 {
		t.Errorf("got %q, %q, want every entry where all is asked for, and of another feed", a, b)
	}
	etag := strings.Fields(r.requests[1])[1]
	want := []string{"/feed", "/feed " + etag, "/feed " + etag, "/feed", "/feed", "/feed"}
	if got := r.asked(); !slices.Equal(got, want) {
		t.Errorf("got requests %q, want %q", got, want)
	}
}

// Older entries are fetched once; where they cannot be, nothing is listed.
func TestArchives(t *testing.T) {
	r := newRemote(t)
	behind := func(doc, path string) string {
		return strings.Replace(doc, "<title>마을", `<atom:link rel="prev-archive" href="`+path+`"/><title>마을`, 1)
	}
	r.set("/feed", behind(rss("c|셋"), "/2"))
	r.set("/2", behind(rss("b|둘", "c|셋, 예전"), "1"))
	s := r.open(nil)
	r.status["/1"] = http.StatusNotFound
	if got := failure(t, s); !strings.Contains(got, "/1 answered 404") {
		t.Errorf("got %q, want the archive that is missing named", got)
	}
	delete(r.status, "/1")
	r.set("/1", behind(rss("a|하나"), "/feed"))
	if got := keys(t, s); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("got %q, want the older ones too", got)
	}
	if a, err := s.Load(t.Context(), "c"); err != nil || a.Title != "셋" {
		t.Errorf("got %v, %v, want what the feed itself says", a, err)
	}
	r.asked()
	r.set("/feed", behind(rss("d|넷째 글"), "/2"))
	if got := keys(t, s); !slices.Equal(got, []string{"d"}) || len(r.asked()) != 1 {
		t.Errorf("got %q, want the feed alone", got)
	}
}

// What stands in the place of a feed is named.
func TestNoFeed(t *testing.T) {
	for doc, want := range map[string]string{
		"": "answered with nothing", " \n": "answered with nothing",
		"<!DOCTYPE html><html><body>점검 중</body></html>":            "answered with a page",
		"<rss><channel><item><title>반":                             "unexpected EOF",
		`{"version":"https://jsonfeed.org/version/1.1","items":[{`: "unexpected end",
		`{"error":"quota"}`:                                        "no JSON Feed",
		"hello":                                                    "neither RSS",
	} {
		r := newRemote(t)
		r.set("/feed", doc)
		if got := failure(t, r.open(nil)); !strings.Contains(got, want) || !strings.Contains(got, r.server.URL) {
			t.Errorf("%.30q: got %q, want %q and the address", doc, got, want)
		}
	}
}

// article returns what an entry of a document becomes.
func article(t *testing.T, doc, key string) (*source.Article, error) {
	t.Helper()
	r := newRemote(t)
	r.set("/feed", strings.ReplaceAll(doc, "HOST", r.server.URL))
	return r.open(nil).Load(t.Context(), key)
}

const atomEntry = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example.com/deep/" xml:lang="ko"><title>마을</title><author><name>편집국</name></author>
<entry><id>urn:x:1</id><title type="html">시장 &amp;lt; 장터 &lt;b&gt;소식&lt;/b&gt;</title><link href="market"/><link rel="enclosure" href="a.mp3" type="audio/mpeg" length="12"/>
<updated>2026-03-02T00:00:00Z</updated><category term="장터"/><summary>짧은 글</summary>
<content type="xhtml" xml:base="in/"><div xmlns="http://www.w3.org/1999/xhtml"><p>새 <em>장</em><br/><img src="p.jpg"/> &amp; 끝</p></div></content></entry></feed>`

func TestEntries(t *testing.T) {
	tests := []struct{ name, doc, key, want string }{
		{"Atom", atomEntry, "urn:x:1", `{"title":"시장 < 장터 소식","url":"https://blog.example.com/deep/market","body":"<p>새 <em>장</em><br>\n<img src=\"https://blog.example.com/deep/in/p.jpg\"> &amp; 끝</p>","summary":"짧은 글","authors":"편집국","categories":"장터","files":"https://blog.example.com/deep/a.mp3 audio/mpeg 12","lang":"ko","date":"2026-03-02T00:00:00Z"}`},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","language":"ko","authors":[{"name":"편집국"}],"items":[{"id":"7","url":"/seven","title":"일곱","content_text":"첫 줄\n둘째 <줄>\n\n다음","tags":["장터"],"date_published":"2026-03-02T09:00:00+09:00","attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg","size_in_bytes":12}]}]}`, "7",
			`{"title":"일곱","url":"HOST/seven","body":"<p>첫 줄<br>\n둘째 &lt;줄&gt;</p>\n<p>다음</p>\n","authors":"편집국","tags":"장터","files":"HOST/a.mp3 audio/mpeg 12","lang":"ko","date":"2026-03-02T00:00:00Z"}`},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://blog.example.com/"><title>마을</title></channel>
<item rdf:about="https://blog.example.com/1"><title>하나</title><link>https://blog.example.com/1</link><description>본문</description><dc:creator>김기자</dc:creator><dc:subject>장터</dc:subject><dc:date>2026-03-02</dc:date></item></rdf:RDF>`, "https://blog.example.com/1",
			`{"title":"하나","url":"https://blog.example.com/1","body":"본문","authors":"김기자","categories":"장터","date":"2026-03-02T00:00:00Z"}`},
		{"HTML without a type", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="https://blog.example.com/1"/><title>하나</title><updated>2026-03-02T00:00:00Z</updated><content>
&lt;h2 class="x"&gt;장터&lt;/h2&gt;&lt;p&gt;본문&lt;/p&gt;</content><summary>&lt;p&gt;요약&lt;/p&gt;</summary></entry></feed>`, "urn:1",
			`{"title":"하나","url":"https://blog.example.com/1","body":"<h2 class=\"x\">장터</h2><p>본문</p>","summary":"요약","date":"2026-03-02T00:00:00Z"}`},
		{"text without a type", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="https://blog.example.com/1"/><title>하나</title><updated>2026-03-02T00:00:00Z</updated><content>a &lt;p&gt; b</content></entry></feed>`, "urn:1",
			`{"title":"하나","url":"https://blog.example.com/1","body":"<p>a &lt;p&gt; b</p>\n","date":"2026-03-02T00:00:00Z"}`},
		{"text by its type", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="https://blog.example.com/1"/><title>하나</title><updated>2026-03-02T00:00:00Z</updated><content type="text">&lt;p&gt; b</content></entry></feed>`, "urn:1",
			`{"title":"하나","url":"https://blog.example.com/1","body":"<p>&lt;p&gt; b</p>\n","date":"2026-03-02T00:00:00Z"}`},
		{"a title about HTML", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="https://blog.example.com/1"/><title type="html">&amp;lt;b&amp;gt; &lt;b&gt;and&lt;/b&gt; R&amp;amp;D</title></entry></feed>`, "urn:1",
			`{"title":"<b> and R&D","url":"https://blog.example.com/1"}`},
		{"a title about XHTML", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="https://blog.example.com/1"/><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">&lt;b&gt; <b>and</b> i</div></title></entry></feed>`, "urn:1",
			`{"title":"<b> and i","url":"https://blog.example.com/1"}`},
		{"a byte that XML forbids", "<rss><channel><item><guid>https://blog.example.com/1</guid><title>하\x01나</title></item></channel></rss>", "https://blog.example.com/1",
			`{"title":"하나","url":"https://blog.example.com/1"}`},
		{"no title", `<rss><channel><item><link>https://blog.example.com/1</link><description>&lt;p&gt;오늘은 장날.&lt;/p&gt;</description></item></channel></rss>`, "https://blog.example.com/1",
			`{"title":"오늘은 장날.","url":"https://blog.example.com/1","body":"<p>오늘은 장날.</p>"}`},
		{"CP949 without a name", "<rss><channel><item><link>https://blog.example.com/1</link><title>\xb0\xa1\xb3\xaa\xb4\xd9\xb6\xf3\xb8\xb6\xb9\xd9\xbb\xe7\xbe\xc6\xc0\xda\xc2\xf7\xc4\xab\xc5\xb8\xc6\xc4\xc7\xcf</title></item></channel></rss>", "https://blog.example.com/1",
			`{"title":"가나다라마바사아자차카타파하","url":"https://blog.example.com/1"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := newRemote(t)
			r.set("/feed", test.doc)
			a, err := r.open(nil).Load(t.Context(), test.key)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := said(t, a), strings.ReplaceAll(test.want, "HOST", r.server.URL); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// said returns what an article says, as JSON.
func said(t *testing.T, a *source.Article) string {
	t.Helper()
	all := struct {
		Title      string `json:"title"`
		URL        string `json:"url"`
		Body       string `json:"body,omitempty"`
		Summary    string `json:"summary,omitempty"`
		Authors    string `json:"authors,omitempty"`
		Categories string `json:"categories,omitempty"`
		Tags       string `json:"tags,omitempty"`
		Files      string `json:"files,omitempty"`
		Language   string `json:"lang,omitempty"`
		Date       string `json:"date,omitempty"`
	}{Title: a.Title, URL: a.URL, Body: a.Body.Text, Summary: a.Summary, Categories: strings.Join(a.Categories, ","), Tags: strings.Join(a.Tags, ","), Language: a.Language}
	for _, one := range a.Authors {
		all.Authors += one.Name
	}
	for _, f := range a.Enclosures {
		all.Files += fmt.Sprintf("%s %s %d", f.URL, f.Type, f.Length)
	}
	if !a.Published.IsZero() {
		all.Date = a.Published.Format(time.RFC3339)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(all); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// A date without an offset is one in the zone of the site; of one whose time cannot be read the day counts, and where no day can be told
// the entry is refused, unless it has another date.
func TestDatesThatAreNotSure(t *testing.T) {
	for _, c := range []struct{ item, want string }{
		{"<pubDate>2026-03-02 09:00:00</pubDate>", "2026-03-02T00:00:00Z"},
		{"<pubDate>Mon, 02 Mar 2026 09:00:00</pubDate>", "2026-03-02T00:00:00Z"},
		{"<dc:date>2026-03-02</dc:date>", "2026-03-01T15:00:00Z"},
		{"<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate>", "2026-03-02T09:00:00Z"},
		{"<pubDate>Mon, 02 Mar 2026 29:00:00 KST</pubDate>", "2026-03-01T15:00:00Z, warned"},
		{"<pubDate>soon</pubDate>", "refused"},
		{"<pubDate>soon</pubDate><atom:updated>2026-03-03T00:00:00Z</atom:updated>", "2026-03-03T00:00:00Z"},
		{"", "undated"},
	} {
		r := newRemote(t)
		r.set("/feed", `<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><guid isPermaLink="false">1</guid><link>/1</link><title>가</title>`+c.item+"</item></channel></rss>")
		a, err := r.open(func(c *feed.Config) { c.Reading = reader.Reading{Zone: time.FixedZone("", 9*3600)} }).Load(t.Context(), "1")
		got := "undated"
		switch {
		case err != nil:
			got = "refused"
		case !a.Published.IsZero():
			got = a.Published.UTC().Format(time.RFC3339)
		}
		if err == nil && len(a.Warnings) > 0 {
			got += ", warned"
		}
		if got != c.want {
			t.Errorf("%s: got %s (%v), want %s", c.item, got, err, c.want)
		}
	}
}

// Of two entries of one id the one that was updated later counts.
func TestTwice(t *testing.T) {
	a, err := article(t, `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link href="/1"/><title>예전</title><updated>2026-03-01T00:00:00Z</updated></entry>
<entry><id>urn:1</id><link href="/1"/><title>지금</title><updated>2026-03-02T00:00:00Z</updated></entry></feed>`, "urn:1")
	if err != nil || a.Title != "지금" {
		t.Errorf("got %+v, %v, want the later one", a, err)
	}
}

func TestEntriesThatAreRefused(t *testing.T) {
	for item, want := range map[string]string{
		"<guid isPermaLink=\"false\">1</guid><title>가</title>":                                                                             "no link",
		"<guid isPermaLink=\"false\">1</guid><title>가</title><link>mailto:a@b.example</link>":                                              "not an absolute http",
		"<guid isPermaLink=\"false\">1</guid><title>가</title><link>/" + strings.Repeat("a", 3000) + "</link>":                              "longer than",
		"<guid isPermaLink=\"false\">1</guid><title>가</title><link>/1</link><description>" + strings.Repeat("가", 1<<20) + "</description>": "longer than 1 MiB",
		"<guid isPermaLink=\"false\">1</guid><link>/1</link>":                                                                              "title",
	} {
		_, err := article(t, "<rss><channel><item>"+item+"</item></channel></rss>", "1")
		var refused *source.ArticleError
		if !errors.As(err, &refused) || !strings.Contains(refused.Reason, want) {
			t.Errorf("%.60s: got %v, want %q", item, err, want)
		}
	}
}
