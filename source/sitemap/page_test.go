package sitemap_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/sitemap"
)

// answers returns an answer with a body; headers are "Name: value".
func answers(body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		io.WriteString(w, body)
	}
}

// judged returns what becomes of the page /a.
func judged(t *testing.T, answer http.HandlerFunc, change func(*sitemap.Config)) (*source.Article, string) {
	t.Helper()
	f := newFar(t)
	f.put("/a", "2026-03-01", "")
	f.put("/a/", "2026-03-01", pageOf("둘", "글"))
	f.says("/a", answer)
	s := f.open(change)
	s.Fetch(t.Context(), taken{}.seen)
	for e, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Key != f.server.URL+"/a" {
			continue
		}
		a, err := s.Load(t.Context(), e.Key)
		if err != nil {
			return nil, strings.ReplaceAll(err.Error(), f.server.URL, "")
		}
		if a.Key != e.Key || a.URL != e.Key || a.Place != e.Key || a.Canonical != "" || len(a.Refs) > 0 {
			t.Errorf("got %+v, want it to stand at its URL", a)
		}
		return a, ""
	}
	return nil, "not listed: " + strings.Join(s.Notes(), "")
}

func TestWhatIsNoArticle(t *testing.T) {
	page := func(head string) string {
		return "<!doctype html><html><head><title>글</title>" + head + "</head><body><p>글</p></body></html>"
	}
	const none = "not an article: "
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string // "": an article
	}{
		"page":                        {answers(page("")), ""},
		"moved":                       {status(301, "Location: /b"), none + "it redirects to /b"},
		"elsewhere for now":           {status(302, "Location: https://other.example/"), none + "it redirects to https://other.example/"},
		"moved 308":                   {status(308, "Location: /a/"), none + "it redirects to /a/"},
		"404":                         {status(404), none + "its server answered 404 Not Found"},
		"410":                         {status(410), none + "its server answered 410 Gone"},
		"noindex":                     {answers(page(`<meta name="robots" content="noindex, follow">`)), none + "it says noindex"},
		"none":                        {answers(page(`<meta name="ROBOTS" content="NONE">`)), none + "it says noindex"},
		"index":                       {answers(page(`<meta name="robots" content="index">`)), ""},
		"noindex in a header":         {answers(page(""), "X-Robots-Tag: noindex"), none + "its server says X-Robots-Tag: noindex"},
		"none in a header":            {answers(page(""), "X-Robots-Tag: nofollow, none"), none + "its server says X-Robots-Tag: noindex"},
		"for us":                      {answers(page(""), "X-Robots-Tag: herald: noindex"), none + "its server says X-Robots-Tag: noindex"},
		"for another":                 {answers(page(""), "X-Robots-Tag: otherbot: noindex"), ""},
		"for a time":                  {answers(page(""), "X-Robots-Tag: unavailable_after: 25 Jun 2010 15:00:00 PST"), ""},
		"canonical itself":            {answers(page(`<link rel="canonical" href="/a">`)), ""},
		"canonical with a fragment":   {answers(page(`<link rel="canonical" href="/a#top">`)), ""},
		"canonical another":           {answers(page(`<link rel="canonical" href="/b">`)), none + "its canonical link names another page, /b"},
		"canonical elsewhere":         {answers(page(`<link rel="canonical" href="https://other.example/a">`)), none + "its canonical link names another page, https://other.example/a"},
		"canonical spelled otherwise": {answers(page(`<link rel="canonical" href="/a/">`)), none + "its canonical link names another page, /a/"},
		"canonical as a file":         {answers(page(`<link rel="canonical" href="/a/index.html">`)), ""},
		"canonical in a header":       {answers(page(""), `Link: </style.css>; rel=preload, </b>; rel="canonical"`), none + "its server says that its canonical URL is /b"},
		"itself in a header":          {answers(page(""), `Link: </a>; rel="canonical"`), ""},
		"without a type":              {answers(page(""), "Content-Type: "), ""},
		"words without a type":        {answers("글 <p>이다", "Content-Type: "), ""},
		"a PDF without a type":        {answers("%PDF-1.7", "Content-Type: "), none + "it is application/pdf, not HTML"},
		"refresh":                     {answers(page(`<meta http-equiv="refresh" content="0; url=/b">`)), none + "it only sends readers on to /b"},
		"not found by its title":      {answers("<!doctype html><title>404 Not Found</title><p>없다"), none + "it is the page for an address that leads nowhere, by its title"},
		"a PDF":                       {answers("%PDF-1.7", "Content-Type: application/pdf"), none + "it is application/pdf, not HTML"},
		"an image":                    {answers("GIF89a", "Content-Type: image/gif"), none + "it is image/gif, not HTML"},
		"XHTML":                       {answers(page(""), "Content-Type: application/xhtml+xml"), ""},
		"no title":                    {answers("<!doctype html><p></p>"), "/a:1:1: no title: front matter has none, and there is no heading and no line of text"},
		"too long":                    {answers(page("") + strings.Repeat("가나다라", 1<<20)), "/a:1:1: the page is longer than 8 MiB"},
		"nothing":                     {answers(" \n"), "not listed: 1 page could not be read"},
	} {
		if _, got := judged(t, test.answer, nil); got != test.want && (test.want == "" || !strings.HasPrefix(got, test.want)) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// What pages say goes into articles as it does from files; the sitemap's lastmod stands in for a date of the last change alone.
func TestWhatPagesSay(t *testing.T) {
	a, err := judged(t, answers(`<html lang="ko"><head><title>시장 | 마을</title><meta property="article:published_time" content="2026-02-01T09:00:00+09:00"></head>
<body><nav>메뉴</nav><article><h1>시장</h1><p>글 <a href="/b.html">b</a> <img src="c.png"></p></article></body></html>`), nil)
	if err != "" || a.Title != "시장" || !a.Published.Equal(at("2026-02-01T00:00:00Z")) || !a.Updated.Equal(at("2026-03-01T00:00:00Z")) || a.Language != "ko" || strings.Contains(a.Body.Text, "메뉴") {
		t.Errorf("got %+v, %s", a, err)
	}
	a, err = judged(t, answers(`<title>날짜 없는 글</title><p>글`), func(c *sitemap.Config) { c.Reading = reader.Reading{Zone: time.FixedZone("", 9*3600)} })
	if err != "" || !a.Published.IsZero() || !a.Updated.Equal(at("2026-02-28T15:00:00Z")) {
		t.Errorf("got %+v, %s, want no date, and that of the change in the zone of the site", a, err)
	}
	if a, err = judged(t, answers(`<title>글</title><meta property="article:modified_time" content="2026-02-02T00:00:00Z"><p>글`), nil); err != "" || !a.Updated.Equal(at("2026-02-02T00:00:00Z")) {
		t.Errorf("got %+v, %s, want the page's own", a, err)
	}
	noIndex := func(c *sitemap.Config) { c.Reading = reader.Reading{Defaults: reader.Defaults{NoIndex: true}} }
	if a, err = judged(t, answers("<title>글</title><p>글"), noIndex); err != "" || !a.NoIndex {
		t.Errorf("got %+v, %s, want an article with the source's robots: noindex", a, err)
	}
}

// A page that moves says the same: the canonical link that names it says where it stands.
func TestAPageSaysTheSameWhereverItStands(t *testing.T) {
	f := newFar(t)
	var digests []source.Digest
	s := f.open(nil)
	for _, path := range []string{"/old", "/new"} {
		f.put(path, "2026-03-01", `<!doctype html><title>글</title><link rel="canonical" href="`+f.server.URL+path+`"><p>글`)
	}
	s.Fetch(t.Context(), taken{}.seen)
	for e, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.Load(t.Context(), e.Key)
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, a.ContentDigest)
	}
	if len(digests) != 2 || digests[0] != digests[1] {
		t.Errorf("got the digests %v, want two that are equal", digests)
	}
}

// C10: Legacy Korean pages are read, whether the server names the encoding, the page does, or nobody.
func TestC10PagesInLegacyEncodings(t *testing.T) {
	const word = "\xb0\xa1\xb3\xaa\xb4\xd9\xb6\xf3" // 가나다라
	for name, answer := range map[string]http.HandlerFunc{
		"the server": answers("<!doctype html><title>"+word+"</title><p>a", "Content-Type: text/html; charset=euc-kr"),
		"the page":   answers("<!doctype html><meta charset=euc-kr><title>"+word+"</title><p>a", "Content-Type: text/html"),
		"both":       answers("<!doctype html><meta charset=euc-kr><title>"+word+"</title><p>a", "Content-Type: text/html; charset=cp949"),
		"one wrong":  answers("<!doctype html><meta charset=utf-8><title>가나다라</title><p>a", "Content-Type: text/html; charset=euc-kr"),
	} {
		if a, err := judged(t, answer, nil); err != "" || a.Title != "가나다라" {
			t.Errorf("%s: got %+v, %s, want 가나다라", name, a, err)
		}
	}
}

// A page that is not kept is fetched when it is wanted, politely.
func TestLoadFetchesWhatIsNotKept(t *testing.T) {
	f, known := newFar(t), taken{}
	f.bodies["/robots.txt"] = "User-agent: *\nDisallow: /closed"
	a, closed := f.put("/a", "2026-01-01", pageOf("하나", "글")), f.put("/closed", "2026-01-01", pageOf("둘", "글"))
	s := f.open(nil)
	known.scan(t.Context(), t, s, f)
	known.scan(t.Context(), t, s, f)
	f.requests()
	if got, err := s.Load(t.Context(), a); err != nil || got.Title != "하나" || len(f.requests()) != 1 {
		t.Errorf("got %+v, %v, want it fetched", got, err)
	}
	var refused *source.ArticleError
	if _, err := s.Load(t.Context(), closed); !errors.As(err, &refused) || !strings.Contains(err.Error(), "Disallow: /closed") || len(f.requests()) != 0 {
		t.Errorf("got %v, want it refused, and nobody asked", err)
	}
	f.drop("/a")
	if _, err := s.Load(t.Context(), a); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
}

func TestWhyNot(t *testing.T) {
	f := newFar(t)
	f.bodies["/robots.txt"] = "User-agent: *\nDisallow: /closed"
	for path, body := range map[string]string{
		"/a": pageOf("하나", "글"), "/closed": "", "/hidden": `<meta name="robots" content="noindex"><title>글</title>`, "/empty": "<p></p>", "/%EA%B0%80": pageOf("가", "글"),
	} {
		f.put(path, "", body)
	}
	f.bodies["/가"] = pageOf("가", "글")
	f.put("/gone", "", "")
	f.says("/gone", status(410))
	for path, want := range map[string]string{
		"/a": "true", "/closed": "true robots.txt closes the page to us: Disallow: /closed", "/hidden": "true it says noindex", "/empty": "true no title", "/gone": "true its server answered 410 Gone",
		"/가": "true", "/other": "false",
	} {
		why, found := f.open(nil).WhyNot(t.Context(), f.server.URL+path)
		if got := strings.TrimSpace(fmt.Sprint(found, " ", why)); got != want && (want == "true" || !strings.Contains(got, strings.TrimPrefix(want, "true "))) {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}
