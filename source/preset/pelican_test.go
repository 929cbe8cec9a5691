package preset_test

import (
	"strings"
	"testing"

	"herald/source/preset"
)

func TestPelicanAddress(t *testing.T) {
	unicode := map[string]string{"SLUGIFY_USE_UNICODE": "true"}
	for _, c := range []struct {
		settings                  map[string]string
		pattern, path, head, want string
	}{
		{nil, "", "a.md", "title: Learning to draw", "/learning-to-draw.html"},
		{nil, "", "a.md", "title: \"C++ & R&D (2) – a 'start'\"", "/c-rd-2-a-start.html"},
		{nil, "", "a.md", "title: Élan café Straße Привет", "/elan-cafe-strasse-privet.html"},
		{nil, "", "a.md", "title: 한글 제목 속보!", "/hangeul-jemog-sogbo.html"},
		{nil, "", "a.md", "title: 東京", "a.md:1:1: the address of \"東京\""},
		{nil, "", "a.md", "title: 東京\nslug: tokyo", "/tokyo.html"},
		{unicode, "", "a.md", "title: 東京 Tower", "/東京-tower.html"},
		{map[string]string{"SLUGIFY_SOURCE": "basename"}, "", "x/A b.md", "title: t", "/a-b.html"},
		{map[string]string{"SLUGIFY_PRESERVE_CASE": "true"}, "", "a.md", "title: Up Case", "/Up-Case.html"},
		{nil, "/:year/:category/:slug/", "Fine Art/a.md", "title: t\ndate: 2024-01-05", "/2024/fine-art/t/"},
		{nil, "/:category/:slug/", "a.md", "title: t", "/misc/t/"},
		{nil, "/:category/:slug/", "x/a.md", "title: t\ncategory: Own One", "/own-one/t/"},
		{nil, "", "a.md", "title: t\nlang: ko", "/t-ko.html"},
		{nil, "", "a.md", "title: t\nlang: en", "/t.html"},
		{nil, "", "a.md", "title: t\nurl: x/y/", "/x/y/"},
		{map[string]string{"pages": "true"}, "", "a.md", "title: About", "/pages/about.html"},
		{nil, "", "a.html", "", ""},
	} {
		head := "---\n" + c.head + "\n---\n글\n"
		if c.head == "" {
			continue
		}
		_, got := readUnder(t, with(t, "pelican", c.settings), c.pattern, c.path, head)
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%v %s %s %s: got %s, want %s", c.settings, c.pattern, c.path, c.head, got, c.want)
		}
	}
}

func TestPelicanID(t *testing.T) {
	as := with(t, "pelican", nil)
	a, _ := readUnder(t, as, "", "2024-02-05-d.md", "---\ntitle: t\n---\n글\n")
	if got, want := as.ID(a, "https://news.example.org/blog/%EA%B0%80.html"), "tag:news.example.org,2024-02-05:/blog/가.html"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPelicanPattern(t *testing.T) {
	as := with(t, "pelican", nil)
	for pattern, good := range map[string]bool{"/:category/:year/:slug-:lang.html": true, "/:slugg/": false} {
		if err := as.Check(pattern); (err == nil) != good {
			t.Errorf("%s: %v", pattern, err)
		}
	}
}

func TestNikolaAddress(t *testing.T) {
	for _, c := range []struct {
		settings                  map[string]string
		pattern, path, head, want string
	}{
		{nil, "", "a.md", "", "/posts/a/"},
		{nil, "", "2024/A b.md", "", "/posts/2024/a-b/"},
		{nil, "", "a.md", "slug: Own-Slug", "/posts/Own-Slug/"},
		{nil, "", "c++.md", "", "/posts/c++/"},
		{nil, "", "2024-01-05-한글.md", "", "/posts/2024-01-05-hangeul/"},
		{map[string]string{"USE_SLUGIFY": "false"}, "", "한글: 둘.md", "", "/posts/한글- 둘/"},
		{nil, "/blog/:path.html", "a.md", "", "/blog/a.html"},
		{nil, "/:path/", "x/index.md", "", "/x/"},
		{nil, "/:path.html", "x/index.md", "", "/x"},
	} {
		_, got := readUnder(t, with(t, "nikola", c.settings), c.pattern, c.path, "---\ntitle: t\n"+c.head+"\n---\n글\n")
		if got != c.want {
			t.Errorf("%v %s %s %s: got %s, want %s", c.settings, c.pattern, c.path, c.head, got, c.want)
		}
	}
}

func TestExportedIDs(t *testing.T) {
	word := with(t, "wordpress", nil)
	for _, c := range []struct{ head, url, id string }{
		{"slug: a-b\ndate: 2024-01-05", "/2024/01/05/a-b/", ""},
		{"slug: A_b\ndate: 2024-01-05\nwordpress_id: 123", "/2024/01/05/A_b/", "https://news.example.org/?p=123"},
		{"id: 45\ndate: 2024-01-05", "/2024/01/05/name/", "https://news.example.org/?p=45"},
		{"guid: https://news.example.org/?p=7\nid: 45\ndate: 2024-01-05", "/2024/01/05/name/", "https://news.example.org/?p=45"},
		{"permalink: /own/\ndate: 2024-01-05", "/own/", ""},
	} {
		a, url := readUnder(t, word, "", "name.md", "---\ntitle: t\n"+c.head+"\n---\n글\n")
		if url != c.url || a == nil || word.ID(a, "https://news.example.org"+url) != c.id || a.ID == "45" {
			t.Errorf("%s: got %s, %+v; want %s, %s", c.head, url, a, c.url, c.id)
		}
	}
	a, url := readUnder(t, with(t, "ghost", nil), "", "x/name.md", "---\ntitle: t\nid: 5ddc9063c35e7700383b27e0\nslug: the-slug\npage: true\n---\n글\n")
	if url != "/the-slug/" || a.ID != "5ddc9063c35e7700383b27e0" || !a.NoFeed {
		t.Errorf("Ghost: got %s, %+v", url, a)
	}
}

// Each preset of the table takes a plain article, and its own settings alone.
func TestPresetsOfTheTable(t *testing.T) {
	for _, name := range preset.Names() {
		as := with(t, name, nil)
		a, url := readUnder(t, as, "", "x/2024-01-05-a.md", "---\ntitle: t\ndate: 2024-01-05\n---\n글\n")
		if a == nil || !strings.HasPrefix(url, "/") {
			t.Errorf("%s: got %v, %s", name, a, url)
		}
		if _, err := preset.For(name, "", map[string]string{"no such setting": "x"}); err == nil {
			t.Errorf("%s takes any setting", name)
		}
	}
}
