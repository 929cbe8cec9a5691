package robots_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source/robots"
)

// The cases follow RFC 9309: groups (2.2.1), rules (2.2.2), special characters (2.2.3), other records (2.2.4), the limit (2.5).
func TestRules(t *testing.T) {
	const shared = "User-agent: other\nUser-agent: herald\nDisallow: /shared/\n"
	for _, test := range []struct {
		name, text, path string
		want             bool
	}{
		{"empty", "", "/a", true},
		{"no group for us", "User-agent: other\nDisallow: /", "/a", true},
		{"all", "User-agent: *\nDisallow: /", "/a", false},
		{"its own file", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"nothing disallowed", "User-agent: *\nDisallow:", "/a", true},
		{"our group goes before the one for all", "User-agent: *\nDisallow: /\nUser-agent: herald\nDisallow: /b", "/a", true},
		{"also where it has no rule", "User-agent: *\nDisallow: /\n\nUser-agent: herald\n", "/a", true},
		{"whatever the order", "User-agent: herald\nDisallow: /b\nUser-agent: *\nAllow: /", "/b/1", false},
		{"in any case", "USER-AGENT: HERALD\nDISALLOW: /b", "/b", false},
		{"with a version", "User-agent: Herald/2.0 (+https://example.org)\nDisallow: /b", "/b", false},
		{"a longer name is another's", "User-agent: heraldic\nDisallow: /b", "/b", true},
		{"a shorter name is another's", "User-agent: her\nDisallow: /b", "/b", true},
		{"groups for one are joined", "User-agent: herald\nDisallow: /a\nUser-agent: other\nDisallow: /\nUser-agent: herald\nDisallow: /b", "/b", false},
		{"and the first of them counts, too", "User-agent: herald\nDisallow: /a\n\nUser-agent: herald\nDisallow: /b", "/a", false},
		{"one group for several", shared, "/shared/1", false},
		{"a blank line ends no group", "User-agent: herald\n\nDisallow: /a", "/a", false},
		{"another record ends none either", "User-agent: other\nSitemap: https://a.example/s.xml\nUser-agent: herald\nDisallow: /a", "/a", false},
		{"a delay does", "User-agent: herald\nCrawl-delay: 1\nUser-agent: other\nDisallow: /", "/a", true},
		{"rules before any group are nobody's", "Disallow: /\nUser-agent: other\nDisallow: /", "/a", true},
		{"the longest counts", "User-agent: *\nDisallow: /a\nAllow: /a/public", "/a/public/1", true},
		{"the longest counts, first or last", "User-agent: *\nAllow: /a/public\nDisallow: /a", "/a/private", false},
		{"a longer disallow", "User-agent: *\nAllow: /a\nDisallow: /a/b/c", "/a/b/c/d", false},
		{"of equals the allow", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"paths have cases", "User-agent: *\nDisallow: /A", "/a", true},
		{"from the beginning", "User-agent: *\nDisallow: /b", "/a/b", true},
		{"a part of a name", "User-agent: *\nDisallow: /pri", "/private", false},
		{"star", "User-agent: *\nDisallow: /*/draft", "/2026/03/draft-1", false},
		{"star for nothing", "User-agent: *\nDisallow: /a*b", "/ab", false},
		{"star that does not fit", "User-agent: *\nDisallow: /a*b*c", "/a-c-b", true},
		{"star at the end", "User-agent: *\nDisallow: /a*", "/abc", false},
		{"star in front", "User-agent: *\nDisallow: *.pdf", "/a/b.pdf?c", false},
		{"end", "User-agent: *\nDisallow: /*.php$", "/a.php", false},
		{"beyond the end", "User-agent: *\nDisallow: /*.php$", "/a.php?b", true},
		{"end that comes twice", "User-agent: *\nDisallow: /*ab$", "/ab/ab", false},
		{"end without a star", "User-agent: *\nDisallow: /a$", "/a/", true},
		{"root alone", "User-agent: *\nAllow: /$\nDisallow: /", "/", true},
		{"root alone, not what is below", "User-agent: *\nAllow: /$\nDisallow: /", "/a", false},
		{"a dollar that is no end", "User-agent: *\nDisallow: /a$b", "/a$b", false},
		{"a dollar by its code", "User-agent: *\nDisallow: /a%24$", "/a$", false},
		{"a star by its code", "User-agent: *\nDisallow: /a%2Ab", "/a*b", false},
		{"a star by its code is no other", "User-agent: *\nDisallow: /a%2Ab", "/axb", true},
		{"Korean as it is", "User-agent: *\nDisallow: /글", "/%EA%B8%80/1", false},
		{"Korean in codes", "User-agent: *\nDisallow: /%ea%b8%80", "/%EA%B8%80/1", false},
		{"codes of letters", "User-agent: *\nDisallow: /%61bc", "/abc", false},
		{"codes of slashes are none", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
		{"query", "User-agent: *\nDisallow: /a?b", "/a?b=1", false},
		{"comment", "User-agent: * # all\nDisallow: /a # that", "/a", false},
		{"spaces around the colon", "User-agent : *\n  Disallow  :  /a  ", "/a", false},
		{"carriage returns", "User-agent: *\rDisallow: /a\r\nDisallow: /b", "/a", false},
		{"byte order mark", "\xEF\xBB\xBFUser-agent: *\nDisallow: /a", "/a", false},
		{"a page in its place", "<!doctype html><p>User-agent: * Disallow: /", "/a", true},
		{"beyond the limit", "User-agent: *\nDisallow: /a\n" + strings.Repeat("# filler\n", 60_000) + "Disallow: /b", "/b", true},
		{"within the limit", "User-agent: *\nDisallow: /a\n" + strings.Repeat("# filler\n", 50_000) + "Disallow: /b", "/b", false},
	} {
		got, why := robots.Parse([]byte(test.text), "herald").Allowed(test.path)
		if got != test.want || got == strings.HasPrefix(why, "Disallow: ") {
			t.Errorf("%s: %.80q, %s: got %t, %q, want %t", test.name, test.text, test.path, got, why, test.want)
		}
	}
}

func TestDelay(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 2": 2 * time.Second, "User-agent: *\nCrawl-delay: 0.5\nDisallow: /a": 500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: soon": 0, "User-agent: *\nCrawl-delay: -1": 0, "User-agent: *\nCrawl-delay: 1e99": time.Hour, "User-agent: *\nCrawl-delay: NaN": 0,
		"User-agent: *\nCrawl-delay: 9\nUser-agent: herald\nCrawl-delay: 1": time.Second, "User-agent: other\nCrawl-delay: 9": 0,
	} {
		if got := robots.Parse([]byte(text), "herald").Delay; got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestSitemaps(t *testing.T) {
	r := robots.Parse([]byte("Sitemap: https://a.example/1.xml\nUser-agent: other\nDisallow: /\nsitemap:https://a.example/2.xml\n"), "herald")
	if want := []string{"https://a.example/1.xml", "https://a.example/2.xml"}; !slices.Equal(r.Sitemaps, want) {
		t.Errorf("got %q, want %q", r.Sitemaps, want)
	}
}

// A pattern costs no more than its length times that of the path, however many stars it has.
func TestHostilePatterns(t *testing.T) {
	text := "User-agent: *\nDisallow: /" + strings.Repeat("a*", 2000) + "b$"
	if allowed, _ := robots.Parse([]byte(text), "herald").Allowed("/" + strings.Repeat("a", 4000)); !allowed {
		t.Error("got it disallowed, want it allowed")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%41\nCrawl-delay: 1", "/a%zzb")
	f.Fuzz(func(t *testing.T, text, path string) {
		r := robots.Parse([]byte(text), "herald")
		if allowed, why := r.Allowed(path); allowed != (why == "") || r.Delay < 0 {
			t.Error(fmt.Sprint(allowed, why, r.Delay))
		}
	})
}
