package markup_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source"
	"herald/source/markup"
)

// TestKramdown lists where kramdown reads blocks otherwise than GitHub; want is what kramdown 2.4 makes, and github
// what the Markdown of GitHub is.
func TestKramdown(t *testing.T) {
	cells := func(rows ...string) string {
		var b strings.Builder
		for _, row := range rows {
			b.WriteString("<tr><td>" + strings.ReplaceAll(row, "|", "</td>\n<td>") + "</td>\n</tr>\n")
		}
		return "<table>" + b.String() + "</table>"
	}
	for _, c := range []struct{ name, in, want, github string }{
		{"a bare mark", ">\n하나\n둘\n\n셋", "<blockquote><p>하나 둘</p>\n</blockquote>\n<p>셋</p>", "<p>하나 둘</p>\n<p>셋</p>"},
		{"an attribute list ends it", ">\n하나\n{:.a}\n\n셋", "<blockquote><p>하나</p>\n</blockquote>\n<p>셋</p>", "<p>하나</p>\n<p>셋</p>"},
		{"a heading below a quotation is in it", "> 하나\n# 둘\n\n셋", "<blockquote><p>하나</p>\n<h1>둘</h1>\n</blockquote>\n<p>셋</p>", "<blockquote><p>하나</p>\n</blockquote>\n<h1>둘</h1>\n<p>셋</p>"},
		{"HTML is not", "> 하나\n<div>둘</div>", "<blockquote><p>하나</p>\n</blockquote>\n<div>둘</div>", "<blockquote><p>하나</p>\n</blockquote>\n<div>둘</div>"},
		{"the end of a block", "> 하나\n^\n> 둘", "<blockquote><p>하나</p>\n</blockquote>\n<blockquote><p>둘</p>\n</blockquote>", "<blockquote><p>하나 ^ 둘</p>\n</blockquote>"},
		{"a quotation of nothing", "하나\n\n>\n\n둘", "<p>하나</p>\n<p>둘</p>", "<p>하나</p>\n<p>둘</p>"},
		{"a table without a header", "|가|나|\n|다 | `라|마`|\n\n글", cells("가|나", "다|<code>라\x00마</code>") + "\n<p>글</p>", "<p>|가|나| |다 | <code>라|마</code>|</p>\n<p>글</p>"},
		{"a table of one line", `가 | 나\|다`, cells(`가|나` + "\x00" + `다`), "<p>가 | 나|다</p>"},
		{"lines between its rows", "|---|\n|가|\n|===|\n|나|\n|---|", cells("가", "나"), "<p>|---| |가| |===|</p>\n<table><thead><tr><th>나</th>\n</tr>\n</thead>\n</table>"},
		{"more cells than the header has", "|가|나|\n|-|:-:|\n|다|라|마|\n|바|", "<table><thead><tr><th>가</th>\n<th align=\"center\">나</th>\n</tr>\n</thead>\n<tbody><tr><td>다</td>\n<td align=\"center\">라</td>\n<td>마</td>\n</tr>\n<tr><td>바</td>\n</tr>\n</tbody>\n</table>",
			"<table><thead><tr><th>가</th>\n<th align=\"center\">나</th>\n</tr>\n</thead>\n<tbody><tr><td>다</td>\n<td align=\"center\">라</td>\n</tr>\n<tr><td>바</td>\n<td></td>\n</tr>\n</tbody>\n</table>"},
		{"a line of text before it", "글\n|가|", "<p>글 |가|</p>", "<p>글 |가|</p>"},
		{"a line of text below it", "|가|\n글", "<p>|가| 글</p>", "<p>|가| 글</p>"},
		{"an address with spaces", "[가 나](/다 라(마) \"바\") ![](/사 아)", `<p><a href="https://news.example.org/%EB%8B%A4%20%EB%9D%BC(%EB%A7%88)" title="바">가 나</a> <img src="https://news.example.org/%EC%82%AC%20%EC%95%84" alt=""></p>`, `<p>[가 나](/다 라(마) "바") ![](/사 아)</p>`},
		{"a definition", "말\n: 뜻\n\n글", "<dl><dt>말</dt>\n<dd>뜻</dd>\n</dl>\n<p>글</p>", "<p>말 : 뜻</p>\n<p>글</p>"},
		{"an abbreviation", "*[가나]: 다라\n가나 글", "<p>가나 글</p>", "<p>*[가나]: 다라 가나 글</p>"},
	} {
		for name, want := range map[source.Markup]string{source.Kramdown: c.want, source.Markdown: c.github} {
			got := render(source.Body{Markup: name, Text: c.in})
			if want = strings.ReplaceAll(want, "\x00", "|"); got != want {
				t.Errorf("%s as %s:\n got %s\nwant %s", c.name, name, got, want)
			}
		}
	}
}

// FuzzKramdown holds that any text is read, and that what is no table, list or quotation is read as GitHub does.
func FuzzKramdown(f *testing.F) {
	f.Add("> a\nb\n^\n| `c|d` | e\\|\n\nf\n: g\n\n*[h]: i")
	f.Add("|\n||\n|`|``|\n>\n>\n")
	f.Fuzz(func(t *testing.T, text string) {
		kramdown := markup.Render(source.Body{Markup: source.Kramdown, Text: text}, page)
		if !utf8.ValidString(kramdown) {
			t.Fatalf("%q is no text", kramdown)
		}
		markup.CutTitle(source.Body{Markup: source.Kramdown, Text: text})
		if strings.ContainsAny(text, ">|:^*") {
			return
		}
		if github := markup.Render(source.Body{Markup: source.Markdown, Text: text}, page); github != kramdown {
			t.Fatalf("%q:\n got %s\nwant %s", text, kramdown, github)
		}
	})
}
