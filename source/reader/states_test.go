package reader_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
)

// stand says in one word each where an article stands: draft, noindex, nositemap, nofeed.
func stand(a *source.Article) string {
	var words []string
	for _, f := range []struct {
		set  bool
		word string
	}{{a.Draft, "draft"}, {a.NoIndex, "noindex"}, {a.NoSitemap, "nositemap"}, {a.NoFeed, "nofeed"}} {
		if f.set {
			words = append(words, f.word)
		}
	}
	return strings.Join(words, " ")
}

// States are read in the words of every generator, in any case of the key.
func TestStates(t *testing.T) {
	for block, want := range map[string]string{
		"draft: false":          "",
		"DRAFT: yes":            "draft",
		"isDraft: true":         "draft",
		"Published: No":         "draft",
		"published: true":       "",
		"published: 2024-01-02": "",
		"publish: false":        "draft",
		"private: true":         "draft",
		"unpublished: true":     "draft",
		"headless: true":        "draft",
		"render: false":         "draft",
		"status: Draft":         "draft",
		"status: [news, draft]": "draft",
		"status: private":       "draft",
		"status: pending":       "draft",
		"status: publish":       "",
		"status: accepted":      "",
		"status: hidden":        "nositemap nofeed",
		"permalink: false":      "draft",
		"url: False":            "draft",
		"permalink:\n  build: false\n  serverless: /x/": "draft",
		"permalink: true":                              "",
		"build: {render: never}":                       "draft",
		"_build:\n  render: link":                      "draft",
		"build: {render: always, list: never}":         "nositemap nofeed",
		"build:\n  list: local":                        "nositemap nofeed",
		"build: {publishResources: false}":             "",
		"sitemap: false":                               "nositemap",
		"sitemap: {disable: true}":                     "nositemap",
		"sitemap: {Exclude: yes, priority: 0.3}":       "nositemap",
		"sitemap: {include: false}":                    "nositemap",
		"sitemap: {priority: 0.7, changefreq: weekly}": "",
		"sitemap_exclude: true":                        "nositemap",
		"sitemap-exclude: true":                        "nositemap",
		"feed: false":                                  "nofeed",
		"exclude_from_feed: true":                      "nofeed",
		"password: 1234":                               "nofeed",
		"password: ''":                                 "",
		"eleventyExcludeFromCollections: true":         "nositemap nofeed",
		"eleventyExcludeFromCollections: [posts]":      "",
		"unlisted: true":                               "noindex nositemap nofeed",
		"noindex: true":                                "noindex",
		"robotsNoIndex: true":                          "noindex",
		"robots: 'noindex, follow'":                    "noindex",
		"robots: [noindex]":                            "noindex",
		"robots: {index: false}":                       "noindex",
		"robots: {index: true, follow: false}":         "",
		"robots: {noindex: true}":                      "noindex",
		"extra: {noindex: true, draft: true}":          "noindex",
	} {
		a, err := parse("---\ntitle: 제목\n" + block + "\n---\n글\n")
		if err != nil {
			t.Errorf("%q: %v", block, err)
		} else if got := stand(a); got != want {
			t.Errorf("%q: got %q, want %q", block, got, want)
		}
	}
}

// What could hide an article and cannot be read refuses it; another state of a wrong shape is warned of.
func TestStatesOfWrongShape(t *testing.T) {
	for block, want := range map[string]string{
		"draft: [true]":             "posts/a.md:3:8: draft: want true or false",
		"draft: {a: b}":             "posts/a.md:3:8: draft: want true or false",
		"Draft: maybe":              "posts/a.md:3:8: Draft: want true or false",
		"published: [false]":        "posts/a.md:3:12: published: want true, false or a date",
		"published: {is: false}":    "posts/a.md:3:12: published: want true, false or a date",
		"published: nein":           "posts/a.md:3:12: published: want true, false or a date",
		"expires: [2024]":           `posts/a.md:3:10: expires: want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"`,
		"unpublishDate: soon":       `posts/a.md:3:16: unpublishDate: "soon": want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"`,
		"publishdate: {from: 2024}": `posts/a.md:3:14: publishdate: want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"`,
	} {
		_, err := parse("---\ntitle: 제목\n" + block + "\ndate: 2024-01-02\n---\n글\n")
		if err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", block, err, want)
		}
	}
	for block, want := range map[string]string{
		"feed: [false]":       "feed: want true or false; it is left out",
		"private: perhaps":    "private: want true or false; it is left out",
		"unlisted: [true]":    "unlisted: want true or false; it is left out",
		"build: never":        "build: want a map (render, list); it is left out",
		"status: {a: b}":      "status: want a text or a list of texts; this is left out",
		"feed: sometimes":     "feed: want true or false; it is left out",
		"sitemap: [false]":    "sitemap: want true or false; it is left out",
		"minor: {a: b}":       "minor: want true or false; it is left out",
		"noindex: perhaps":    "noindex: want true or false; it is left out",
		"permalink: [/a/]":    "permalink: want a text; it is left out",
		"permalink: {a: /b/}": "permalink: want a text; it is left out",
		"permalink: true":     "permalink: true is not an address; it is left out",
		"slug: false":         "slug: false is not a slug; it is left out",
		"id: {a: b}":          "id: want a text; it is left out",
		"lang: [ko]":          "lang: want a text; it is left out",
		"canonical_url: [a]":  "canonical_url: want a text; it is left out",
		"image: {alt: 사진}":    "image: names no image that readers could fetch",
	} {
		a, err := parse("---\ntitle: 제목\n" + block + "\n---\n글\n")
		if err != nil || len(a.Warnings) != 1 || a.Warnings[0].Message != want || a.Warnings[0].Line != 3 {
			t.Errorf("%q: got %+v, %v; want %s", block, a, err, want)
		}
	}
}

// A page that only leads elsewhere is no article.
func TestRedirects(t *testing.T) {
	for _, block := range []string{"redirect_to: /b/", "redirect_to: [https://b.example.org/]", "Redirect_To: b.html", "redirect: https://b.example.org/", "redirect: /b"} {
		var skipped *reader.SkipError
		if _, err := parse("---\ntitle: 제목\n" + block + "\n---\n"); !errors.As(err, &skipped) || !strings.Contains(skipped.Why, "only leads to") {
			t.Errorf("%q: %v", block, err)
		}
	}
	for _, block := range []string{"redirect_from: /b/", "redirect: true", "redirect_to: false", "redirect_to:"} {
		if _, err := parse("---\ntitle: 제목\n" + block + "\n---\n"); err != nil {
			t.Errorf("%q: %v", block, err)
		}
	}
}

// Defaults hold where the article says nothing.
func TestStateDefaults(t *testing.T) {
	all := reader.Defaults{Draft: true, NoIndex: true, NoSitemap: true, NoFeed: true, Image: "https://news.example.org/logo.png"}
	for block, want := range map[string]string{
		"x: y":            "draft noindex nositemap nofeed",
		"draft: false":    "noindex nositemap nofeed",
		"published: true": "noindex nositemap nofeed",
		"robots: index":   "draft nositemap nofeed",
		"noindex: false":  "draft nositemap nofeed",
		"sitemap: true":   "draft noindex nofeed",
		"feed: yes":       "draft noindex nositemap",
		"sitemap: {a: b}": "draft noindex nositemap nofeed",
	} {
		a, err := reader.Parse("a", []byte("---\ntitle: 제목\n"+block+"\n---\n글\n"), reader.Reading{Path: "a.md", Defaults: all})
		if err != nil || stand(a) != want || a.Image != all.Image {
			t.Errorf("%q: got %q, %+v, %v; want %q", block, stand(a), a, err, want)
		}
	}
	a, err := reader.Parse("a", []byte("---\ntitle: 제목\n---\n![](b.png)\n"), reader.Reading{Path: "a.md", Defaults: all})
	if err != nil || a.Image != "b.png" {
		t.Errorf("an image in the text: %+v, %v", a, err)
	}
}

// A date of publication after the date is the moment from which the article is public; one before it is none.
func TestPublicFrom(t *testing.T) {
	none := time.Time{}.Format(time.DateOnly)
	for block, want := range map[string][2]string{
		"date: 2024-01-02\npublishDate: 2024-03-04":                      {"2024-01-02", "2024-03-04"},
		"date: 2024-01-02\npublish_date: 2024-03-04":                     {"2024-01-02", "2024-03-04"},
		"DATE: 2024-01-02\nPublishdate: 2024-03-04\npubDate: 2024-02-01": {"2024-01-02", "2024-03-04"},
		"date: 2024-01-02\npublished: 2024-03-04":                        {"2024-01-02", "2024-03-04"},
		"date: 2024-01-02\npublishDate: 2023-03-04":                      {"2024-01-02", none},
		"date: 2024-01-02\npublishDate: 2024-01-02":                      {"2024-01-02", none},
		"publishDate: 2024-03-04":                                        {"2024-03-04", none},
		"date: 2024-01-02\npublishDate: 0001-01-01":                      {"2024-01-02", none},
		"date: 2024-01-02\npublishDate: 2024-03-04 noon":                 {"2024-01-02", "2024-03-04"},
	} {
		a, err := reader.Parse("a", []byte("---\ntitle: 제목\n"+block+"\n---\n글\n"), reader.Reading{Path: "a.md"})
		if err != nil {
			t.Errorf("%q: %v", block, err)
		} else if got := [2]string{a.Published.Format(time.DateOnly), a.PublicFrom.Format(time.DateOnly)}; got != want {
			t.Errorf("%q: got %v, want %v", block, got, want)
		}
	}
}
