package preset_test

import (
	"strings"
	"testing"

	"herald/source/permalink"
	"herald/source/preset"
	"herald/source/reader"
	"herald/source/weburl"
)

// FuzzAddress: whatever stands in a file's name, its front matter and the pattern, the address is one below the site, and is the
// same when it is read again.
func FuzzAddress(f *testing.F) {
	f.Add("hugo", "/:sections[1:last]/:slug/", "Blog/가 나/2024-01-05-x.ko.md", "T: a/b", "s l u g", "", "/blog/**")
	f.Add("hugo", `/\::year/:2006/:title[`, "index.md", "%2f..", "%zz#?", "../:year", "{a,[!b]*}")
	f.Add("zola", "/:path/", "a/2024-01-05T10:00:00Z_x/index.md", "t", "—ß한", "2024/01/05/x", "")
	site, err := weburl.ParseSite("https://naru.example/blog")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, pattern, path, title, slug, url, target string) {
		as, err := preset.For(name, "content", nil)
		if err != nil || as == nil || as.Check != nil && as.Check(pattern) != nil || permalink.Check(pattern) != nil && as.Check == nil {
			return
		}
		fields := map[string]any{"title": title, "slug": slug, "date": "2024-01-05", "url": url, "path": url,
			"cascade": map[string]any{"target": map[string]any{"path": target}, "author": "a"}}
		reading := reader.Reading{Preset: as, Path: path, Pattern: pattern, Data: []preset.Data{{Path: "_index.md"}}}
		a, err := reader.Compose(path, fields, "text", reading)
		if err != nil {
			return
		}
		at, err := permalink.Expand(a, nil)
		if err != nil {
			return
		}
		joined, err := site.Join(at)
		if err != nil {
			return
		}
		if again, err := weburl.Normal(joined); err != nil || again != joined || !strings.HasPrefix(joined, "https://naru.example/") {
			t.Errorf("%q: %q becomes %q, %v", at, joined, again, err)
		}
	})
}
