package main

import (
	"fmt"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode/utf16"
)

// dated is front matter that leaves nothing to chance, before a body.
func dated(i int, body string) string {
	return fmt.Sprintf("---\ntitle: 글 %d\ndate: 2024-01-01T%02d:%02d:%02dZ\n---\n%s", i, i/3600%24, i/60%60, i%60, body)
}

// bodies makes each text the body of an article.
func bodies(s *site, texts []string, ending string) {
	for i, text := range texts {
		s.write(fmt.Sprintf("articles/%02d/%04d.%s", i/100, i, ending), dated(i, text))
	}
}

// wholes makes each text a file of its own.
func wholes(s *site, texts []string, ending string) {
	for i, text := range texts {
		s.write(fmt.Sprintf("articles/%02d/%04d.%s", i/100, i, ending), text)
	}
}

// fieldsOf makes each text the value of a field of front matter; the fields take turns.
func fieldsOf(s *site, texts []string, language string, turn int) {
	names := []string{"title", "excerpt", "categories", "tags", "author", "image", "permalink", "url", "slug", "id", "canonical_url", "lang", "date", "last_modified_at", "expires", "enclosure", "draft", "robots"}
	for i, text := range texts {
		name := names[(i+turn)%len(names)]
		front := []field{{"title", fmt.Sprintf("글 %d", i)}, {"date", raw(`"2024-02-03T04:05:06Z"`)}}
		if name == "title" || name == "date" {
			front = front[:0]
		}
		front = append(front, field{name, text})
		s.write(fmt.Sprintf("articles/%02d/%04d.md", i/100, i), matter(language, front)+"\n본문\n")
	}
}

// shapes is what no literal holds: what is long, deep or no text at all.
func shapes(s *site) {
	n := 0
	put := func(name, text string) { n++; s.write("articles/"+name, text) }
	for name, text := range inOrder(deepShapes()) {
		for _, ending := range []string{"md", "html", "txt"} {
			put("deep/"+name+"."+ending, dated(n, text))
		}
	}
	for name, text := range inOrder(bombs()) {
		put("front/"+name+".md", text)
	}
	for name, text := range inOrder(encodings()) {
		put("bytes/"+name+".md", text)
		put("bytes/"+name+".html", text)
	}
	for _, name := range oddNames() {
		put("names/"+name, dated(n, "이름: "+fmt.Sprintf("%q", name)+"\n"))
	}
	s.link("names", "articles/linked-folder")
	s.link("deep/table.md", "articles/linked.md")
	s.link("/etc/hostname", "articles/outside.md")
	s.link("nowhere.md", "articles/dangling.md")
	s.note(os.MkdirAll(s.path("articles/folder.md"), 0o755))
}

// inOrder ranges over a table in the order of its names.
func inOrder(table map[string]string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, name := range slices.Sorted(maps.Keys(table)) {
			if !yield(name, table[name]) {
				return
			}
		}
	}
}

func deepShapes() map[string]string {
	const n = 1 << 14
	return map[string]string{
		"blocks": strings.Repeat("<div>", n), "inline": strings.Repeat("<b>", n/4), "table": "<table>" + strings.Repeat("<td>", n),
		"quotations": strings.Repeat("> ", n), "lists": strings.Repeat("- ", n), "links": strings.Repeat("[a](", n/4),
		"comments": strings.Repeat("<!--", n), "marks": strings.Repeat("{% raw %}<pre {{x}} {:", n/8), "line": strings.Repeat("가나다 ", n),
		"attributes": "<img " + strings.Repeat("a=b ", n) + ">", "stars": strings.Repeat("*가", n/2), "brackets": strings.Repeat("[", n), "ticks": strings.Repeat("`", n) + "가",
		"cluster": "e" + strings.Repeat("\u0301", n), "entities": strings.Repeat("&amp;&#8;", n), "headings": strings.Repeat("# 가\n", n/4), "rules": strings.Repeat("-", n),
		"svg":    `<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
		"noends": `<p>가<a href="x" title='y><img src=z <b>나`, "foreign": `<svg><p><svg><desc><p onclick=x>가</desc><foreignObject><iframe src=/a></iframe>`,
		"frames": `<iframe srcdoc="<script>x</script>"></iframe><object data=x><embed src=y><base href=//evil.example/><meta http-equiv=refresh content=0>`,
		"forms":  `<form action=javascript:x><input autofocus onfocus=x><select><option>가<textarea></select><script>y</script></textarea>`,
		"plain":  `<plaintext>가</plaintext><p>나`, "xmp": `<xmp><script>x</script></xmp><listing>\n가</listing>`, "raw": `<noembed><img src=x onerror=y></noembed><noframes><p></noframes>`,
		"templates": `<template><script>x</script></template><select><template><p>가</template></select>`, "nul": "<scr\x00ipt>x</scr\x00ipt><a href=java\x00script:x>가</a>",
		"schemes": `<a href="  java&Tab;script:x">가</a><a href=&#x6a;avascript:x>나</a><img src="JAVASCRIPT:x"><a href="//[evil">다</a><a href="ht\ntps://a.example">라</a>`,
		"cdata":   `]]> <![CDATA[ <p>가 ]]]]><![CDATA[>`, "instruction": `<?xml version="1.0"?><?php echo 1 ?><!DOCTYPE x [<!ENTITY a "b">]>&a;`,
	}
}

// bombs is front matter that is made to hurt.
func bombs() map[string]string {
	var aliases strings.Builder
	aliases.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 9; i++ {
		fmt.Fprintf(&aliases, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	fenced := func(text string) string { return "---\ntitle: 제목\ndate: 2024-05-06\n" + text + "\n---\n본문\n" }
	return map[string]string{
		"aliases": fenced(aliases.String()), "self": "---\na: &a [*a]\ntitle: *a\n<<: *a\n---\n", "lists": fenced("x: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000)),
		"many-keys": fenced(strings.Repeat("x: 1\n", 20000)), "twice": fenced("title: 또"), "no-end": "---\ntitle: 제목\n", "no-end-toml": "+++\ntitle = 'a'\n", "no-end-json": "{\"title\": \"a\"",
		"huge": fenced("x: " + strings.Repeat("가", 400_000)), "toml-deep": "+++\nx = " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "\n+++\n", "json-deep": "{\"x\": " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "}\n",
		"tags": fenced("tags: [" + strings.Repeat("가,나,", 3000) + "다]"), "quote": fenced("x: '" + strings.Repeat("가\n", 20000)), "documents": fenced("--- x"), "tab": fenced("a:\n\t- b"),
		"binary": fenced("title2: !!binary aGVsbG8=\nx: !!python/object:os.system [x]"), "merge": fenced("b: &b {title: 이어받음}\n<<: *b"), "long-title": "---\ntitle: " + strings.Repeat("긴 제목 ", 9000) + "\ndate: 2024-05-06\n---\n본문",
		"only": "---\n---\n", "dots": "---\ntitle: 제목\n...\n본문", "spaces": "--- \ntitle: 제목\n---  \n본문", "cr": "---\rtitle: 제목\r---\r본문\r", "late": "\n\n---\ntitle: 제목\n---\n본문",
	}
}

func encodings() map[string]string {
	text := dated(1, "가나다 <p>라</p>\n")
	little, big := "\xff\xfe", "\xfe\xff"
	for _, unit := range utf16.Encode([]rune(text)) {
		little += string([]byte{byte(unit), byte(unit >> 8)})
		big += string([]byte{byte(unit >> 8), byte(unit)})
	}
	return map[string]string{
		"bom": "\ufeff" + text, "boms": "\ufeff\ufeff" + text, "crlf": strings.ReplaceAll(text, "\n", "\r\n"), "cr": strings.ReplaceAll(text, "\n", "\r"), "utf16le": little, "utf16be": big, "utf16odd": big + "\xac",
		"broken": dated(2, "가\xea\xb0나\xff다\xed\xa0\x80"), "controls": dated(3, "가\x00\x01\x08나\x0b\x0c\x1b[1m다\x7f라\u0085마\u009f\ufffe\uffff\U0001fffe"), "broken-title": "---\ntitle: 제\xff목\x07\ndate: 2024-05-06\n---\n",
		"bidi": dated(4, "\u202e거꾸로\u202c \u200b폭 없음\u2028줄\u2029문단 \ue000 \U0010ffff"), "euckr": "---\ntitle: \xc1\xa6\xb8\xf1\ndate: 2024-05-06\n---\n\xba\xbb\xb9\xae\n", "meta": "<html><head><meta charset=euc-kr><title>\xc1\xa6\xb8\xf1</title></head><body>\xba\xbb\xb9\xae</body></html>",
		"empty": "", "nul": "\x00", "space": " \n\t\n", "newline": "\n", "binary": string([]byte{0x89, 'P', 'N', 'G', 0, 1, 2, 255, 254}),
	}
}

func oddNames() []string {
	return []string{
		"한글.md", "\u1112\u1161\u11ab\u1100\u1173\u11af.md", "빈 칸.md", " 앞.md", "뒤 .md", "a#b.md", "a%b.md", "a%20b.md", "a?b.md", "a&b.md", "a+b.md", "😀.md", "👨‍👩‍👧.md", "UPPER.MD", "a.b.c.md", "2024-02-30-없는-날.md",
		"2024-1-2-한-자리.md", "2024-01-02.md", "2024-01-02-.md", "..앞점.md", ".숨김.md", "~물결.md", "뒤.md~", "a\nb.md", "a\tb.md", "a\\b.md", `a"b'c.md`, "<b>.md", "bro\xffken.md", strings.Repeat("가", 80) + ".md", "index.md", "깊이/index.md", "깊이/index.html",
		"README.md", "README.ko.md", "robots.txt", "404.html", "google1234.html", "node_modules/a.md", "_drafts/b.md", "_posts/2024-03-04-c.md", "vendor/d.md", "a1-Ba1-Ba1-Ba1-Ba1-Ba1-Ba1-Ba1-B.txt", "e.jpg", "f", "g.mdx", "h.rst", "CHANGELOG.md", "i.html.md", "con.md", "-j.md", "k;l.md", "m|n.md", "o*.md", "\u202ep.md",
	}
}
