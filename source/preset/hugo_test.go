package preset_test

import (
	"errors"
	"strings"
	"testing"

	"herald/source"
	"herald/source/permalink"
	"herald/source/preset"
	"herald/source/reader"
)

// readUnder reads a file under a preset and returns the path that its URL gets.
func readUnder(t *testing.T, as *preset.Preset, pattern, path, text string, data ...preset.Data) (*source.Article, string) {
	t.Helper()
	if pattern == "" {
		pattern = as.Permalink
	}
	a, err := reader.Parse(path, []byte(text), reader.Reading{Preset: as, Path: path, Pattern: pattern, FrontMatterRequired: as.FrontMatterRequired, Data: data})
	if err != nil {
		return nil, err.Error()
	}
	at, err := permalink.Expand(a, nil)
	if err != nil {
		return nil, err.Error()
	}
	return a, at
}

func with(t *testing.T, name string, settings map[string]string) *preset.Preset {
	t.Helper()
	as, err := preset.For(name, "content", settings)
	if err != nil {
		t.Fatal(err)
	}
	return as
}

// TestHugoSpelling: what hugo 0.165 makes of the names of files and of titles.
func TestHugoSpelling(t *testing.T) {
	for _, c := range []struct{ pattern, path, head, want string }{
		{"", "About Us.md", "title: t", "/about-us/"},
		{"", "가/나 다.md", "title: t", "/가/나-다/"},
		{"", "a/C++ & Go (2).md", "title: t", "/a/c++--go-2/"},
		{"", "a/1.21.md", "title: t", "/a/1.21/"},
		{"", "a/index.md", "title: t", "/a/"},
		{"", "News/2024-01-05-x.md", "title: t\ndate: 2024-01-06", "/news/2024-01-05-x/"},
		{"", "a/b.md", "title: t\nslug: \"-Crème Brûlée!-\"", "/a/crème-brûlée/"},
		{"", "a/b.md", "title: t\nslug: short", "/a/short/"},
		{"/:slug/", "a/b.md", `title: "Release 1.21: The CronJob, at last"`, "/release-1.21-the-cronjob-at-last/"},
		{"/:slug/", "a/b.md", `title: "5·18 기념식, 「한글」 – 속보!"`, "/518-기념식-한글-속보/"},
		{"/:title/", "a/b.md", `title: "C++ & Go: 100% of what? [x] {y}"`, "/c-go-100-of-what-x-y/"},
		{"/:title", "a/b.md", "title: ' a  --  b_c '", "/a--b_c/"},
		{"/x/:slug/", "a/b.md", "other: 1", "/x/"},
	} {
		_, got := readUnder(t, with(t, "hugo", nil), c.pattern, c.path, "---\n"+c.head+"\n---\n# Heading\n")
		if got != c.want {
			t.Errorf("%s of %s (%s): got %s, want %s", c.pattern, c.path, c.head, got, c.want)
		}
	}
}

func TestHugoTokens(t *testing.T) {
	sections := []preset.Data{{Path: "Docs/Guide/_index.md"}, {Path: "Docs/_index.md"}}
	for pattern, want := range map[string]string{
		"/:year/:month/:day/":               "/2024/03/05/",
		"/:monthname/:weekday/:weekdayname": "/march/2/tuesday/",
		"/:yearday/:2006-:01":               "/65/2024-03/",
		"/:section/:filename":               "/docs/my-file/",
		"/:sections/:contentbasename/":      "/docs/guide/my-file/",
		"/:sections[1:]/:slugorfilename/":   "/guide/my-slug/",
		"/:sections[last]/:slug":            "/guide/my-slug/",
		"/:sections[:last]/:title":          "/docs/the-title/",
		"/:sections[0]/:sections[5]/x":      "/docs/x/",
		"/:slugorcontentbasename/":          "/my-slug/",
		`/a\:b/:name/`:                      "/ab/my-file/",
		"/Fixed/../Up/:path/":               "/up/docs/guide/unlisted/my-slug/",
	} {
		_, got := readUnder(t, with(t, "hugo", nil), pattern, "Docs/Guide/Unlisted/My File.md",
			"---\ntitle: The Title\nslug: My Slug\ndate: 2024-03-05T00:30:00+09:00\n---\n", sections...)
		if got != want {
			t.Errorf("%s: got %s, want %s", pattern, got, want)
		}
	}
	for _, unknown := range []string{"/:yaer/", "/:title[1]/", "/:xyz"} {
		if err := with(t, "hugo", nil).Check(unknown); err == nil || !strings.Contains(err.Error(), "unknown placeholder") {
			t.Errorf("%s: got %v, want it refused", unknown, err)
		}
	}
}

// TestHugoUndatedAddress: Hugo's undated pages have the first day of year 1 in their URLs.
func TestHugoUndatedAddress(t *testing.T) {
	if _, got := readUnder(t, with(t, "hugo", nil), "/:year/:month/:day/:slug/", "a/b.md", "---\ntitle: t\n---\n"); got != "/1/01/01/t/" {
		t.Errorf("got %s, want /1/01/01/t/", got)
	}
}

func TestHugoURL(t *testing.T) {
	korean := with(t, "hugo", map[string]string{"language": "ko", "languagePrefix": "ko"})
	for _, c := range []struct {
		as        *preset.Preset
		url, want string
	}{
		{with(t, "hugo", nil), "/blog/2024/Given-Url", "/blog/2024/Given-Url/"},
		{with(t, "hugo", nil), "blog/x.html", "/blog/x.html"},
		{with(t, "hugo", nil), "/v1.2/x", "/v1.2/x"},
		{with(t, "hugo", nil), "/v1.2//x/", "/v1.2/x/"},
		{with(t, "hugo", nil), "/a/../b", "/b/"},
		{with(t, "hugo", nil), "/:year/:title/", "/2024/the-title/"},
		{korean, "/x", "/x/"},
		{korean, "x", "/ko/x/"},
		{korean, "ko/x", "/ko/x/"},
	} {
		_, got := readUnder(t, c.as, "/:section/:slug/", "a/b.md", "---\ntitle: The Title\ndate: 2024-01-02\npermalink: /elsewhere/\nurl: \""+c.url+"\"\n---\n")
		if got != c.want {
			t.Errorf("url: %s: got %s, want %s", c.url, got, c.want)
		}
	}
}

func TestHugoSettings(t *testing.T) {
	for _, c := range []struct {
		settings            map[string]string
		pattern, path, want string
	}{
		{map[string]string{"disablePathToLower": "true"}, "", "Über Uns/My Page.md", "/Über-Uns/My-Page/"},
		{map[string]string{"removePathAccents": "true"}, "", "Über/Crème.md", "/uber/creme/"},
		{map[string]string{"uglyURLs": "true"}, "", "a/b.md", "/a/b.html"},
		{map[string]string{"uglyURLs": "true"}, "/:year/:slug/", "a/b.md", "/2024/the-title.html"},
		{map[string]string{"language": "ko", "languagePrefix": "ko"}, "", "a/index.ko.md", "/ko/a/"},
		{map[string]string{"language": "ko", "languagePrefix": "ko"}, "/:filename/", "a/b.KO.md", "/ko/b/"},
		{map[string]string{"target": "blog"}, "/:section/:filename/", "2024/x.md", "/blog/x/"},
		{map[string]string{"frontmatter.date": ":filename, :default"}, "", "a/2024-01-02-b.md", "/a/b/"},
		{map[string]string{"frontmatter.date": ":default, :filename"}, "", "a/2024-01-02-b.md", "/a/2024-01-02-b/"},
		{map[string]string{"frontmatter.date": ":filename"}, "/:slug/", "a/2024-01-02_15-04-05 b/index.md", "/b/"},
	} {
		_, got := readUnder(t, with(t, "hugo", c.settings), c.pattern, c.path, "---\ntitle: The Title\ndate: 2024-01-02\n---\n")
		if got != c.want {
			t.Errorf("%v %s: got %s, want %s", c.settings, c.path, got, c.want)
		}
	}
	if _, err := preset.For("hugo", "content", map[string]string{"uglyUrls": "true"}); err == nil || !strings.Contains(err.Error(), "it has: cascade, disablePathToLower") {
		t.Errorf("got %v, want the settings named", err)
	}
	if _, err := preset.For("", "content", map[string]string{"uglyURLs": "true"}); err == nil {
		t.Error("settings without a preset are taken")
	}
	if with(t, "hugo", nil).Variant == with(t, "hugo", map[string]string{"uglyURLs": "true"}).Variant {
		t.Error("Variant is the same under other settings")
	}
}

// TestHugoCascade: the nearest front matter counts, and a page's own before it.
func TestHugoCascade(t *testing.T) {
	data := func(path, head string) preset.Data {
		matter, err := fields(head)
		return preset.Data{Path: path, Fields: matter, Err: err}
	}
	as := with(t, "hugo", nil)
	outer := data("_index.md", "cascade:\n  draft: true\n  date: 2020-01-02\n")
	inner := data("blog/_index.md", "cascade:\n- draft: false\n  _target: {path: \"/blog/**\"}\n- draft: true\n  target: {kind: section}\n- {target: {path: /else/**}, draft: true}\n")
	a, _ := readUnder(t, as, "", "blog/x.md", "---\ntitle: t\n---\n", outer, inner)
	if a == nil || a.Draft || a.Published.Year() != 2020 {
		t.Errorf("got %+v, want no draft, of 2020", a)
	}
	if a, _ = readUnder(t, as, "", "docs/x.md", "---\ntitle: t\n---\n", outer); a == nil || !a.Draft {
		t.Errorf("got %+v, want a draft", a)
	}
	if a, _ = readUnder(t, as, "", "docs/x.md", "---\ntitle: t\nDraft: false\n---\n", outer); a == nil || a.Draft {
		t.Errorf("got %+v, want its own word to count", a)
	}
	if _, got := readUnder(t, as, "", "blog/x.md", "---\ntitle: t\n---\n", preset.Data{Path: "_index.md", Err: errors.New("bad")}); !strings.Contains(got, "_index.md") {
		t.Errorf("got %s, want the unreadable file named", got)
	}
}

// TestHugoConfigCascade: what the site's config hands on counts last.
func TestHugoConfigCascade(t *testing.T) {
	as := with(t, "hugo", map[string]string{"cascade": `[{"headless": true, "target": {"path": "{,/**}/_includes{,/**}"}}, {"draft": true}]`})
	if _, got := readUnder(t, as, "", "a/_includes/x.md", "---\ntitle: t\n---\n"); !strings.Contains(got, "headless") {
		t.Errorf("got %s, want it headless", got)
	}
	if a, _ := readUnder(t, as, "", "a/x.md", "---\ntitle: t\n---\n"); a == nil || !a.Draft {
		t.Errorf("got %+v, want a draft", a)
	}
	if a, _ := readUnder(t, as, "", "a/x.md", "---\ntitle: t\ndraft: false\n---\n"); a == nil || a.Draft {
		t.Errorf("got %+v, want no draft", a)
	}
	if _, err := preset.For("hugo", "content", map[string]string{"cascade": "{"}); err == nil {
		t.Error("a cascade that is no JSON is taken")
	}
}

func TestHugoIsNoPage(t *testing.T) {
	as := with(t, "hugo", nil)
	if _, got := readUnder(t, as, "", "a/x/notes.md", "---\ntitle: t\n---\n", preset.Data{Path: "a/x/index.md"}); !strings.Contains(got, "a/x/index.md") {
		t.Errorf("got %s, want it to be a part of its bundle", got)
	}
	if _, got := readUnder(t, as, "", "a/x/index.md", "---\ntitle: t\nheadless: true\n---\n"); !strings.Contains(got, "headless") {
		t.Errorf("got %s, want it headless", got)
	}
}

// TestHugoDates: lastmod dates a page that has no other date.
func TestHugoDates(t *testing.T) {
	for head, want := range map[string]string{
		"lastmod: 2024-02-05":                          "2024-02-05",
		"lastmod: 2024-02-05\npublishDate: 2024-01-05": "2024-01-05",
		"lastmod: 2024-02-05\ndate: 2024-01-06":        "2024-01-06",
	} {
		a, _ := readUnder(t, with(t, "hugo", nil), "", "a/b.md", "---\ntitle: t\n"+head+"\n---\n")
		if a == nil || a.Published.Format("2006-01-02") != want {
			t.Errorf("%s: got %+v, want %s", head, a, want)
		}
	}
}

// TestEmptyPage: a page without title and text is filled by a layout, or will be some day.
func TestEmptyPage(t *testing.T) {
	for _, name := range []string{"hugo", "zola"} {
		if _, got := readUnder(t, with(t, name, nil), "", "a/b.md", "---\nslug: x\n---\n\n<!-- not\nyet -->\n"); !strings.Contains(got, "neither title nor text") {
			t.Errorf("%s: got %s, want it to be none", name, got)
		}
	}
}
