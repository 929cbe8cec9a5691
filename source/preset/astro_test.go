package preset_test

import (
	"strings"
	"testing"
)

func TestAstroAddress(t *testing.T) {
	for _, c := range []struct {
		pages               bool
		pattern, path, want string
		head                string
	}{
		{false, "/blog/:path/", "First Post.md", "/blog/first-post/", ""},
		{false, "/blog/:path/", "2024-01-05-a.md", "/blog/2024-01-05-a/", ""},
		{false, "/blog/:path/", "Sub.Dir/A_b.C-d.mdx", "/blog/subdir/a_bc-d/", ""},
		{false, "/blog/:path", "a/index.md", "/blog/a", ""},
		{false, "/:path/", "index.md", "/", ""},
		{false, "/blog/:path/", "it's (fun)! v1.2.md", "/blog/its-fun-v12/", ""},
		{false, "/blog/:path/", "한글 제목·둘.md", "/blog/한글-제목둘/", ""},
		{false, "/blog/:path/", "a.md", "/blog/Own/deep/", "slug: Own/deep"},
		{false, "/blog/:path/", "a.md", "/blog/a/", "url: https://other.example/"},
		{false, "/:year/:name/", "x/2024-01-05-a.md", "/2024/2024-01-05-a/", ""},
		{false, "/blog/:path/", "x/_a.md", "not an article", ""},
		{true, "/:path/", "docs/Guide.One.md", "/docs/Guide.One/", ""},
		{true, "/:path", "docs/index.md", "/docs", ""},
		{true, "/:path/", "index.md", "/", ""},
	} {
		settings := map[string]string{}
		if c.pages {
			settings["pages"] = "true"
		}
		_, got := readUnder(t, with(t, "astro", settings), c.pattern, c.path, "---\ntitle: t\n"+c.head+"\n---\n글\n")
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s %s %s: got %s, want %s", c.pattern, c.path, c.head, got, c.want)
		}
	}
}
