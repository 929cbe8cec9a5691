package permalink_test

import (
	"testing"

	"herald/source"
	"herald/source/permalink"
	"herald/source/weburl"
)

func TestStated(t *testing.T) {
	for _, c := range []struct {
		site, file, page, want string
		copied                 bool
	}{
		{"https://news.example.org", "a/b.html", "https://news.example.org/a/b.html", "/a/b.html", false},
		{"https://news.example.org", "a/b.html", "http://NEWS.example.org/a/b", "/a/b", false},
		{"https://news.example.org", "a/b.html", "/a/b/", "/a/b/", false},
		{"https://news.example.org", "a/index.html", "https://news.example.org/a/", "/a/", false},
		{"https://news.example.org", "a/index.html", "https://news.example.org/a", "/a", false},
		{"https://news.example.org", "index.html", "https://news.example.org", "/", false},
		{"https://news.example.org", "가/나.html", "https://news.example.org/%EA%B0%80/%eb%82%98", "/%EA%B0%80/%EB%82%98", false},
		{"https://news.example.org", "2024-01-02-a.html", "https://news.example.org/2024-01-02-a#top", "/2024-01-02-a", false},
		{"https://news.example.org", "100%.html", "https://news.example.org/100%25", "/100%25", false},
		{"https://news.example.org/blog", "a.html", "https://news.example.org/blog/a", "/a", false},
		{"https://news.example.org/blog", "a.html", "a.html", "/a.html", false},
		{"https://news.example.org", "a/amp/index.html", "https://news.example.org/a/", "", true},
		{"https://news.example.org", "page/2/index.html", "/", "", true},
		{"https://news.example.org", "a.html", "https://other.example.org/a.html", "", false},
		{"https://news.example.org/blog", "a.html", "https://news.example.org/a.html", "", false},
		{"https://news.example.org", "a.html", "", "", false},
	} {
		site, err := weburl.ParseSite(c.site)
		if err != nil {
			t.Fatal(err)
		}
		link := source.Link{Page: c.page, Copy: true, File: c.file}
		got, ok := permalink.Stated(link, site)
		if !ok {
			got = ""
		}
		if got != c.want || permalink.IsCopy(link, site) != c.copied {
			t.Errorf("%s at %s says %q: got %q, copy %t; want %q, %t", c.file, c.site, c.page, got, permalink.IsCopy(link, site), c.want, c.copied)
		}
		if link.Copy = false; permalink.IsCopy(link, site) {
			t.Errorf("%s: a page without a canonical link is a copy", c.file)
		}
	}
}
