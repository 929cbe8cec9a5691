package engine_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// rich is an article with all that a feed can say of one.
const rich = `---
title: 새벽 시장
date: 2026-05-05T10:00:00Z
last_modified_at: 2026-05-06T10:00:00Z
authors: [{name: 한바다}, {name: 너른들 지국, email: nr@news.example.org}]
categories: [경제]
tags: [시장, "R&D"]
lang: ko
image: /표지.png
enclosure: {url: /소리.mp3, length: 12}
translations: {en: /en/market/}
---

새벽 시장이 **열흘** 만에 열렸다. ]]> <b>끝

`

// articlesOf writes so many articles of days in May, oldest first.
func (n *newsroom) articlesOf(from, count int, more string) {
	n.t.Helper()
	for i := from; i < from+count; i++ {
		n.write(fmt.Sprintf("글-%02d.md", i), fmt.Sprintf("---\ntitle: 글 %d\ndate: 2026-05-%02dT10:00:00Z\n%s---\n본문 %d\n", i, i, more, i))
	}
}

func TestF1NothingForAValidatorToSay(t *testing.T) {
	for _, content := range []feeds.Content{feeds.Full, feeds.Summary, feeds.None} {
		n := newNewsroom(t, func(s *settings) {
			s.Feed.Content = content
			s.Feeds = []edition.Feed{
				{Name: "empty", Paths: map[feeds.Kind]string{feeds.RSS: "/e.xml", feeds.Atom: "/e.atom.xml", feeds.JSON: "/e.json"}, Items: 5, Content: content,
					Where: ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"없음"}}}},
				{Name: "old", Paths: map[feeds.Kind]string{feeds.RSS: "/o.xml", feeds.Atom: "/o.atom.xml", feeds.JSON: "/o.json"}, Items: 1, Content: content, Archive: 2},
			}
		})
		n.write("시장.md", rich)
		n.articlesOf(1, 5, "")
		n.write("날짜 없음.md", article("<3 R&D", "본문"))
		n.pass()
		for name, doc := range n.documents() {
			if err := linted(name, []byte(doc)); err != nil {
				t.Errorf("%s, %s: %v\n%s", content, name, err, doc)
			}
		}
	}
}

func TestF2TheFirstBytesAreTheDeclaration(t *testing.T) {
	n := one(t, "글.md", "\ufeff\n\n---\ntitle: 글\n---\n본문\n")
	for name, doc := range n.documents() {
		if strings.HasSuffix(name, ".xml") && !strings.HasPrefix(doc, `<?xml version="1.0" encoding="UTF-8"?>`) {
			t.Errorf("%s begins with %q", name, doc[:min(60, len(doc))])
		}
	}
}

func TestF3ANameIsNoAddress(t *testing.T) {
	n := newNewsroom(t)
	n.write("이름.md", "---\ntitle: 이름만\ndate: 2026-05-02\nauthor: 한바다\n---\n본문\n")
	n.write("주소.md", "---\ntitle: 주소도\ndate: 2026-05-01\nauthor: {name: 너른들, email: nr@news.example.org}\n---\n본문\n")
	n.pass()
	rss := n.read("feed.xml")
	for _, want := range []string{"<dc:creator>한바다</dc:creator>", "<author>nr@news.example.org (너른들)</author>", `xmlns:dc="http://purl.org/dc/elements/1.1/"`} {
		if !strings.Contains(rss, want) {
			t.Errorf("the feed lacks %s:\n%s", want, rss)
		}
	}
	for _, found := range regexp.MustCompile(`<(author|managingEditor)>([^<]*)<`).FindAllStringSubmatch(rss, -1) {
		if !strings.Contains(found[2], "@") {
			t.Errorf("<%s> holds no address: %q", found[1], found[2])
		}
	}
}

func TestF4DatesSpeakNoLanguage(t *testing.T) {
	var want map[string]string
	date := regexp.MustCompile(`<(?:pubDate|lastBuildDate)>(.*?)</`)
	for _, lang := range []string{"C", "ko_KR.UTF-8", "fr_FR.UTF-8"} {
		for _, name := range []string{"LANG", "LC_ALL", "LC_TIME", "LANGUAGE"} {
			t.Setenv(name, lang)
		}
		n := newNewsroom(t, func(s *settings) { s.Notify = notifySettings{} })
		n.articlesOf(1, 5, "")
		n.pass()
		if want == nil {
			want = n.documents()
		}
		for name, doc := range n.documents() {
			if doc != want[name] {
				t.Errorf("%s, %s is another:\n%s", lang, name, doc)
			}
		}
		dates := date.FindAllStringSubmatch(n.read("feed.xml"), -1)
		if len(dates) != 6 {
			t.Errorf("%d dates, want 6", len(dates))
		}
		for _, found := range dates {
			if _, err := time.Parse(time.RFC1123Z, found[1]); err != nil {
				t.Errorf("%s: %v", lang, err)
			}
		}
	}
}

func TestF5APermaLinkIsTheLink(t *testing.T) {
	n := newNewsroom(t)
	n.write("제 것.md", "---\ntitle: 제 것\nid: urn:옛글:17\ndate: 2026-05-02\n---\n본문\n")
	n.write("주소.md", "---\ntitle: 주소\ndate: 2026-05-01\n---\n본문\n")
	n.pass()
	n.rename("주소.md", "옮긴 주소.md")
	n.write("새 글.md", "---\ntitle: 새 글\ndate: 2026-05-03\n---\n다른 본문\n")
	n.pass()
	item := regexp.MustCompile(`(?s)<item>.*?<link>(.*?)</link>.*?<guid isPermaLink="(.*?)">(.*?)</guid>.*?</item>`)
	found := item.FindAllStringSubmatch(n.read("feed.xml"), -1)
	if len(found) != 3 {
		t.Fatalf("%d items with link and guid, want 3:\n%s", len(found), n.read("feed.xml"))
	}
	permalinks := 0
	for _, i := range found {
		if (i[1] == i[3]) != (i[2] == "true") {
			t.Errorf("link %s, guid %s, isPermaLink %s", i[1], i[3], i[2])
		}
		if i[2] == "true" {
			permalinks++
		}
	}
	if permalinks != 1 {
		t.Errorf("%d permalinks, want that of the new one alone:\n%s", permalinks, n.read("feed.xml"))
	}
}

func TestF6TheSlashIsThePages(t *testing.T) {
	for pages, want := range map[string]string{"/:path/": base + "/news/one/", "/:path": base + "/news/one", "/:path.html": base + "/news/one.html", "/:path/index.html": base + "/news/one/index.html"} {
		n := newNewsroom(t)
		pattern(n, pages)
		n.write("news/one.md", dayed("", "본문"))
		n.pass()
		n.write("news/one.md", dayed("", "고친 본문"))
		n.pass()
		n.deliver()
		n.oneSeen(func(name string, s seen) {
			if s.Link != want {
				t.Errorf("%s: %s is %s, want %s", name, pages, s.Link, want)
			}
		})
		urls, _ := n.world.heard()
		if !strings.Contains(n.read("sitemap.xml"), "<loc>"+want+"</loc>") || !slices.Equal(urls, []string{want}) {
			t.Errorf("%s: told %q, and the sitemap is\n%s", pages, urls, n.read("sitemap.xml"))
		}
	}
}

func TestF7AFeedForEachSubject(t *testing.T) {
	n := newNewsroom(t, func(s *settings) {
		s.Feeds = []edition.Feed{
			{Name: "none", Paths: map[feeds.Kind]string{feeds.RSS: "/none.xml"}, Items: 9, Content: feeds.Full, Where: ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"없음"}}}},
			{Name: "by tag", Paths: map[feeds.Kind]string{feeds.RSS: "/tag/:slug.xml"}, Title: "꼬리표 :value", Items: 9, Content: feeds.Full, Each: ledger.ByTag},
		}
	})
	shows := func(name string, titles ...string) {
		t.Helper()
		doc := n.read(name)
		if err := linted(name, []byte(doc)); err != nil || doc == "" {
			t.Errorf("%s: %v\n%s", name, err, doc)
			return
		}
		var got []string
		for _, s := range seenInRSS(t, doc) {
			got = append(got, s.Title)
		}
		if !slices.Equal(got, titles) {
			t.Errorf("%s shows %q, want %q", name, got, titles)
		}
	}
	n.articlesOf(1, 2, "tags: [새벽 시장]\n")
	n.pass()
	shows("none.xml")
	shows("tag/새벽-시장.xml", "글 2", "글 1")
	n.articlesOf(3, 1, "tags: [나루]\n")
	n.pass()
	shows("tag/나루.xml", "글 3")
	n.remove("글-03.md")
	n.pass()
	shows("tag/나루.xml")
	n.sameAsClean()
}

// bursts is a newsroom whose feed has room for three, and keeps what comes for a day.
func bursts(t *testing.T) *newsroom {
	return newNewsroom(t, func(s *settings) {
		s.Guard, s.Feed = nil, nil
		s.Feeds = []edition.Feed{{Name: "main", Paths: map[feeds.Kind]string{feeds.RSS: "/feed.xml", feeds.Atom: "/atom.xml", feeds.JSON: "/feed.json"}, Items: 3, Keep: 24 * time.Hour, Content: feeds.Full}}
	})
}

func TestF10ABurstIsSeenByWhoAsksOnceADay(t *testing.T) {
	n := bursts(t)
	n.articlesOf(1, 3, "")
	n.pass()
	for i := range 12 {
		n.write(fmt.Sprintf("속보-%02d.md", i), article(fmt.Sprintf("속보 %d", i), fmt.Sprintf("%d번째 속보", i)))
		n.now = n.now.Add(4 * time.Minute)
		n.pass()
	}
	if got := len(n.items()); got < 12 {
		t.Errorf("%d articles stand after twelve came within an hour, want all twelve", got)
	}
	n.now = n.now.Add(23 * time.Hour)
	n.pass()
	if got := len(n.items()); got < 12 {
		t.Errorf("%d articles stand a day after the first came, want all twelve", got)
	}
	n.sameAsClean()
	n.now = n.now.Add(2 * time.Hour)
	n.pass()
	if got := len(n.items()); got != 3 {
		t.Errorf("%d articles stand after the day, want as many as the feed has room for", got)
	}
	n.sameAsClean()
}

func TestI12AnOldPostThatComesLateIsSeen(t *testing.T) {
	n := bursts(t)
	n.articlesOf(1, 9, "")
	n.pass()
	n.write("옛날.md", "---\ntitle: 옛날\ndate: 2019-01-01\n---\n오래된 본문\n")
	n.pass()
	if titles := n.inFeed(); titles != "글 9 글 8 글 7 옛날" {
		t.Errorf("the feed shows %q, want the old one last", titles)
	}
	n.now = n.now.Add(25 * time.Hour)
	n.pass()
	if titles := n.inFeed(); titles != "글 9 글 8 글 7" {
		t.Errorf("a day later the feed shows %q", titles)
	}
}

func TestF11JSONFeedsAreWhole(t *testing.T) {
	for _, content := range []feeds.Content{feeds.Full, feeds.Summary, feeds.None} {
		n := newNewsroom(t, func(s *settings) { s.Feed.Content = content })
		n.write("시장.md", rich)
		n.write("번호.md", "---\ntitle: 번호\nid: 8669\ndate: 2026-05-02\n---\n본문\n")
		n.write("빈.md", "---\ntitle: 빈 본문\ndate: 2026-05-01\n---\n")
		n.pass()
		var f struct {
			Version string
			Items   []map[string]any
		}
		n.must(json.Unmarshal([]byte(n.read("feed.json")), &f))
		if f.Version != "https://jsonfeed.org/version/1.1" || len(f.Items) != 3 {
			t.Errorf("version %q, %d items", f.Version, len(f.Items))
		}
		for _, i := range f.Items {
			html, isHTML := i["content_html"].(string)
			text, isText := i["content_text"].(string)
			if id, is := i["id"].(string); !is || id == "" || isHTML == isText || html+text == "" {
				t.Errorf("%s: id %v, content %q, %q", content, i["id"], html, text)
			}
			if _, err := time.Parse(time.RFC3339, fmt.Sprint(i["date_published"])); err != nil {
				t.Errorf("%s: %v", content, err)
			}
		}
		if strings.Contains(n.read("feed.json"), "null") {
			t.Errorf("%s: it holds a null:\n%s", content, n.read("feed.json"))
		}
	}
}

func TestF12PeopleFindAPage(t *testing.T) {
	n := newNewsroom(t, func(s *settings) {
		s.Feeds = []edition.Feed{{Name: "politics", Title: "정치", Paths: map[feeds.Kind]string{feeds.RSS: "/politics/feed.xml", feeds.Page: "/politics/feed/index.html"},
			Items: 2, Content: feeds.Full, Where: ledger.Where{Terms: ledger.Terms{ledger.ByCategory: {"정치"}}}}}
	})
	n.articlesOf(1, 3, "categories: [정치]\n")
	n.write("다른.md", article("다른 글", "본문"))
	n.pass()
	page := n.read("politics/feed/index.html")
	for _, want := range []string{"글 3", "글 2", base + "/politics/feed.xml", "<!DOCTYPE html>", `lang="ko"`, "Content-Security-Policy"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	for _, not := range []string{"<script", "다른 글", "글 1<"} {
		if strings.Contains(page, not) {
			t.Errorf("the page holds %q:\n%s", not, page)
		}
	}
	for name, doc := range n.documents() {
		if strings.Contains(doc, "xml-stylesheet") {
			t.Errorf("%s asks for a style sheet", name)
		}
	}
}
