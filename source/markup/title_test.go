package markup_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source"
	"herald/source/markup"
)

// TestCutTitle lists which line of a file without front matter is its title, and what is left of the body.
func TestCutTitle(t *testing.T) {
	for _, c := range []struct{ name, in, title, rest string }{
		{"a heading", "\n# 제목\n\n글", "제목", "\n\n글"},
		{"a lower heading", "### *제목* 하나 ###\n글", "제목 하나", "글"},
		{"a line", "제목이다\n글", "제목이다", "글"},
		{"of two lines", "긴 제목이\n두 줄이다\n===\n\n글", "긴 제목이 두 줄이다", "\n글"},
		{"a rule below a heading stays", "# 제목\n---\n글", "제목", "---\n글"},
		{"CRLF", "# 제목\r\n\r\n글", "제목", "\n글"},
		{"a comment", "<!--\n메모\n\n# 메모\n-->\n\n# 제목\n", "제목", "<!--\n메모\n\n# 메모\n-->\n\n"},
		{"a comment before words", "<!-- 메모 -->\n제목\n", "제목", "<!-- 메모 -->\n"},
		{"targets of links", "[하나]: /a\n[둘]: <b c>\n  \"둘\"\n\n# 제목 [하나]\n", "제목 하나", "[하나]: /a\n[둘]: <b c>\n  \"둘\"\n\n"},
		{"a target further down", "# [제목][x]\n\n[x]: /a", "제목", "\n[x]: /a"},
		{"a fence", "~~~\n# 코드\n~~~\n\n## 제목\n글", "제목", "~~~\n# 코드\n~~~\n\n글"},
		{"indented code", "    # 코드\n\n# 제목", "제목", "    # 코드\n\n"},
		{"a table", "| 가 |\n|---|\n| 나 |\n\n글이다", "글이다", "| 가 |\n|---|\n| 나 |\n\n글이다"},
		{"a table of HTML", "<table>\n<tr><td>가</td></tr>\n</table>\n\n글이다", "글이다", "<table>\n<tr><td>가</td></tr>\n</table>\n\n글이다"},
		{"badges", "[![하나](/a.svg)](/a) ![둘](/b.svg)\n\n# 제목", "제목", "[![하나](/a.svg)](/a) ![둘](/b.svg)\n\n"},
		{"an image and a line", "![하나](/a.svg)\n제목\n글", "제목", "![하나](/a.svg)\n글"},
		{"contents", "[[_TOC_]]\n\n[toc]\n\n# 제목", "제목", "[[_TOC_]]\n\n[toc]\n\n"},
		{"a rule", "---\n***\n===\n제목", "제목", "---\n***\n===\n"},
		{"a heading of HTML", "<h1 align=center>제목</h1>\n\n글", "제목", "\n\n글"},
		{"in a box", "<div align=center>\n  <img src=/a.png>\n  <h1>제목</h1>\n  <p>글</p>\n</div>\n", "제목", "<div align=center>\n  <img src=/a.png>\n  <h1>제목</h1>\n  <p>글</p>\n</div>\n"},
		{"in a quotation", "> ## 제목\n> 글", "제목", "> 글"},
		{"in a list", "- 하나\n- 둘", "하나", "- 둘"},
		{"code in the title", "# `a<b>` 와 <속보>\n", "a<b> 와 <속보>", ""},
		{"nothing", "```\na\n```\n\n![](b.png)", "", "```\na\n```\n\n![](b.png)"},
		{"a line that is the whole body", "# " + strings.Repeat("가", 3000), strings.Repeat("가", 1365), "# " + strings.Repeat("가", 3000)},
	} {
		title, rest := markup.CutTitle(source.Body{Markup: source.Markdown, Text: c.in})
		if title != c.title || rest != c.rest {
			t.Errorf("%s:\n got %q, rest %q\nwant %q, rest %q", c.name, title, rest, c.title, c.rest)
		}
	}
}

// FuzzCutTitle holds that a title is text, and that nothing but whole lines is missing from the rest.
func FuzzCutTitle(f *testing.F) {
	f.Add("<!-- a -->\n[b]: /c\n\n| d |\n|---|\n\n> - # *e* [b]\n> f")
	f.Add("a\r\nb\n===\n<p>c")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.Count(s, ">") > 30 || len(s) > 2000 {
			return
		}
		title, rest := markup.CutTitle(source.Body{Markup: source.Markdown, Text: s})
		if strings.ContainsAny(title, "\n\r") || !utf8.ValidString(title) || title == "" && rest != s {
			t.Fatalf("title %q, rest %q of %q", title, rest, s)
		}
		lines := strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
		if rest != s && !isCut(lines, rest) {
			t.Fatalf("rest %q is no cut of %q", rest, lines)
		}
	})
}

// isCut reports whether s is rest with one run of lines put into it.
func isCut(s, rest string) bool {
	n := 0
	for n < len(rest) && n < len(s) && s[n] == rest[n] {
		n++
	}
	return len(rest) <= len(s) && strings.HasSuffix(s, rest[n:])
}
