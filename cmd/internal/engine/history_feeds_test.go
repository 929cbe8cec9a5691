package engine_test

import (
	"maps"
	"strings"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// moreFeeds are feeds of every kind below more/, in Atom: with filters, one per value, with articles that are kept for a while.
func moreFeeds(items int) []edition.Feed {
	at := func(path string) map[feeds.Kind]string {
		return map[feeds.Kind]string{feeds.Atom: "/more/" + path + ".xml"}
	}
	politics := ledger.Terms{ledger.ByCategory: {"정치", "뉴스"}}
	market := ledger.Terms{ledger.ByTag: {"장터"}}
	all := []edition.Feed{
		{Name: "politics", Paths: at("politics"), Where: ledger.Where{Terms: politics, Not: market}, Items: items, Archive: 2},
		{Name: "korean", Paths: at("korean"), Where: ledger.Where{Terms: ledger.Terms{ledger.ByLanguage: {"ko", ""}}}, Items: 3},
		{Name: "kept", Paths: at("kept"), Where: ledger.Where{Terms: politics}, Items: 1, Keep: 5 * time.Minute},
		{Name: "by category", Paths: at("category/:slug"), Title: "분야 :value", Each: ledger.ByCategory, Items: 2, Keep: 3 * time.Minute},
		{Name: "by tag", Paths: at("tag/:slug"), Title: ":value", Each: ledger.ByTag, Where: ledger.Where{Terms: politics}, Items: items},
		{Name: "by author", Paths: at("author/:slug"), Each: ledger.ByAuthor, Items: 2, Archive: 3},
		{Name: "by language", Paths: at("language/:slug"), Each: ledger.ByLanguage, Items: 2},
		{Name: "by source", Paths: at("source/:slug"), Each: ledger.BySource, Items: items},
	}
	for i := range all {
		all[i].Content = []feeds.Content{feeds.Full, feeds.Summary, feeds.None}[i%3]
	}
	return all
}

// timeless are the documents without those that the clock alone may change.
func timeless(docs map[string]string) map[string]string {
	out := maps.Clone(docs)
	maps.DeleteFunc(out, func(name, _ string) bool { return name == "more/kept.xml" || strings.HasPrefix(name, "more/category/") })
	return out
}
