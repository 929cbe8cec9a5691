package markup_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source"
	"herald/source/markup"
	"herald/source/safehtml"
)

func TestScan(t *testing.T) {
	for _, c := range []struct {
		name   string
		markup source.Markup
		text   string
		want   safehtml.Outline
	}{
		{"HTML", source.HTML, `<p><img src="/a.jpg" alt=x></p><p>첫 <b>문단</b>&amp;</p><h2>소제목</h2><h1>제 <i>목</i></h1>`, safehtml.Outline{Heading: "제 목", FirstLine: "첫 문단&", Image: "/a.jpg"}},
		{"heading is the first line", source.HTML, "<h1>가<br>나</h1><p>다", safehtml.Outline{Heading: "가 나", FirstLine: "가"}},
		{"script is no text", source.HTML, "<script>x</script><!-- c --><style>y</style><p>가", safehtml.Outline{FirstLine: "가"}},
		{"C11 lazy", source.HTML, `<img src="data:image/gif;base64,x" data-src="/b.jpg">`, safehtml.Outline{Image: "/b.jpg"}},
		{"C11 srcset", source.HTML, `<img srcset="/c.jpg 1x, /d.jpg 2x">`, safehtml.Outline{Image: "/c.jpg"}},
		{"C11 noscript", source.HTML, `<img src="/img/blank.gif"><noscript><img src="/true.jpg"></noscript>`, safehtml.Outline{Image: "/true.jpg"}},
		{"placeholder alone", source.HTML, `<img src="/img/blank.gif">`, safehtml.Outline{Image: "/img/blank.gif"}},
		{"text", source.Text, "\n  첫 줄 <속보> \n# 둘째", safehtml.Outline{FirstLine: "첫 줄 <속보>"}},
		{"Markdown", source.Markdown, "앞 [글](/x)\n\n# **굵은** `제목` #\n\n![그림](</a b.png> \"t\")", safehtml.Outline{Heading: "굵은 제목", FirstLine: "앞 글", Image: "/a b.png"}},
		{"setext", source.Markdown, "제목\n====\n\n본문", safehtml.Outline{Heading: "제목", FirstLine: "제목"}},
		{"code is no heading", source.Markdown, "```\n# a\n![](x)\n```\n`![](y)`\n가 ![](/z_(1).png)", safehtml.Outline{FirstLine: "![](y)", Image: "/z_(1).png"}},
		{"HTML in Markdown", source.Markdown, "가\n\n<img src=/a.jpg>\n\n![](b)", safehtml.Outline{FirstLine: "가", Image: "/a.jpg"}},
		{"image by reference", source.Markdown, "글 ![그림][a b]\n\n![](/later.png)\n\n[A  B]: <https://cdn.example.org/사진 1.png> \"제목\"", safehtml.Outline{FirstLine: "글", Image: "https://cdn.example.org/사진 1.png"}},
		{"image by its own text", source.Markdown, "![그림][] ![둘]\n\n[둘]: /2.png\n[그림]:\n  /1.png?a=1&amp;b=2", safehtml.Outline{Image: "/1.png?a=1&b=2"}},
		{"image without a target", source.Markdown, "\\![가](/no.png) ![나][없음]\n![대체 [글]\n둘](/yes.png)", safehtml.Outline{FirstLine: "!가 ![나][없음]", Image: "/yes.png"}},
		{"escapes", source.Markdown, `# \[속보\] \*별\* \<b\> C:\글`, safehtml.Outline{Heading: `[속보] *별* <b> C:\글`, FirstLine: `[속보] *별* <b> C:\글`}},
		{"image line", source.Markdown, "![](a.png)\n\n- 첫", safehtml.Outline{FirstLine: "첫", Image: "a.png"}},
		{"comments and code hold no images", source.Markdown, "<!--\n# 메모\n![](/no.png)\n-->\n\n    ![](/no.png)\n\n- ```\n  ![](/no.png)\n  ```\n\n# 제목\n\n![](/yes.png)", safehtml.Outline{Heading: "제목", FirstLine: "제목", Image: "/yes.png"}},
		{"a lower heading that begins the body", source.Markdown, "![](a.png)\n\n### 제목\n\n글", safehtml.Outline{Heading: "제목", FirstLine: "제목", Image: "a.png"}},
		{"a lower heading further down", source.Markdown, "글\n\n## 소제목\n\n글", safehtml.Outline{FirstLine: "글"}},
		{"a lower heading behind code", source.HTML, "<pre>a</pre><h2>소제목</h2>", safehtml.Outline{FirstLine: "소제목"}},
		{"no table and no code is a line", source.Markdown, "| 가 |\n|---|\n| 나 |\n\n    코드\n\n글", safehtml.Outline{FirstLine: "글"}},
		{"nor are they in HTML", source.HTML, "<table><tr><td>가</table><pre>나</pre><p>글", safehtml.Outline{FirstLine: "글"}},
		{"unless there is nothing else", source.HTML, "<table><tr><td>가<td>나</table>", safehtml.Outline{FirstLine: "가"}},
		{"hidden text", source.HTML, "<h1 hidden>가</h1><p aria-hidden=true>나</p><svg><title>다</title></svg><h1>제목<a aria-hidden=true>¶</a></h1>", safehtml.Outline{Heading: "제목", FirstLine: "제목"}},
		{"an image that no document shows", source.HTML, "<img src=file:///a.png><img src='data:image/png;base64,x'><template><img src=/no.png></template><img src=/b.png>", safehtml.Outline{Image: "/b.png"}},
		{"heading of two lines", source.Markdown, "긴\n제목\n---\n\n본문", safehtml.Outline{Heading: "긴 제목", FirstLine: "긴"}},
		{"a list and a rule are no heading", source.Markdown, "- 첫\n---\n> # 인용", safehtml.Outline{Heading: "인용", FirstLine: "첫"}},
		{"HTML heading first", source.Markdown, "<h1>제목</h1>\n\n## 둘째", safehtml.Outline{Heading: "제목", FirstLine: "제목"}},
		{"links by reference and footnotes", source.Markdown, "# [제목][a] 끝[^1]\n\n[a]: /x\n[^1]: 주", safehtml.Outline{Heading: "제목 끝", FirstLine: "제목 끝"}},
		{"only the first line", source.Markdown, "[a]: /x\n\n첫 **굵은\n글**\n둘째", safehtml.Outline{FirstLine: "첫 굵은"}},
		{"image of any name", source.Markdown, "![](data:image/gif;base64,x) ![](/img/lazy-강.jpg) ![](/b.jpg)", safehtml.Outline{Image: "/img/lazy-강.jpg"}},
		{"image in a link", source.Markdown, "[![a](/b\\_c.jpg)](/d)", safehtml.Outline{Image: "/b_c.jpg"}},
		{"empty", source.HTML, "", safehtml.Outline{}},
	} {
		if got := markup.Scan(source.Body{Markup: c.markup, Text: c.text}); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add("<p><img data-src=a><h1>b", 0)
	f.Add("# a\n\n![b](c)\n<img src=d>", 1)
	f.Add("`![](a)` ![b][c]\n\n> ![](/d)\n\n<img src=/blank.gif>\n\n[c]: /e", 1)
	f.Fuzz(func(t *testing.T, text string, kind int) {
		form := []source.Markup{source.HTML, source.Markdown, source.Text}[uint(kind)%3]
		body := source.Body{Markup: form, Text: text}
		o := markup.Scan(body)
		if lead := markup.LeadImage(form, markup.Prepare(body, false)); lead != o.Image {
			t.Fatalf("got lead image %q, want that of the outline, %q", lead, o.Image)
		}
		if !utf8.ValidString(o.Heading) || !utf8.ValidString(o.FirstLine) || strings.ContainsAny(o.Heading+o.FirstLine, "\n\x00") {
			t.Fatalf("%+v", o)
		}
		safehtml.BeginsWithBlockTag(text)
	})
}
