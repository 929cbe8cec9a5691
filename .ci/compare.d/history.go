package main

import (
	"fmt"
	"slices"
	"strings"
)

const told = "notify: {verify: false, delay: 1h, min_interval: 0s, indexnow: {key: abcdefgh12345678, endpoints: [HUB/indexnow, HUB/refuse]}, websub: {hubs: [HUB/hub]}}\nsitemap: {urls_per_file: 40}\n"

// historySets are edits over edits: with articles that say all of themselves, and with such as get
// ids and dates from what herald remembers.
func historySets() []set {
	return []set{
		{name: "history", about: "edits, renames, removals, holds, lost states: articles with ids, dates and times of change", hub: true, steps: story(corpus{seed: 4, count: 150, plain: true})},
		{name: "history-odd", about: "the same with articles of all shapes, dated by first sight many of them", hub: true, steps: story(corpus{seed: 5, count: 150})},
	}
}

// story is one series of changes to a corpus.
func story(c corpus) []step {
	name := func(i int) string { n, _ := c.file(i); return "articles/" + n }
	text := func(i int) string { _, t := c.file(i); return t }
	build := asks("plan", "build", "build --json", "build --notify --json", "status")
	var all []step
	add := func(name string, change func(*site), asked ...ask) {
		if asked == nil {
			asked = build
		}
		all = append(all, step{name, change, asked})
	}
	add("first", func(s *site) { c.put(s, "articles"); s.config(plainConfig(told)) }, slices.Concat(look(), build, explain(c.some("articles", 9)...))...)
	add("edits", func(s *site) {
		for i := 10; i < 16; i++ {
			s.write(name(i), text(i)+"\n덧붙인 말 하나.\n")
		}
		s.write(name(20), strings.Replace(text(20), "title", "Title", 1)) // the same words
		s.write(name(21), dated(21, "다른 본문\n"))
	}, slices.Concat(build, explain(name(10), name(11), name(21)))...)
	add("renames", func(s *site) {
		s.rename(name(30), "articles/moved/30.md")
		s.rename(name(31), "articles/moved/31.html")
		s.write("articles/moved/32.md", text(32)+"\n또\n") // renamed and edited
		s.remove(name(32))
	}, slices.Concat(build, explain("articles/moved/30.md", "articles/moved/32.md", name(30)))...)
	add("additions", func(s *site) {
		for i := range 5 {
			s.write(fmt.Sprintf("articles/late/%d.md", i), fmt.Sprintf("# 늦은 글 %d\n\n본문 %d\n", i, i))
		}
		s.write("articles/late/same-url.md", "---\ntitle: 같은 자리\npermalink: /late/0/\n---\n본문\n")
		s.write("articles/late/twins-a.md", "---\ntitle: 한 이름\nid: urn:twin\n---\n하나\n")
		s.write("articles/late/twins-b.md", "---\ntitle: 한 이름\nid: urn:twin\n---\n둘\n")
	}, slices.Concat(build, explain("articles/late/0.md", "articles/late/same-url.md", "articles/late/twins-b.md", "https://news.example.org/late/0/"))...)
	add("states", func(s *site) {
		s.write("articles/late/0.md", "---\ntitle: 늦은 글 0\ndraft: true\n---\n본문 0\n")
		s.write("articles/late/1.md", "---\ntitle: 늦은 글 1\nrobots: noindex\n---\n본문 1\n")
		s.write("articles/late/2.md", "---\ntitle: 늦은 글 2\ndate: 2030-03-20\n---\n본문 2\n")
		s.write("articles/late/3.md", "---\ntitle: 늦은 글 3\nexpires: 2030-03-15T00:00:00Z\n---\n본문 3\n")
		s.write("articles/late/4.md", "---\ntitle: 늦은 글 4\ndate: 어제\n---\n본문 4\n")
	}, slices.Concat(build, explain("articles/late/0.md", "articles/late/1.md", "articles/late/2.md", "articles/late/3.md", "articles/late/4.md"))...)
	add("removals", func(s *site) { s.remove(name(40), name(41), name(42), "articles/late/1.md") }, slices.Concat(build, explain(name(40)))...)
	add("restored", func(s *site) { s.write(name(40), text(40)); s.write(name(41), "다시 온 글\n\n다른 말\n") }, slices.Concat(build, explain(name(40), name(41)))...)
	all = append(all, losses(c, build)...)
	all = append(all, holds(c, build)...)
	add("last", nil, slices.Concat(look(), explain(c.some("articles", 5)...))...)
	return all
}

// losses are states and outputs that get lost or hurt.
func losses(c corpus, build []ask) []step {
	name := func(i int) string { n, _ := c.file(i); return "articles/" + n }
	return []step{
		{"lost-state", (*site).loseState, slices.Concat(build, explain(c.some("articles", 40)...))},
		{"lost-state-and-edits", func(s *site) {
			s.loseState()
			s.write(name(50), dated(50, "고친 본문\n"))
			s.remove(name(51))
			s.rename(name(52), "articles/moved/52.md")
		}, slices.Concat(build, explain(name(50), "articles/moved/52.md"))},
		{"dumped", nil, asks("state dump backup.jsonl")},
		{"loaded", (*site).loseState, append(asks("state load backup.jsonl"), build...)},
		{"lost-outputs", func(s *site) { s.remove("public") }, build},
		{"hurt-outputs", func(s *site) {
			s.write("public/feed.xml", "<rss>")
			s.write("public/robots.txt", "User-agent: *\nDisallow: /own/\n")
			s.write("public/other.html", "<p>")
			s.remove("public/atom.xml")
		}, build},
		{"lost-all", func(s *site) { s.loseState(); s.remove("public") }, build},
		{"foreign", func(s *site) {
			s.loseState()
			s.remove("public")
			s.write("public/feed.xml", "<rss version=\"2.0\"><channel><title>남의 것</title></channel></rss>")
		},
			slices.Concat(build, asks("build --force", "status"))},
	}
}

// holds are changes that wait for the operator.
func holds(c corpus, build []ask) []step {
	name := func(i int) string { n, _ := c.file(i); return "articles/" + n }
	forced := func(change func(*site)) step {
		return step{"forced", change, slices.Concat(build, asks("plan --json", "build --force", "build", "status --json"))}
	}
	approved := func(change func(*site)) step {
		return step{"approved", change, slices.Concat(build, asks("status --json", "approve 999", "approve", "approve 1", "approve 2", "approve 3 --json", "build"))}
	}
	all := []step{
		{"emptied", func(s *site) { s.rename("articles", "away"); s.write("articles/.keep", "") }, slices.Concat(look(), build)},
		{"missing", func(s *site) { s.remove("articles") }, build},
		{"back", func(s *site) { s.rename("away", "articles") }, build},
		approved(func(s *site) {
			for i := 60; i < 110; i++ {
				s.remove(name(i))
			}
		}),
		forced(func(s *site) {
			for i := range 200 {
				s.write(fmt.Sprintf("articles/flood/%d.md", i), fmt.Sprintf("# 넘치는 글 %d\n\n본문 %d\n", i, i))
			}
		}),
		approved(func(s *site) { s.config(strings.Replace(plainConfig(told), "news.example.org", "new.example.org", 1)) }),
		forced(func(s *site) {
			s.config(strings.Replace(plainConfig(told), "news.example.org", "news.example.org/blog", 1))
		}),
		forced(func(s *site) { s.config(siteHead + "sources: [{name: renamed, path: ./articles}]\n" + told) }),
		forced(func(s *site) {
			s.write("second/a.md", dated(7, "둘째 곳의 글\n"))
			s.write("second/b.md", "# 날짜 없는 둘째 곳의 글\n\n본문\n")
			s.write("second/c.md", "---\ntitle: 같은 이름\nid: urn:compare:5\n---\n본문\n")
			s.config(siteHead + "sources: [{path: ./second}, {name: renamed, path: ./articles}]\n" + told)
		}),
		forced(func(s *site) { s.config(siteHead + "sources: [{path: ./second}]\n" + told) }),
		forced(func(s *site) {
			s.config(siteHead + "sources: [{path: ./second}]\nfeeds: [{name: main, atom: false}]\nsitemap: {path: /other.xml}\n")
		}),
		forced(func(s *site) { s.loseState(); s.config(plainConfig(told)) }),
	}
	return all
}
