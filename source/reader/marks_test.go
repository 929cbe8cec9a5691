package reader_test

import (
	"strings"
	"testing"

	"herald/source/reader"
)

// TestParseResolvesMarks: marks ask for values of the site and of front matter, and for included files; the body that
// is kept has none.
func TestParseResolvesMarks(t *testing.T) {
	r := reader.Reading{Path: "a.md", Site: reader.Site{URL: "https://news.example.org/blog", Title: "신문"}, Include: func(name string) (string, bool) {
		return "\u1112\u1161\u11ab", name == "b.html"
	}}
	for _, c := range []struct{ path, file, title, body string }{
		{"a.md", "---\ntitle: 제목\nBy: 윤\n---\n[가]({{ site.url }}{{ site.baseurl }}/b) {{ page.title }} {{ page.by }} {{ site.title }}", "제목", "[가](https://news.example.org/blog/b) 제목 윤 신문"},
		{"a.md", "---\ntitle: 제목\n---\n{% include b.html %}", "제목", "한"},
		{"a.md", "# 제목 {#id .c}\n\n글 {:.d}", "제목", "\n글"},
		{"a.md", "---\ndate: 2024-01-02\n---\n## 제목 {.c}\n\n글", "제목", "## 제목\n\n글"},
		{"a.mdx", "---\ntitle: 제목\n---\nimport A from 'b'\n\n<A>글</A> {1 + 1}", "제목", "\n\n글 "},
		{"A.MDX", "import A from 'b'\n\n# 제목\n\n글", "제목", "\n글"},
		{"a.html", "---\ntitle: 제목\n---\n<a href=\"{{ '/b' | relative_url }}\">가</a>", "제목", "<a href=\"/blog/b\">가</a>"},
	} {
		r.Path = c.path
		a, err := reader.Parse("x", []byte(c.file), r)
		if err != nil {
			t.Fatalf("%s: %v", c.file, err)
		}
		if a.Title != c.title || strings.TrimLeft(a.Body.Text, "\n") != strings.TrimLeft(c.body, "\n") {
			t.Errorf("%s:\n got %q, %q\nwant %q, %q", c.file, a.Title, a.Body.Text, c.title, c.body)
		}
		if again := reader.ContentDigest(a); again != a.ContentDigest {
			t.Errorf("%s: digest %s, and %s of the body that is kept", c.file, a.ContentDigest, again)
		}
	}
}
