package main

import "fmt"

// siteHead is a site block, for variants that bring their own sources.
const siteHead = "site: {url: \"https://news.example.org\", title: 뉴스 속보, timezone: Asia/Seoul}\n"

// sourceOf is a config with one source of such keys.
func sourceOf(keys string) string {
	return siteHead + "sources: [{path: ./articles, " + keys + "}]\n" + inFull
}

// variants are configs that each turn one screw.
func variants() []string {
	notify := "notify: {verify: false, delay: 1h, indexnow: {key: abcdefgh12345678, endpoints: [HUB/indexnow]}, websub: {hubs: [HUB/hub]}"
	all := []string{
		plainConfig(""),
		plainConfig(inFull),
		plainConfig("feeds: [{name: main, items: 30, content: summary}]\n"),
		plainConfig("feeds: [{name: main, items: 30, content: none}]\n"),
		plainConfig("feeds: [{name: main, items: 1, title: 짧은 소식, description: 하나만}]\n"),
		plainConfig("feeds: [{name: main, atom: false, rss: /뉴스/rss.xml, json: /f/feed.json}]\n"),
		plainConfig("feeds: [{name: main, off: true}]\n"),
		plainConfig("sitemap: {urls_per_file: 7, pages: [{url: /}, {url: /소개/}]}\n"),
		plainConfig("sitemap: {bytes_per_file: 5kB, images: false, path: /map.xml}\n"),
		plainConfig("robots: {extra: \"User-agent: 나쁜봇\\nDisallow: /\"}\naliases: {/rss.xml: /feed.xml, /옛/atom: /atom.xml, /map.xml: /sitemap.xml}\n"),
		plainConfig("robots: false\nguard: false\n"),
		plainConfig("guard: {removed: 1, changed: 5%, added: 2}\n"),
		"site: {url: \"https://뉴스.example/블로그/\", title: Blog, description: R&D <b>, language: en, author: {name: Desk, email: desk@news.example.org, url: \"https://news.example.org/a\"}, image: /logo.png, copyright: \"© 뉴스\"}\nsources: [{path: ./articles}]\n",
		sourceOf("undated: sitemap_only"), sourceOf("undated: refuse"), sourceOf("undated: first_seen, dates: [file_name, first_seen]"), sourceOf("dates: [first_seen]"),
		sourceOf("front_matter: required"), sourceOf("markup: html"), sourceOf("markup: markdown"), sourceOf("markup: text"),
		sourceOf("include: [\"**/*.md\"], exclude: [\"정치/**\"]"),
		sourceOf("defaults: {categories: [기본, R&D], tags: [꼬리표], author: {name: 기본 기자, email: a@news.example.org}, lang: en}"),
		siteHead + "sources:\n  - {name: md, path: ./articles, include: [\"**/*.md\"]}\n  - {name: rest, path: ./articles, exclude: [\"**/*.md\"], permalink: \"/rest/:path/\"}\n",
		siteHead + "sources: [{path: ./articles}, {path: ./nowhere}]\n",
		plainConfig(notify + "}\n"), plainConfig(notify + ", dry_run: true}\n"),
	}
	for _, pattern := range []string{"date", "pretty", "ordinal", "none", "weekdate", "/:categories/:slug/", "/:year/:name.html", "/:title:output_ext"} {
		all = append(all, sourceOf(fmt.Sprintf("permalink: %q", pattern)))
	}
	return all
}

func variantSets() []set {
	c := corpus{seed: 3, count: 250}
	fresh := set{name: "variants", about: "250 articles under configs that each turn one screw, from nothing", hub: true}
	moving := set{name: "reconfigured", about: "the same configs one after the other, over the same state and outputs", hub: true}
	for i, config := range variants() {
		change := func(s *site) {
			if i == 0 {
				c.put(s, "articles")
			}
			s.config(config)
		}
		name := fmt.Sprintf("config%d", i)
		fresh.steps = append(fresh.steps, step{name, func(s *site) { s.loseState(); s.remove("public"); change(s) },
			asks("check", "build --json", "build", "status --json")})
		moving.steps = append(moving.steps, step{name, change, asks("plan --json", "build", "build --force", "build --json --notify")})
	}
	return []set{fresh, moving}
}
