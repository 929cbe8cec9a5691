package lint

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"herald/source/finding"
)

var options = Options{Now: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), URL: "http://a.example/maps/sitemap.xml"}

// document puts a fragment of a case into a sitemap that is good without it.
func document(where, fragment string) string {
	const (
		head = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" ` +
			`xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">`
		page = `<url><loc>http://a.example/maps/a</loc>`
	)
	n, _ := strconv.Atoi(fragment)
	pages := func(inside string) (all string) {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<url><loc>http://a.example/maps/%d</loc>%s</url>", i, inside)
		}
		return b.String()
	}
	switch where {
	case "set":
		return head + fragment + `</urlset>`
	case "url":
		return head + page + fragment + `</url></urlset>`
	case "big":
		return head + page + "</url>" + strings.Repeat(" ", n) + "</urlset>"
	case "many":
		return head + pages("") + "</urlset>"
	case "news":
		return head + pages("<news:news/>") + "</urlset>"
	case "images":
		return head + page + strings.Repeat("<image:image><image:loc>http://a.example/i.png</image:loc></image:image>", n) + "</url></urlset>"
	case "tags":
		return head + page + "<video:video>" + strings.Repeat("<video:tag>a</video:tag>", n) + "</video:video></url></urlset>"
	case "long":
		return head + "<url><loc>http://a.example/maps/" + strings.Repeat("a", n) + "</loc></url></urlset>"
	}
	return fragment
}

type lintCase struct{ code, where, fragment string }

func cases(t testing.TB) (all []lintCase) {
	t.Helper()
	data, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " | ", 3); len(parts) == 3 && !strings.HasPrefix(line, "#") {
			all = append(all, lintCase{parts[0], parts[1], parts[2]})
		}
	}
	return all
}

func TestCases(t *testing.T) {
	for _, c := range cases(t) {
		doc := document(c.where, c.fragment)
		found := Lint([]byte(doc), options)
		i := slices.IndexFunc(found, func(f finding.Finding) bool { return f.Code == c.code })
		if i < 0 {
			t.Errorf("%s: got %v for\n%.1000s", c.code, found, doc)
		} else if f := found[i]; f.Line != 1 || f.Column < 1 || !strings.Contains(f.Message, ": "+rules()[c.code].Advice) {
			t.Errorf("%s: %+v", c.code, f)
		}
	}
}

// Every rule can be seen at work, and says what to do.
func TestRulesHaveCases(t *testing.T) {
	has := map[string]bool{}
	for _, c := range cases(t) {
		has[c.code] = true
	}
	for name, rule := range rules() {
		if !has[name] || rule.Advice == "" {
			t.Errorf("%s has no case in testdata/cases.txt, or does not say what to do", name)
		}
	}
	for name := range has {
		if _, known := rules()[name]; !known {
			t.Errorf("%s has a case and no rule", name)
		}
	}
}

// What is good yields nothing.
func TestGood(t *testing.T) {
	for _, doc := range []string{
		document("url", `<lastmod>2026-03-01T09:00:00+09:00</lastmod><news:news><news:publication><news:name>뉴스</news:name><news:language>ko</news:language>`+
			`</news:publication><news:publication_date>2026-03-01</news:publication_date><news:title>a</news:title></news:news>`+
			`<image:image><image:loc>https://img.example/i.png</image:loc></image:image>`),
		document("url", `<xhtml:link rel="alternate" hreflang="ko" href="http://a.example/maps/a"/><xhtml:link rel="alternate" hreflang="x-default" href="http://a.example/maps/b"/>`),
		`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://a.example/maps/1.xml</loc><lastmod>2026-03</lastmod></sitemap></sitemapindex>`,
		"http://a.example/maps/a\n\nhttp://a.example/maps/b\n",
	} {
		if found := Lint([]byte(doc), options); len(found) > 0 {
			t.Errorf("got %v for\n%s", found, doc)
		}
	}
}

// A plain list is judged line by line.
func TestList(t *testing.T) {
	found := Lint([]byte("http://a.example/maps/a\n/b\n"), options)
	if len(found) != 1 || found[0].Code != "InvalidLink" || found[0].Line != 2 {
		t.Errorf("got %v", found)
	}
}

// Any bytes are judged, in order, and each finding has a rule.
func FuzzLint(f *testing.F) {
	for _, c := range cases(f) {
		if doc := document(c.where, c.fragment); len(doc) < 10_000 {
			f.Add([]byte(doc))
		}
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		last := 0
		for _, found := range Lint(doc, options) {
			if _, known := rules()[found.Code]; !known && found.Code != "TooManyFindings" || found.Line < last || found.Column < 1 {
				t.Errorf("%+v", found)
			}
			last = found.Line
		}
	})
}
