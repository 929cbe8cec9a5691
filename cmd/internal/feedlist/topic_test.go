package feedlist_test

import (
	"testing"

	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/feeds"
	"herald/source/weburl"
)

// Hubs know the documents that readers subscribe to, those of values and old paths included, and no page for people.
func TestTopics(t *testing.T) {
	site, err := weburl.ParseSite("https://news.example.org")
	if err != nil {
		t.Fatal(err)
	}
	topic := feedlist.Topics(site, []feedlist.Feed{
		{Name: "main", Paths: map[feeds.Kind]string{feeds.RSS: "/feed.xml", feeds.Page: "/feeds/"}},
		{Name: "each", Each: ledger.ByCategory, Paths: map[feeds.Kind]string{feeds.Atom: "/c/:slug.xml", feeds.Page: "/c/:slug/"}},
	}, map[string]string{"/old.xml": "/feed.xml"})
	for path, want := range map[string]string{
		"feed.xml":         "https://news.example.org/feed.xml",
		"old.xml":          "https://news.example.org/feed.xml",
		"c/정치.xml":         "https://news.example.org/c/%EC%A0%95%EC%B9%98.xml",
		"feeds/index.html": "",
		"c/정치/index.html":  "",
		"sitemap.xml":      "",
	} {
		if got := topic(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
