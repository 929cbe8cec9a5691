package weburl_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"herald/source/weburl"
)

func TestNormal(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"HTTPS://News.Example.ORG:443", "https://news.example.org/"},
		{"http://example.org:8080/a/../b/./c", "http://example.org:8080/b/c"},
		{"https://뉴스.한국/정치", "https://xn--vg1b002a.xn--3e0b707e/%EC%A0%95%EC%B9%98"},
		{"https://example.org/%ec%a0%95치?q=검색 어#조각", "https://example.org/%EC%A0%95%EC%B9%98?q=%EA%B2%80%EC%83%89%20%EC%96%B4#%EC%A1%B0%EA%B0%81"},
		{"https://example.org/100%/a%2Fb%zz", "https://example.org/100%25/a%2Fb%25zz"},
		{`https:\\example.org\a`, "https://example.org/a"},
		{"https://[2001:DB8::1]:443/", "https://[2001:db8::1]/"},
		{"https://example.org/a[1]|b^c{d}", "https://example.org/a%5B1%5D%7Cb%5Ec%7Bd%7D"},
		{" https://example.org/a\nb ", "https://example.org/ab"},
		{"https://example.org?x", "https://example.org/?x"},
		{"https://user:pw@example.org/", ""},
		{"https://", ""},
		{"https://exa mple.org/", ""},
		{"https://example.org:99999/", ""},
		{"https://127.1/", ""},
		{"ftp://example.org/", ""},
		{"/a", ""},
		{"", ""},
	} {
		got, err := weburl.Normal(c.in)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("Normal(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	const base = "https://news.example.org/a/b/?q#f"
	for _, c := range []struct{ ref, want string }{
		{"", "https://news.example.org/a/b/?q"},
		{"c", "https://news.example.org/a/b/c"},
		{"../../../c", "https://news.example.org/c"},
		{"%2e%2e/c", "https://news.example.org/a/c"},
		{"/사진 1.jpg", "https://news.example.org/%EC%82%AC%EC%A7%84%201.jpg"},
		{"//cdn.example.org/x", "https://cdn.example.org/x"},
		{`\\cdn.example.org\x`, "https://cdn.example.org/x"},
		{"?p=1", "https://news.example.org/a/b/?p=1"},
		{"#g", "https://news.example.org/a/b/?q#g"},
		{"https:c", "https://news.example.org/a/b/c"},
		{"http:/x.example.org/", "http://x.example.org/"},
		{"mailto:a@example.org?subject=제목", "mailto:a@example.org?subject=%EC%A0%9C%EB%AA%A9"},
		{"javascript:alert(1)", ""},
		{"java\nscript:alert(1)", ""},
		{"data:text/html,x", ""},
		{"http://", ""},
		{"a:b", ""},
		{"./a:b", "https://news.example.org/a/b/a:b"},
	} {
		if got := weburl.Resolve(base, c.ref); got != c.want {
			t.Errorf("Resolve(%q) = %q, want %q", c.ref, got, c.want)
		}
	}
	if got := weburl.Resolve("nonsense", "a"); got != "" {
		t.Errorf("without a base: %q", got)
	}
}

func TestParseSite(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://News.Example.org", "https://news.example.org"},
		{"https://news.example.org:443/Blog/", "https://news.example.org/Blog"},
		{"http://뉴스.한국/블로그", "http://xn--vg1b002a.xn--3e0b707e/%EB%B8%94%EB%A1%9C%EA%B7%B8"},
		{"http://localhost:8080/", "http://localhost:8080"},
		{"http://127.0.0.1:80", "http://127.0.0.1"},
		{"http://[::1]:8080", "http://[::1]:8080"},
		{"http://192.168.0.10", "http://192.168.0.10"},
		{"http://169.254.1.1", "http://169.254.1.1"},
		{"http://desk.local", "http://desk.local"},
		{"http://a.internal", "http://a.internal"},
		{"http://wiki", "http://wiki"},
		{"http://8.8.8.8", "http://8.8.8.8"},
		{"https://change-me.invalid", "https://change-me.invalid"},
	} {
		s, err := weburl.ParseSite(c.in)
		if err != nil {
			t.Errorf("ParseSite(%q): %v", c.in, err)
			continue
		}
		if s.String() != c.want {
			t.Errorf("ParseSite(%q) = %q, want %q", c.in, s, c.want)
		}
	}
	for _, bad := range []string{"", "news.example.org", "/blog", "ftp://a.example", "https://", "https://a.example/?q",
		"https://a.example/#f", "https://u@a.example/", "https://a.example//b", "https://<base-url>/", "https://a..example"} {
		if s, err := weburl.ParseSite(bad); err == nil {
			t.Errorf("ParseSite(%q) = %q", bad, s)
		}
	}
}

func TestSiteJoin(t *testing.T) {
	root, _ := weburl.ParseSite("https://news.example.org")
	blog, _ := weburl.ParseSite("https://뉴스.example/블로그/")
	const blogURL = "https://xn--vg1b002a.example/%EB%B8%94%EB%A1%9C%EA%B7%B8"
	for _, c := range []struct {
		site     *weburl.Site
		in, want string
	}{
		{root, "/feed.xml", "https://news.example.org/feed.xml"},
		{root, "feed.xml", "https://news.example.org/feed.xml"},
		{root, "", "https://news.example.org/"},
		{blog, "/", blogURL + "/"},
		{blog, "/feed.xml", blogURL + "/feed.xml"},
		{blog, "/../../feed.xml", blogURL + "/feed.xml"},
		{root, "/정치/한글 제목/", "https://news.example.org/%EC%A0%95%EC%B9%98/%ED%95%9C%EA%B8%80%20%EC%A0%9C%EB%AA%A9/"},
		{root, "/%ed%95%9c/%/", "https://news.example.org/%ED%95%9C/%25/"},
		{root, "/\u1112\u1161\u11ab/", "https://news.example.org/%ED%95%9C/"},
		{root, "/%E1%84%92%E1%85%A1%E1%86%AB/", "https://news.example.org/%ED%95%9C/"},
		{root, "http://NEWS.example.org:80/a/", "https://news.example.org/a/"},
		{root, "//news.example.org/a/", "https://news.example.org/a/"},
		{root, "/?p=12", "https://news.example.org/?p=12"},
	} {
		if got, err := c.site.Join(c.in); got != c.want || err != nil {
			t.Errorf("Join(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
	for _, foreign := range []string{"https://www.news.example.org/a", "//other.example/a", "https://news.example.org:8443/"} {
		if _, err := root.Join(foreign); !errors.Is(err, weburl.ErrForeignHost) {
			t.Errorf("Join(%q): %v", foreign, err)
		}
	}
	if _, err := root.Join("javascript:x"); !errors.Is(err, weburl.ErrInvalid) {
		t.Errorf("Join(javascript:): %v", err)
	}
}

func TestSiteFilePath(t *testing.T) {
	s, _ := weburl.ParseSite("https://news.example.org/blog")
	for in, want := range map[string]string{
		"/feed.xml":             "feed.xml",
		"/정치/feed.xml":          "정치/feed.xml",
		"/%EC%A0%95치/a%20b.xml": "정치/a b.xml",
		"/\u1112\u1161\u11ab":   "한",
		"/..a/b..":              "..a/b..",
		"/정치/":                  "정치/index.html",
	} {
		if got, err := s.FilePath(in); got != want || err != nil {
			t.Errorf("FilePath(%q) = %q, %v", in, got, err)
		}
	}
	for _, bad := range []string{"", "/", "//a/", "/../a", "/a/%2e%2e/b", "/a%00b", "//a", "/a//b", "/a?b", `/a\b`, "/./a", "/%ff", "/a\nb"} {
		if got, err := s.FilePath(bad); !errors.Is(err, weburl.ErrNoFile) {
			t.Errorf("FilePath(%q) = %q, %v", bad, got, err)
		}
	}
}

func TestTagURI(t *testing.T) {
	minted := time.Date(2024, 3, 1, 1, 0, 0, 0, time.FixedZone("", 9*3600))
	if got, want := weburl.TagURI("news.example.org:8080", minted, "글 1%"), "tag:news.example.org,2024-02-29:%EA%B8%80%201%25"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	seen := map[string]string{} // different ids, different URIs; each an IRI that stays one
	for _, id := range []string{"<&\x00>", "50%", "50%25", "50%2525", "%41", "A", "%", "%%", "가", "%EA%B0%80", "%ea%b0%80", "a b", "a%20b", "a+b", "a/b", "a%2Fb", "?", "#", "", " "} {
		uri := weburl.TagURI("a.example", minted, id)
		if other, taken := seen[uri]; taken {
			t.Errorf("%q and %q both are %s", id, other, uri)
		}
		if !weburl.IsIRI(uri) && id != "" {
			t.Errorf("%q: %s is no IRI", id, uri)
		}
		seen[uri] = id
	}
}

func TestIsIRI(t *testing.T) {
	for in, want := range map[string]bool{
		"https://example.org/글": true, "tag:a.example,2024:1": true, "urn:uuid:1": true, "http://a.example/%41": true,
		"": false, "12345": false, "post-1": false, "a b:c": false, "https://": false, "https:a": false, "urn:": false,
		"urn:a%41": true, "urn:a%4": false, "urn:a%": false, "urn:%4g": false, "urn:%g4": false, "urn:%41": true, "urn:a%41b": true, "urn:a%4Fb%4": false,
		"urn:a b": false, "urn:%zz": false, "urn:<a>": false, "urn:\u202e": false, "/a": false, "글:1": false, "urn:\xff": false,
	} {
		if weburl.IsIRI(in) != want {
			t.Errorf("IsIRI(%q) = %v", in, !want)
		}
	}
}

func FuzzNormal(f *testing.F) {
	for _, s := range []string{"https://a.example/%2e%2E/?q=가#f", "http://[::1]:80/\\x", "HTTP:/a\tb", "https://xn--a.b/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := weburl.Normal(raw)
		weburl.Resolve("https://a.example/b/", raw)
		if err != nil {
			return
		}
		again, err := weburl.Normal(got)
		if err != nil || again != got {
			t.Fatalf("%q -> %q -> %q, %v", raw, got, again, err)
		}
		u, err := url.Parse(got)
		if err != nil || u.String() != got || u.Host == "" {
			t.Fatalf("net/url reads %q as %v, %v", got, u, err)
		}
		if strings.IndexFunc(got, func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 {
			t.Fatalf("not ASCII: %q", got)
		}
	})
}

// The bounds of hosts and URLs, at and beyond each.
func TestBounds(t *testing.T) {
	label := func(n int) string { return strings.Repeat("a", n) }
	host := func(n int) string { return strings.Repeat(label(61)+".", 4)[:n-2] + ".b" }
	for in, good := range map[string]bool{
		"https://" + label(63) + ".example/": true, "https://" + label(64) + ".example/": false,
		"https://" + host(220) + "/": true, "https://" + strings.Repeat(label(60)+".", 4) + label(9) + "/": true, "https://" + strings.Repeat(label(60)+".", 4) + label(10) + "/": false,
		"https://a-b_c.example/": true, "https://a{b.example/": false, "https://a`b.example/": false, "https://a@b@c/": false, "https://1.2.3.4/": true, "https://1.2.3.256/": false, "https://0x7f.1/": false,
		"https://a.example:65535/": true, "https://a.example:65536/": false, "https://a.example:0/": true,
	} {
		if _, err := weburl.Normal(in); (err == nil) != good {
			t.Errorf("Normal(%q): %v, want it taken: %t", in, err, good)
		}
	}
	site, err := weburl.ParseSite("https://news.example.org")
	if err != nil {
		t.Fatal(err)
	}
	for n, good := range map[int]bool{weburl.MaxLength: true, weburl.MaxLength + 1: false} {
		path := "/" + label(n-len("https://news.example.org/"))
		if got, err := site.Join(path); (err == nil) != good || good && len(got) != n || !good && !errors.Is(err, weburl.ErrLong) {
			t.Errorf("Join of %d characters: %d characters, %v", n, len(got), err)
		}
	}
	for in, want := range map[string]string{"1a:b": "", "a1:b": "a1", "a+b-c.d:e": "a+b-c.d", "+a:b": "", ":a": "", "a": "", "A:": "a"} {
		if scheme, _, _ := weburl.CutScheme(in); scheme != want {
			t.Errorf("CutScheme(%q): %q, want %q", in, scheme, want)
		}
	}
	base := "https://a.example/b/c?d#e"
	for ref, want := range map[string]string{"/": "https://a.example/", "//x.example": "https://x.example/", "": "https://a.example/b/c?d", "#": "https://a.example/b/c?d", "?q": "https://a.example/b/c?q", "f": "https://a.example/b/f"} {
		if got := weburl.Resolve(base, ref); got != want {
			t.Errorf("Resolve(%q): %q, want %q", ref, got, want)
		}
	}
}
