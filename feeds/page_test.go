package feeds_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/feeds"
	"herald/source"
)

// pageOf is a feed as a page: in Korean, with two other feeds.
func pageOf() *feeds.Feed {
	f := newsroom()
	f.Title, f.Site = "정치 & <나라>", "뉴스 속보"
	f.Self[feeds.Page] = "https://news.example.org/feeds/"
	f.Zone = time.FixedZone("KST", 9*60*60)
	f.Others = []feeds.Other{
		{Title: "경제", Self: map[feeds.Kind]string{feeds.RSS: "https://news.example.org/economy.xml", feeds.Page: "https://news.example.org/economy/"}},
		{Title: `"R&D"`, Self: map[feeds.Kind]string{feeds.Atom: "https://news.example.org/rd.atom?a=1&b=2"}},
	}
	return f
}

func TestPage(t *testing.T) {
	english := newsroom()
	english.Language, english.Title, english.Description, english.Items = "en-GB", "Harbour news", "", english.Items[:0]
	for name, f := range map[string]*feeds.Feed{"full": pageOf(), "empty": english} {
		doc := render(t, feeds.WritePage, f)
		golden(t, name+".page.html", doc)
		if err := feeds.Check(feeds.Page, doc, siteHosts); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a page shows can neither end an element nor run: only the page's own tags are in it.
func TestPageOfHostileTexts(t *testing.T) {
	const hostile = `</style></title><script>alert(1)</script><img src=x onerror=alert(1)>"'` + "\x00\x08\ufffe\xff"
	f := pageOf()
	f.Title, f.Description, f.Site, f.Others[0].Title = hostile, hostile, hostile, hostile
	f.Items = []*source.Article{{ID: "a", URL: "https://news.example.org/a/", Title: hostile, Summary: hostile, Language: hostile,
		Authors: []source.Author{{Name: hostile}}, Published: at("2026-03-01T00:00:00Z")}}
	doc := render(t, feeds.WritePage, f)
	if err := feeds.Check(feeds.Page, doc, siteHosts); err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"<script", "<img"} {
		if bytes.Contains(doc, []byte(tag)) {
			t.Errorf("the page has %s", tag)
		}
	}
	if n := bytes.Count(doc, []byte("</style>")); n != 1 {
		t.Errorf("%d styles end in the page", n)
	}
}

// A page shows as many items as people read, and links to none elsewhere.
func TestPageLimits(t *testing.T) {
	f := pageOf()
	f.Items = nil
	for i := range 80 {
		a := plain()
		a.URL = fmt.Sprintf("https://news.example.org/%d/", i)
		f.Items = append(f.Items, a)
	}
	if n := bytes.Count(render(t, feeds.WritePage, f), []byte("<article>")); n != 50 {
		t.Errorf("%d items, want 50", n)
	}
	f.Items[3].URL = "https://elsewhere.example.com/"
	if err := feeds.Check(feeds.Page, render(t, feeds.WritePage, f), siteHosts); err == nil || !strings.Contains(err.Error(), "not on a host") {
		t.Errorf("a link to another host: %v", err)
	}
	for _, broken := range []string{"", "<!DOCTYPE html><html></html>", "<!DOCTYPE html><html><title>x</title>", "<p>"} {
		if feeds.Check(feeds.Page, []byte(broken), siteHosts) == nil {
			t.Errorf("%q passes", broken)
		}
	}
}
