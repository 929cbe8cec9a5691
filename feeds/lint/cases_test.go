package lint_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/feeds/lint"
	"herald/feeds/lint/code"
	"herald/source/finding"
)

var now = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// document puts a fragment of a case into a document that is good without it.
func document(where, fragment string) string {
	const (
		channel = `<title>a</title><link>http://a.example/</link><description>d</description><atom:link rel="self" href="http://a.example/feed"/>`
		head    = `<title>a</title><id>tag:a.example,2026:f</id><updated>2026-03-01T10:00:00Z</updated><author><name>a</name></author>`
		entry   = `<entry><title>e</title><id>http://a.example/e</id><updated>2026-03-01T09:00:00Z</updated><summary>s</summary><link href="http://a.example/e"/>`
		atom    = `<feed xmlns="http://www.w3.org/2005/Atom">` + head
		rss     = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>` + channel
	)
	switch where {
	case "channel":
		return rss + fragment + `</channel></rss>`
	case "item":
		return rss + `<item><title>t</title>` + fragment + `</item></channel></rss>`
	case "feed":
		return atom + fragment + entry + `</entry></feed>`
	case "entry":
		return atom + entry + fragment + `</entry></feed>`
	case "entries":
		return atom + entry + `</entry>` + fragment + `</feed>`
	case "outline":
		return `<opml version="2.0"><head/><body>` + fragment + `</body></opml>`
	case "json":
		return "{" + fragment + "}"
	case "big":
		return rss + strings.Repeat(" ", 5_000_000) + `</channel></rss>`
	case "hours":
		return rss + `<skipHours>` + strings.Repeat("<hour>1</hour>", 25) + `</skipHours></channel></rss>`
	case "long":
		return rss + `<itunes:author xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">` + strings.Repeat("가", 256) + `</itunes:author></channel></rss>`
	case "ten":
		return atom + strings.Repeat(entry+"</entry>", 10) + `</feed>`
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
		if strings.HasPrefix(line, "#") {
			continue
		}
		if parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " | ", 3); len(parts) == 3 {
			all = append(all, lintCase{parts[0], parts[1], parts[2]})
		} else if parts := strings.SplitN(strings.TrimSuffix(line, " |\n"), " | ", 2); len(parts) == 2 {
			all = append(all, lintCase{parts[0], parts[1], ""})
		}
	}
	return all
}

func TestCases(t *testing.T) {
	for _, c := range cases(t) {
		doc := document(c.where, c.fragment)
		if c.code == "ByteOrderMark" {
			doc = "\ufeff" + doc
		}
		found := lint.Lint([]byte(doc), lint.Options{Now: now, URL: "http://a.example/feed"})
		i := slices.IndexFunc(found, func(f finding.Finding) bool { return f.Code == c.code })
		if i < 0 {
			t.Errorf("%s: got %v for\n%s", c.code, found, doc)
			continue
		}
		if f := found[i]; f.Line != 1 || f.Column < 1 || !strings.Contains(f.Message, ": "+code.Rules()[c.code].Advice) {
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
	for name, rule := range code.Rules() {
		if !has[name] {
			t.Errorf("%s has no case in testdata/cases.txt", name)
		}
		if rule.Advice == "" {
			t.Errorf("%s does not say what to do", name)
		}
	}
	for name := range has {
		if _, known := code.Rules()[name]; !known {
			t.Errorf("%s has a case and no rule", name)
		}
	}
}

// What is good yields nothing.
func TestGood(t *testing.T) {
	for _, doc := range []string{
		document("channel", `<item><title>&#x3C;3 R&#x26;D</title><guid>http://a.example/1</guid><pubDate>Sun, 01 Mar 2026 09:00:00 +0900</pubDate></item>`),
		document("feed", `<link rel="self" href="http://a.example/feed"/>`),
		`{"version": "https://jsonfeed.org/version/1.1", "title": "a", "home_page_url": "http://a.example/", "feed_url": "http://a.example/feed",
		  "_ours": {"x": null}, "items": [{"id": "1", "content_text": "a", "date_published": "2026-03-01T09:00:00Z"}]}`,
		document("outline", `<outline text="a" title="a" type="rss" xmlUrl="http://a.example/"/>`),
	} {
		if found := lint.Lint([]byte(doc), lint.Options{Now: now, URL: "http://a.example/feed"}); len(found) > 0 {
			t.Errorf("got %v for\n%s", found, doc)
		}
	}
}

// Findings stand where the fault is, in characters.
func TestPlace(t *testing.T) {
	doc := "<rss version=\"2.0\">\n<channel>\n  <title>가나</title> <docs>/a</docs>\n</channel></rss>"
	for _, f := range lint.Lint([]byte(doc), lint.Options{}) {
		if f.Code == "InvalidLink" && (f.Line != 3 || f.Column != 21) {
			t.Errorf("got %d:%d, want 3:21", f.Line, f.Column)
		}
	}
}

// Any bytes are judged, in order, and each finding has a rule.
func FuzzLint(f *testing.F) {
	for _, c := range cases(f) {
		if c.where != "big" {
			f.Add([]byte(document(c.where, c.fragment)))
		}
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		last := 0
		for _, found := range lint.Lint(doc, lint.Options{Now: now, URL: "http://a.example/feed"}) {
			if _, known := code.Rules()[found.Code]; !known && found.Code != "TooManyFindings" || found.Line < last || found.Column < 1 {
				t.Errorf("%+v", found)
			}
			last = found.Line
		}
	})
}
