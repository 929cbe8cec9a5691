package main

import "fmt"

// fields makes up the front matter of article number i: each field in each of its shapes.
func (t teller) fields(i int) []field {
	var all []field
	add := func(percent int, key string, value func() any) {
		if t.in(percent) {
			all = append(all, field{key, value()})
		}
	}
	text := func(choices ...string) func() any { return func() any { return t.pick(choices...) } }
	add(92, t.pick("title", "title", "title", "title", "title", "title", "title", "Title", "titel"), func() any { return t.title() })
	add(14, t.pick("id", "guid"), func() any { return t.identity(i) })
	t.dates(add)
	t.places(add, i)
	t.kinds(add)
	t.media(add)
	add(40, t.pick("excerpt", "summary", "description"), func() any { return t.pick(t.sentence(), t.sentences(3), t.title(), "<p>"+t.sentence()+"</p>", "") })
	add(8, t.pick("lang", "language"), text("en", "ko", "ko_KR", "en-GB", "한국어", ""))
	add(3, "draft", func() any { return raw(t.pick("true", "false", "true", `"yes"`, "0", `"아마"`)) })
	add(2, "published", func() any { return raw(t.pick("false", "true")) })
	add(3, "robots", text("noindex", "none", "index, follow", "noindex, nofollow"))
	add(2, "sitemap", func() any { return raw(t.pick("false", "true", `"글쎄"`)) })
	add(2, "feed", func() any { return raw(t.pick("false", "true")) })
	add(3, "minor", func() any { return raw("true") })
	add(3, "feature_text", text("그림 위의 글"))
	add(4, t.pick("layout", "weight", "nothing"), func() any { return []string{"a", "b"} })
	return all
}

func (t teller) identity(i int) string {
	switch t.IntN(8) {
	case 0:
		return fmt.Sprint(i)
	case 1:
		return fmt.Sprintf("urn:twice:%d", i/40) // claimed more than once
	case 2:
		return "https://news.example.org/old/" + fmt.Sprint(i) + "/"
	case 3:
		return "글 " + fmt.Sprint(i) + " <&>"
	}
	return fmt.Sprintf("urn:compare:%d", i)
}

// adder adds a field in so many of a hundred cases.
type adder func(percent int, key string, value func() any)

func (t teller) dates(add adder) {
	add(80, t.pick("date", "date", "date", "date", "published_at", "publishDate", "pubDate", "Date"), func() any {
		switch t.IntN(100) {
		case 0:
			return "언젠가"
		case 1:
			return "2039-05-06 07:08"
		case 2:
			return "2030-03-14T12:00:00Z" // later than the first scan, before the last
		case 3:
			return []string{"2024"}
		}
		return t.moment()
	})
	add(25, t.pick("last_modified_at", "lastmod", "updated", "modified"), func() any { return t.pick(t.moment(), t.moment(), t.moment(), "어제", "2041-01-01") })
	add(2, t.pick("expires", "expiryDate"), func() any {
		return t.pick("2025-01-01", "2030-03-14T06:00:00Z", "2050-01-01", "9999-12-31", "곧")
	})
}

func (t teller) places(add adder, i int) {
	add(12, t.pick("permalink", "permalink", "url"), func() any {
		switch t.IntN(60) {
		case 0:
			return "https://other.example/x/"
		case 1:
			return "/{{ page.slug }}/"
		case 2:
			return "//"
		case 3:
			return raw("false")
		case 4:
			return fmt.Sprintf("/같은-자리/%d/", i/40) // wanted more than once
		}
		return t.pick("/:year/:month/:day/:title/", "date", "pretty", "ordinal", "none", "weekdate", "/:categories/:slug/", "/:path/", "/:year/:name.html", fmt.Sprintf("/p/%d.html", i),
			fmt.Sprintf("/글/%d 번/?a=1", i), fmt.Sprintf("https://news.example.org/abs/%d/", i), "/:categories/:title:output_ext", "/:short_year/:i_month/:y_day/:title/")
	})
	add(5, "slug", func() any { return t.pick("한 글", "A-B_c", "a/b", "../x", "{{x}}") })
	add(5, "canonical_url", func() any {
		return t.pick("https://news.example.org/canonical/", "https://other.example/a", "javascript:x", "/상대", "https://뉴스.example/길")
	})
}

func (t teller) kinds(add adder) {
	add(50, "categories", func() any {
		if t.in(30) {
			return t.pick("사회 문화", "정치, 경제", "뉴스", "")
		}
		return t.terms()
	})
	add(10, "category", func() any { return t.term() })
	add(40, "tags", func() any {
		if t.in(30) {
			return t.pick("축제 봄", "하나, 둘，셋", "R&D")
		}
		return t.terms()
	})
	add(30, t.pick("author", "authors"), func() any {
		switch t.IntN(3) {
		case 0:
			return []field{{"name", t.person()}, {"email", "desk@news.example.org"}, {"url", t.pick("/about", "https://news.example.org/people/1", "javascript:x")}}
		case 1:
			return []string{t.person(), t.person()}
		}
		return t.person()
	})
}

func (t teller) media(add adder) {
	add(30, t.pick("image", "image", "image", "cover", "thumbnail", "images"), func() any {
		switch t.IntN(4) {
		case 0:
			return []field{{t.pick("url", "path", "src", "image"), t.picture()}, {"alt", "사진"}}
		case 1:
			return []string{t.picture(), t.picture()}
		}
		return t.picture()
	})
	add(6, t.pick("enclosure", "enclosures"), func() any {
		if t.in(50) {
			return t.pick("/a.mp3", "https://cdn.example.org/b.ogg?x=1", "c", "javascript:x")
		}
		return []field{{"url", "/소리/d.mp3"}, {"type", t.pick("audio/mpeg", "a b", "")}, {"length", raw(t.pick("1234", "-4", `"많이"`))}}
	})
	add(4, "translations", func() any {
		return []field{{"en", t.link()}, {"ko", "/ko/"}, {t.pick("ja", "xx_YY", "모름"), "https://news.example.org/ja/"}}
	})
}
