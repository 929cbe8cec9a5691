package permalink_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/permalink"
	"herald/source/weburl"
)

var kst = time.FixedZone("KST", 9*3600)

func dated(link source.Link) *source.Article {
	return &source.Article{
		Link: link, Categories: []string{"정치", "Foreign Affairs", "정치"},
		Published: time.Date(2024, 1, 1, 15, 4, 5, 0, time.UTC), // 2 January, 00:04:05 in Seoul
	}
}

// TestExpandNames is the golden table of what Jekyll 4 makes of file names (C8).
func TestExpandNames(t *testing.T) {
	for _, c := range []struct{ name, title, slug string }{
		{"한글-제목", "한글-제목", "한글-제목"},
		{"한글 제목", "한글-제목", "한글-제목"},
		{"\u1112\u1161\u11ab", "한", "한"},
		{"News-속보_1.0", "News-속보_1.0", "news-속보-1-0"},
		{"🎉-축하", "축하", "축하"},
		{"축하 🎉!", "축하-!", "축하"},
		{"5·18 기념식", "5-18-기념식", "5-18-기념식"},
		{"C++ & Go (2)", "C++-&-Go-(2)", "c-go-2"},
		{"100%", "100", "100"},
		{"[단독] 인터뷰", "단독-인터뷰", "단독-인터뷰"},
		{"Ünïcode", "Ünïcode", "ünïcode"},
		{"5時〜6時", "5時-6時", "5時-6時"},
		{"👍", "", ""},
	} {
		for pattern, want := range map[string]string{"/:title/": c.title, "/:slug/": c.slug} {
			got, err := permalink.Expand(dated(source.Link{Pattern: pattern, Name: c.name}), kst)
			if want == "" {
				if !errors.Is(err, permalink.ErrEmpty) {
					t.Errorf("%s of %q: %q, %v", pattern, c.name, got, err)
				}
				continue
			}
			if got != "/"+want+"/" || err != nil {
				t.Errorf("%s of %q: %q, %v; want %q", pattern, c.name, got, err, want)
			}
		}
	}
}

func TestExpandPatterns(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{"date", "/정치/foreign affairs/2024/01/02/Big-글.html"},
		{"pretty", "/정치/foreign affairs/2024/01/02/Big-글/"},
		{"ordinal", "/정치/foreign affairs/2024/002/Big-글.html"},
		{"weekdate", "/정치/foreign affairs/2024/W01/Tue/Big-글.html"},
		{"none", "/정치/foreign affairs/Big-글.html"},
		{"/:slugified_categories/:slug", "/정치/foreign-affairs/big-글"},
		{"/:year/:short_year/:month/:i_month/:short_month/:long_month", "/2024/24/01/1/Jan/January"},
		{"/:day/:i_day/:y_day/:short_day/:long_day", "/02/2/002/Tue/Tuesday"},
		{"/:week/:w_year/:w_day/:hour:minute:second", "/01/2024/2/000405"},
		{"/:year_:month_:day-:slug/", "/2024_01_02-big-글/"},
		{"/:path/", "/2024/정치/Big 글/"},
		{":name.html", "/Big 글.html"},
		{"//:name//x/", "//Big 글//x/"},
		{"/fixed/정치/", "/fixed/정치/"},
		{"/", "/"},
		{"https://news.example.org/:year/:name", "https://news.example.org/2024/Big 글"},
	} {
		link := source.Link{Pattern: c.pattern, Dir: "2024/정치", Name: "Big 글", Ext: ".html"}
		got, err := permalink.Expand(dated(link), kst)
		if got != c.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", c.pattern, got, err, c.want)
		}
	}
}

func TestExpandEmptyParts(t *testing.T) {
	for pattern, want := range map[string]string{"/a////:name///b/": "/a/글/b/", "/x/:title/": "", "/x/:slug.html": ""} {
		link := source.Link{Pattern: pattern, Name: "글"}
		if want == "" {
			link.Name = "👍" // nothing of it stays
		}
		if got, err := permalink.Expand(&source.Article{Link: link}, nil); got != want || (want == "") != errors.Is(err, permalink.ErrEmpty) {
			t.Errorf("%s: got %q, %v, want %q", pattern, got, err, want)
		}
	}
	given := source.Link{Pattern: "/:section/:name/", Name: "글", Values: map[string]string{"section": "\u1112\u1161\u11ab"}}
	if got, err := permalink.Expand(&source.Article{Link: given}, nil); got != "/한/글/" || err != nil {
		t.Errorf("a given value: got %q, %v, want it in NFC", got, err)
	}
	a := &source.Article{Link: source.Link{Pattern: "/:categories/:path/", Name: "글"}}
	if got, err := permalink.Expand(a, nil); got != "/글/" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	for _, pattern := range []string{"/:categories/", "", ":output_ext"} {
		a.Link = source.Link{Pattern: pattern, Name: "글", Ext: "."}
		if got, err := permalink.Expand(a, nil); !errors.Is(err, permalink.ErrEmpty) {
			t.Errorf("%q: %q, %v", pattern, got, err)
		}
	}
	a.Link = source.Link{Pattern: "/:year/:name/", Name: "글"}
	if _, err := permalink.Expand(a, nil); !errors.Is(err, permalink.ErrNoDate) {
		t.Errorf("undated: %v", err)
	}
}

// TestExpandHostileNames: no file name leaves its place in the URL (X3).
func TestExpandHostileNames(t *testing.T) {
	site, _ := weburl.ParseSite("https://news.example.org/blog")
	for name, want := range map[string]string{
		"100%":      "/100%25/",
		"왜?":        "/%EC%99%9C%3F/",
		"a#b":       "/a%23b/",
		"%2e%2e":    "/%252e%252e/",
		`a\b`:       "/a%5Cb/",
		"wait...":   "/wait.../",
		"50%25 off": "/50%2525%20off/",
		"줄\n바꿈":     "/%EC%A4%84%0A%EB%B0%94%EA%BF%88/",
		"a\tb\r":    "/a%09b%0D/",
	} {
		path, err := permalink.Expand(&source.Article{Link: source.Link{Pattern: "/:path/", Name: name}}, nil)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if got, err := site.Join(path); got != site.String()+want || err != nil {
			t.Errorf("%q: %q, %v; want %q", name, got, err, want)
		}
	}
}

// TestExpandLongNames: a URL that no sitemap takes refuses its article and no other.
func TestExpandLongNames(t *testing.T) {
	site, _ := weburl.ParseSite("https://news.example.org/blog")
	for n, long := range map[int]bool{220: false, 226: true, 2000: true} {
		path, err := permalink.Expand(&source.Article{Link: source.Link{Pattern: "/:path/", Name: strings.Repeat("가", n)}}, nil)
		if err == nil {
			_, err = site.Join(path)
		}
		if errors.Is(err, weburl.ErrLong) != long {
			t.Errorf("%d: %v", n, err)
		}
	}
	if _, err := permalink.Expand(&source.Article{Link: source.Link{Pattern: "/:path/", Name: strings.Repeat("가", 300)}}, nil); !errors.Is(err, weburl.ErrLong) {
		t.Errorf("300, not joined: %v", err)
	}
}

func TestCheck(t *testing.T) {
	for _, good := range []string{"/:path/", "pretty", "/:year_:month/", "/a:1/", "https://a.example:8080/:name", "/기사:속보/"} {
		if err := permalink.Check(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	err := permalink.Check("/:yaer/:title/")
	var pattern *permalink.PatternError
	if !errors.As(err, &pattern) || err.Error() != "unknown placeholder :yaer; is :year meant?" {
		t.Errorf("got %v", err)
	}
	if permalink.NeedsDate("/:path/") || permalink.NeedsDate("none") || !permalink.NeedsDate("date") || !permalink.NeedsDate("/:y_day_") {
		t.Error("NeedsDate is wrong")
	}
}

func FuzzExpand(f *testing.F) {
	f.Add("/:path/", "a/b", "글")
	f.Add("/:categories/:title:output_ext", "", "..")
	f.Add("weekdate", "../..", "%2e%2e/..")
	site, _ := weburl.ParseSite("https://news.example.org/blog")
	f.Fuzz(func(t *testing.T, pattern, dir, name string) {
		a := dated(source.Link{Pattern: pattern, Dir: dir, Name: name})
		path, err := permalink.Expand(a, kst)
		if err != nil {
			return
		}
		u, err := site.Join(path)
		if err != nil {
			return
		}
		if again, err := weburl.Normal(u); err != nil || again != u {
			t.Fatalf("%q -> %q -> %q, %v", path, u, again, err)
		}
	})
}
