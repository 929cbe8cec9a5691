package preset_test

import (
	"strings"
	"testing"

	"herald/source/frontmatter"
	"herald/source/preset"
)

func TestEleventyAddress(t *testing.T) {
	for _, c := range []struct{ pattern, path, head, want string }{
		{"", "about.md", "", "/about/"},
		{"", "index.md", "", "/"},
		{"", "blog/index.md", "", "/blog/"},
		{"", "blog/blog.md", "", "/blog/"},
		{"", "blog/2024-01-05-a b.md", "", "/blog/2024-01-05-a b/"},
		{"", "한글/물음?.md", "", "/한글/물음%3F/"},
		{"", "a/b.c.md", "", "/a/b.c/"},
		{"", "a.md", "permalink: /x/y/", "/x/y/"},
		{"", "a.md", "permalink: x/y.html", "/x/y.html"},
		{"", "a.md", "permalink: /x/index.html", "/x/"},
		{"", "a.md", "permalink: index.html", "/"},
		{"", "a.md", "permalink: {build: /x/}", "/x/"},
		{"", "a.md", "url: https://other.example/", "/a/"},
		{"/:path", "blog/2024-01-05-a.md", "", "/blog/2024-01-05-a"},
		{"/n/:name/", "blog/2024-01-05-a.md", "", "/n/a/"},
		{"/n/:name/", "blog/2024-01-05-a/index.md", "", "/n/a/"},
		{"/n/:year/:slug/", "blog/2024-01-05-a.md", "", "/n/2024/a/"},
		{"", "a.md", "pagination: {data: x, size: 1}", "not an article"},
	} {
		_, got := readUnder(t, with(t, "eleventy", nil), c.pattern, c.path, "---\ntitle: t\n"+c.head+"\n---\n글\n")
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s %s %s: got %s, want %s", c.pattern, c.path, c.head, got, c.want)
		}
	}
}

func TestEleventyDates(t *testing.T) {
	for _, c := range []struct{ path, head, want string }{
		{"blog/2024-01-05-a.md", "", "2024-01-05"},
		{"2024-01-05/2023-01-01-a.md", "", "2024-01-05"},
		{"a-2024-01-05.md", "", "2024-01-05"},
		{"2024-01-05-a.md", "date: 2023-02-03", "2023-02-03"},
		{"2024-01-05-a.md", "date: Last Modified", "2024-01-05"},
		{"a.md", "date: git Created", "0001-01-01"},
	} {
		a, _ := readUnder(t, with(t, "eleventy", nil), "", c.path, "---\ntitle: t\n"+c.head+"\n---\n글\n")
		if a == nil || a.Published.Format("2006-01-02") != c.want {
			t.Errorf("%s %s: got %v, want %s", c.path, c.head, a, c.want)
		}
	}
}

// The nearest data file goes before those of the folders above, and front matter before all.
func TestEleventyData(t *testing.T) {
	as := with(t, "eleventy", nil)
	const file = "blog/2024/2024-01-05-a.md"
	want := []string{"blog/blog.json", "blog/blog.11tydata.json", "blog/2024/2024.json", "blog/2024/2024.11tydata.json", "blog/2024/2024-01-05-a.json", "blog/2024/2024-01-05-a.11tydata.json"}
	if got := as.DataFiles(file); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("data files: got %q, want %q", got, want)
	}
	for _, c := range []struct{ far, near, head, want string }{
		{`{"permalink": "/far/{{ page.fileSlug }}/"}`, "", "", "/far/a/"},
		{`{"permalink": "/far/"}`, `{"permalink": "{{ page.filePathStem }}.html"}`, "", "/blog/2024/a.html"},
		{`{"permalink": "/far/{{ page.fileSlug }}/"}`, "", "permalink: /own/", "/own/"},
		{`{"permalink": "/far/{{page.fileSlug}}/index.html"}`, "", "", "/far/a/"},
		{`{"permalink": "/{{ slug }}/"}`, "", "slug: s", "/s/"},
	} {
		var data []preset.Data
		for i, text := range []string{c.far, c.near} {
			if text != "" {
				m, err := frontmatter.Split(text)
				if err != nil {
					t.Fatal(err)
				}
				data = append(data, preset.Data{Path: want[i], Fields: m.Fields})
			}
		}
		_, got := readUnder(t, as, "", file, "---\ntitle: t\n"+c.head+"\n---\n글\n", data...)
		if got != c.want {
			t.Errorf("%s %s %s: got %s, want %s", c.far, c.near, c.head, got, c.want)
		}
	}
}
