package hostile

import (
	"fmt"
	"strings"
)

// yaml are lines of front matter.
var yaml = map[string]func(int) string{
	"flow lists":           around("x: ", "[", ""),
	"flow lists closed":    func(n int) string { return "x: " + nested("[", "", "]")(n) },
	"flow maps":            around("x: ", "{a: ", ""),
	"flow maps closed":     func(n int) string { return "x: " + nested("{a: ", "b", "}")(n) },
	"flow items":           around("x: [", "a,", "]"),
	"flow keys":            around("x: {", "a,", "}"),
	"block lists":          around("x: ", "- ", "a"),
	"explicit keys":        repeat("? "),
	"explicit keys closed": repeat("? a\n: b\n"),
	"nested maps": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "%sa:\n", strings.Repeat(" ", i))
		}
		return b.String()
	},
	"a long key":          around("", "a", ": b"),
	"a long quoted key":   around("\"", "a", "\": b"),
	"keys":                counted("k%d: v\n"),
	"keys twice":          repeat("a: v\n"),
	"keys without values": repeat("a:\n"),
	"anchors":             counted("a%[1]d: &b%[1]d c\n"),
	"anchors alone":       around("x: ", "&a ", "b"),
	"aliases":             around("a: &a b\nx: [", "*a,", "*a]"),
	"aliases of long texts": func(n int) string {
		return "a: &a " + strings.Repeat("x", n/2) + "\nx: [" + strings.Repeat("*a,", min(n/6, 9000)) + "]"
	},
	"tags aliased": func(n int) string {
		return "a: &a " + strings.Repeat("x", n/2) + "\ntags: [" + strings.Repeat("*a,", min(n/6, 9000)) + "]"
	},
	"aliases of lists": func(int) string { return bomb() },
	"merges":           around("a: &a {b: c}\nx:\n", "  <<: *a\n", ""),
	"merged lists": func(n int) string {
		return "b: &b {" + counted("k%d: v, ")(n/50) + "}\nx:\n  <<: [" + repeat("*b,")(n/2) + "]"
	},
	"merged merges": func(n int) string {
		var b strings.Builder
		b.WriteString("a0: &a0 {b: c}\n")
		for i := 1; b.Len() < n; i++ {
			fmt.Fprintf(&b, "a%d: &a%d {<<: [*a%d, *a%d]}\n", i, i, i-1, i-1)
		}
		return b.String()
	},
	"tags":                         around("x: ", "!!str ", "a"),
	"tags of many names":           around("x: ", "!a ", "b"),
	"quotes":                       around("x: ", "'", ""),
	"double quotes":                around("x: \"", "\\\"", "\""),
	"escapes":                      around("x: \"", "\\u0041", "\""),
	"open quotes":                  repeat("x: '\n"),
	"quoted lines":                 around("x: '", "a\n", "'"),
	"blank quoted lines":           around("x: '", "\n", "'"),
	"folded lines":                 around("x: >\n", "  a\n", ""),
	"folded lines of blanks":       around("x: >\n", "\n", "  a"),
	"literal lines":                around("x: |\n", "  a\n", ""),
	"literal blanks":               around("x: |\n", "  \n", ""),
	"plain lines":                  around("x: a\n", "  a\n", ""),
	"comments":                     repeat("# a\n"),
	"comment marks":                around("x: a", " #", ""),
	"spaces":                       around("x: a", " ", ""),
	"tabs":                         around("x: a", "\t", ""),
	"blank lines":                  repeat("\n"),
	"colons":                       around("x", ": ", ""),
	"colons without spaces":        around("x: ", ":", ""),
	"dashes":                       around("x:\n", "- a\n", ""),
	"dashes alone":                 repeat("- a\n"),
	"directives":                   repeat("%a\n"),
	"documents":                    repeat("--- a\n"),
	"titles":                       repeat("title: [가\n"),
	"titles with colons":           repeat("title: a: b\n"),
	"titles with marks":            repeat("title: \"a\" b\n"),
	"descriptions with marks":      repeat("description: a: b\n"),
	"a title":                      around("title: ", "a", ""),
	"a title of tags":              around("title: '", "<b>", "'"),
	"a title of openings":          around("title: '", "<", "'"),
	"a title of attributes":        around("title: '", "<b a=\"", "'"),
	"a title of code":              around("title: '", "`a", "'"),
	"a title of backticks":         func(n int) string { return "title: '" + rising("`", "a")(n) + "'" },
	"a title of entities":          around("title: '", "&amp;", "'"),
	"a title of ampersands":        around("title: '", "&", "'"),
	"a title of comments":          around("title: '", "<!--", "'"),
	"a title of brackets":          around("title: ", "[", ""),
	"a title of words":             around("title: ", "가 ", ""),
	"a title of accents":           around("title: a", "\u0301", ""),
	"a title of lists":             around("title: [", "a,", "]"),
	"a summary":                    around("summary: ", "가. ", ""),
	"a summary of tags":            around("summary: '", "<b>", "'"),
	"a summary of accents":         around("summary: a", "\u0301", ""),
	"a summary of code":            around("summary: '", "`a", "'"),
	"a permalink":                  around("permalink: /", "a", "/"),
	"a permalink of slashes":       around("permalink: ", "/", ""),
	"a permalink of names":         around("permalink: ", "/:title", ""),
	"a permalink of names, joined": around("permalink: /", ":title", ""),
	"a permalink of long names": func(n int) string {
		return "slug: " + strings.Repeat("x", n/2) + "\npermalink: " + repeat("/:slug")(n/2)
	},
	"a permalink of titles": func(n int) string {
		return "title: " + strings.Repeat("x", n/2) + "\npermalink: " + repeat("/:title")(n/2)
	},
	"a permalink of titles of words": func(n int) string {
		return "title: " + strings.Repeat("x y ", n/8) + "\npermalink: " + repeat("/:title")(n/2)
	},
	"a permalink of categories": func(n int) string {
		return "categories: [" + strings.Repeat("x", n/2) + "]\npermalink: " + repeat("/:categories")(n/2)
	},
	"a permalink of many categories": func(n int) string {
		return "categories: [" + counted("x%d,")(n/2) + "]\npermalink: " + repeat("/:categories")(n/2)
	},
	"a permalink of colons":   around("permalink: '/", ":", "'"),
	"a permalink of percents": around("permalink: '/", "%", "'"),
	"a permalink of steps":    around("permalink: '", "/a/..", "'"),
	"a permalink of marks":    around("permalink: '/", "{{ a }}", "'"),
	"a permalink of Korean":   around("permalink: '/", "가", "'"),
	"a permalink of accents":  around("permalink: '/a", "\u0301", "'"),
	"an id":                   around("id: ", "a", ""),
	"a slug":                  around("slug: ", "가 ", ""),
	"tags of an article":      func(n int) string { return "tags: [" + counted("t%d,")(n) + "]" },
	"tags in words":           func(n int) string { return "tags: " + counted("t%d ")(n) },
	"tags with commas":        func(n int) string { return "tags: " + counted("t%d,")(n) },
	"a tag":                   around("tags: [", "a", "]"),
	"long tags":               func(n int) string { return "tags: [" + strings.Repeat(strings.Repeat("x", n/200)+",", 199) + "]" },
	"a category of accents":   around("categories: [a", "\u0301", "]"),
	"nested tags":             func(n int) string { return "tags: " + nested("[", "a", "]")(min(n, 100)) },
	"authors":                 func(n int) string { return "authors: " + counted("t%d,")(n) },
	"authors in a list":       func(n int) string { return "authors: [" + counted("t%d,")(n) + "]" },
	"an author of angles":     around("author: ", "a <", ""),
	"enclosures":              around("enclosures: [", "/a.mp3,", "]"),
	"enclosures on lines":     around("enclosures:\n", "  - {url: /a.mp3, length: 1}\n", ""),
	"a long enclosure":        around("enclosure: /", "a", ".mp3"),
	"images":                  around("images: [", "/a.png,", "]"),
	"images that are none":    around("images: [", "'data:x',", "]"),
	"an image":                around("image: /", "a", ".png"),
	"translations":            func(n int) string { return "translations: {" + counted("k%d: /a,")(n) + "}" },
	"a language":              around("lang: ", "ko-", "KR"),
	"a date":                  around("date: ", "2024 ", ""),
	"a date of digits":        around("date: ", "2", ""),
	"aliases of an article":   func(n int) string { return "aliases: [" + counted("/t%d,")(n) + "]" },
	"marks in fields":         repeat("x: '{{ a }}'\n"),
	"a canonical":             around("canonical_url: https://a.example/", "a", ""),
	"typos":                   counted("titl%d: v\n"),
	"zeros":                   around("x: a", "\x00", ""),
	"a number":                around("x: ", "1", ""),
	"a float":                 around("x: 1.", "1", ""),
	"an exponent":             around("x: 1e", "1", ""),
	"a base":                  around("x: ", "1:", "1"),
}

// bomb nests aliases: nine levels of nine are 387 million nodes.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 9; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	return b.String()
}

// toml are lines of front matter in TOML.
var toml = map[string]func(int) string{
	"lists":                   around("x = ", "[", ""),
	"lists closed":            func(n int) string { return "x = " + nested("[", "", "]")(n) },
	"items":                   around("x = [", "1,", "]"),
	"maps":                    around("x = ", "{a = ", ""),
	"tables":                  counted("[t%d]\n"),
	"tables twice":            repeat("[t]\n"),
	"lists of tables":         repeat("[[t]]\n"),
	"lists of tables, nested": func(n int) string { return repeat("[[t]]\n[[t.u]]\n")(n) },
	"dotted tables":           around("[", "a.", "a]\n"),
	"dotted tables of many":   func(n int) string { return repeat("[" + strings.Repeat("a.", 60) + "b]\n")(n) },
	"keys":                    counted("k%d = 1\n"),
	"keys twice":              repeat("a = 1\n"),
	"dotted keys":             around("", "a.", "a = 1\n"),
	"dotted keys of many":     counted("a.b.c.d.e.f%d = 1\n"),
	"texts":                   around("x = '", "a", "'"),
	"long texts":              around("x = '''", "a\n", "'''"),
	"quotes":                  around("x = \"\"\"", "\\\"", "\"\"\""),
	"folded texts":            around("x = \"\"\"a\\\n", " \n", "\"\"\""),
	"open texts":              repeat("x = '\n"),
	"escapes":                 around("x = \"", "\\u0041", "\""),
	"numbers":                 around("x = ", "1", ""),
	"underscores":             around("x = 1", "_1", ""),
	"dates":                   around("x = [", "2024-01-02,", "]"),
	"comments":                repeat("# a\n"),
	"blank lines":             repeat("\n"),
	"inline maps":             func(n int) string { return "x = {" + counted("k%d = 1, ")(n) + "z = 1}" },
}

// json are front matters in JSON.
var json = map[string]func(int) string{
	"lists":             around(`{"x":`, "[", ""),
	"lists closed":      func(n int) string { return `{"x":` + nested("[", "", "]")(n) + "}" },
	"maps":              around(`{"x":`, `{"a":`, ""),
	"items":             around(`{"x":[`, "1,", "1]}"),
	"keys":              func(n int) string { return "{" + counted(`"k%d":1,`)(n) + `"title":"a"}` },
	"keys twice":        around("{", `"a":1,`, `"title":"a"}`),
	"texts":             around(`{"x":"`, "a", `"}`),
	"escapes":           around(`{"x":"`, `\u0041`, `"}`),
	"open texts":        around(`{"x":`, `"a`, ""),
	"numbers":           around(`{"x":`, "1", "}"),
	"exponents":         around(`{"x":1e`, "1", "}"),
	"spaces":            around(`{"x":`, " ", "1}"),
	"lines":             around(`{"x":`, "\n", "1}"),
	"braces":            repeat("{"),
	"braces and quotes": repeat(`{"`),
}

// headers are front matters without a mark.
var headers = map[string]func(int) string{
	"Pelican":             around("Title: a\n", "a: v\n", "\nb"),
	"Pelican words":       repeat("Title: a\n"),
	"Pelican folded":      around("Title: a\n", "    b\n", "\nb"),
	"Nikola":              around("", ".. title: a\n", "\nb"),
	"Nikola in a comment": around("<!--\n", ".. title: a\n", "-->\nb"),
	"Hexo":                around("title: a\n", "a: v\n", "---\nb"),
	"Hexo's JSON":         around(";;;\n", "\"a\": [", "\n;;;\nb"),
	"openings":            repeat("---\n"),
	"openings of TOML":    repeat("+++\n"),
	"openings of JSON":    repeat("---json\n"),
	"dashes":              repeat("-"),
	"blank lines":         repeat("\n"),
	"marks of order":      repeat("\uFEFF"),
	"UTF-16":              func(n int) string { return "\xff\xfe" + repeat("a\x00")(n) },
	"CP949":               repeat("\xb0\xa1"),
	"CP949 lines":         repeat("\xb0\xa1\n"),
	"a declared charset":  around("<meta charset=euc-kr>", "\xb0\xa1", ""),
	"charsets":            repeat("<meta charset=euc-kr>"),
	"openings of meta":    repeat("<meta "),
	"XML":                 around("<?xml version='1.0' encoding='", "a", "'?>"),
}
