package preset_test

import (
	"fmt"
	"strings"
	"testing"

	"herald/source/frontmatter"
	"herald/source/preset"
	"herald/source/reader"
)

func TestDocusaurusAddress(t *testing.T) {
	for _, c := range []struct {
		docs                      string
		pattern, path, head, want string
	}{
		{"", "", "2024-01-05-a.md", "", "/blog/2024/01/05/a"},
		{"", "", "2024/1/5/a.mdx", "", "/blog/2024/1/5/a"},
		{"", "", "2024/01-05-a.md", "", "/blog/2024/01/05/a"},
		{"", "", "2024-01-05/index.md", "", "/blog/2024/01/05/"},
		{"", "", "2024-01-05-a/index.md", "", "/blog/2024/01/05/a"},
		{"", "", "x/2024-01-05-a.md", "", "/blog/2024/01/05/x/a"},
		{"", "", "a b.md", "", "/blog/a b"},
		{"", "", "a/index.md", "", "/blog/a"},
		{"", "", "2024-01-05-a.md", "slug: hello", "/blog/hello"},
		{"", "", "2024-01-05-a.md", "slug: /2020/hello", "/blog/2020/hello"},
		{"", "/news/:path/", "2024-01-05-a.md", "", "/news/2024/01/05/a/"},
		{"", "", "_a.md", "", "not an article"},
		{"true", "", "guides/01-intro.md", "", "/docs/guides/intro"},
		{"true", "", "02. Guides/2024-intro.md", "", "/docs/Guides/intro"},
		{"true", "", "guides/2.0.md", "", "/docs/guides/2.0"},
		{"true", "", "guides/index.md", "", "/docs/guides/"},
		{"true", "", "guides/Guides.md", "", "/docs/guides/"},
		{"true", "", "guides/a.md", "id: b", "/docs/guides/b"},
		{"true", "", "guides/a.md", "slug: b", "/docs/guides/b"},
		{"true", "", "guides/a.md", "slug: /b/c", "/docs/b/c"},
		{"true", "", "intro.md", "slug: /", "/docs/"},
	} {
		_, got := readUnder(t, with(t, "docusaurus", map[string]string{"docs": c.docs}), c.pattern, c.path, "---\ntitle: t\n"+c.head+"\n---\n글\n")
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s %s %s %s: got %s, want %s", c.docs, c.pattern, c.path, c.head, got, c.want)
		}
	}
}

func TestDocusaurusFields(t *testing.T) {
	as := with(t, "docusaurus", nil)
	people, err := frontmatter.Split("---\nkim:\n  name: 김서연\n  url: https://n.example/kim\nlee: {name: 이도윤}\n---\n")
	if err != nil {
		t.Fatal(err)
	}
	head := "---\ntitle: t\nauthors: [kim, {key: lee}, {name: 박하늘}, nobody]\ntags: [하나, {label: 둘, permalink: /둘}]\nunlisted: true\n---\n글\n"
	a, err := reader.Parse("a.md", []byte(head), reader.Reading{Path: "2024-01-05-a.md", Pattern: as.Permalink, Preset: as, Data: []preset.Data{{Path: "authors.yml", Fields: people.Fields}}})
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(a.Authors, a.Tags, a.NoFeed, a.NoIndex, a.Published.Format("2006-01-02"))
	if want := "[{김서연  https://n.example/kim} {이도윤  } {박하늘  } {nobody  }] [하나 둘] true true2024-01-05"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
