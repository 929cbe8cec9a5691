package source_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source"
)

func TestScan(t *testing.T) {
	for _, c := range []struct {
		name   string
		markup source.Markup
		text   string
		want   source.Outline
	}{
		{"HTML", source.HTML, `<p><img src="/a.jpg" alt=x></p><p>첫 <b>문단</b>&amp;</p><h2>제 <i>목</i></h2>`, source.Outline{Heading: "제 목", FirstLine: "첫 문단&", Image: "/a.jpg"}},
		{"heading is the first line", source.HTML, "<h1>가<br>나</h1><p>다", source.Outline{Heading: "가 나", FirstLine: "가"}},
		{"script is no text", source.HTML, "<script>x</script><!-- c --><style>y</style><p>가", source.Outline{FirstLine: "가"}},
		{"C11 lazy", source.HTML, `<img src="data:image/gif;base64,x" data-src="/b.jpg">`, source.Outline{Image: "/b.jpg"}},
		{"C11 srcset", source.HTML, `<img srcset="/c.jpg 1x, /d.jpg 2x">`, source.Outline{Image: "/c.jpg"}},
		{"C11 noscript", source.HTML, `<img src="/img/blank.gif"><noscript><img src="/true.jpg"></noscript>`, source.Outline{Image: "/true.jpg"}},
		{"placeholder alone", source.HTML, `<img src="/img/blank.gif">`, source.Outline{Image: "/img/blank.gif"}},
		{"text", source.Text, "\n  첫 줄 <속보> \n# 둘째", source.Outline{FirstLine: "첫 줄 <속보>"}},
		{"Markdown", source.Markdown, "앞 [글](/x)\n\n## **굵은** `제목` ##\n\n![그림](</a b.png> \"t\")", source.Outline{Heading: "굵은 제목", FirstLine: "앞 글", Image: "/a b.png"}},
		{"setext", source.Markdown, "제목\n====\n\n본문", source.Outline{Heading: "제목", FirstLine: "제목"}},
		{"code is no heading", source.Markdown, "```\n# a\n![](x)\n```\n`![](y)`\n가 ![](/z_(1).png)", source.Outline{FirstLine: "가", Image: "/z_(1).png"}},
		{"HTML in Markdown", source.Markdown, "가\n\n<img src=/a.jpg>\n\n![](b)", source.Outline{FirstLine: "가", Image: "/a.jpg"}},
		{"image by reference", source.Markdown, "글 ![그림][a b]\n\n![](/later.png)\n\n[A  B]: <https://cdn.example.org/사진 1.png> \"제목\"", source.Outline{FirstLine: "글", Image: "https://cdn.example.org/사진 1.png"}},
		{"image by its own text", source.Markdown, "![그림][] ![둘]\n\n[둘]: /2.png\n[그림]:\n  /1.png?a=1&amp;b=2", source.Outline{FirstLine: "![둘]", Image: "/1.png?a=1&b=2"}},
		{"image without a target", source.Markdown, "\\![가](/no.png) ![나][없음]\n![대체 [글]\n둘](/yes.png)", source.Outline{FirstLine: "!가", Image: "/yes.png"}},
		{"escapes", source.Markdown, `# \[속보\] \*별\* \<b\> C:\글`, source.Outline{Heading: `[속보] *별* <b> C:\글`, FirstLine: `[속보] *별* <b> C:\글`}},
		{"image line", source.Markdown, "![](a.png)\n\n- 첫", source.Outline{FirstLine: "첫", Image: "a.png"}},
		{"empty", source.HTML, "", source.Outline{}},
	} {
		if got := source.Scan(source.Body{Markup: c.markup, Text: c.text}); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		`<3 R&D &lt;b&gt; "따옴표"`:        `<3 R&D <b> "따옴표"`, // C4
		"<속보> 국회":                       "<속보> 국회",
		"AT&amp;T":                      "AT&T",
		"AT&amp;amp;T":                  "AT&amp;T",
		"a?b=1&copy=2 &notit; &nosuch;": "a?b=1&copy=2 &notit; &nosuch;",
		`<b class="x>y">굵은</b> <a href='/'>글</a>`: "굵은 글",
		"가<br/>나":                         "가 나",
		"가<!-- 주석 -->나":                   "가나",
		"1 < 2 > 0, <b 없음":                "1 < 2 > 0, <b 없음",
		"<strongly> <k-pop>":              "<strongly> <k-pop>",
		" 가\n\t나\u3000다 ":                 "가 나 다",
		"가\u3000나\u00a0다":                 "가 나 다",
		"가“나”  다":                         "가“나” 다",
		"&#8;&#x1F600;\u1112\u1161\u11ab": "😀한",
		"**굵게** 그대로":                      "**굵게** 그대로",
		"":                                "",
	} {
		if got := source.PlainText(in); got != want {
			t.Errorf("PlainText(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestSummarize holds C9: a limit in graphemes, no reliance on spaces, never inside a cluster.
func TestSummarize(t *testing.T) {
	sentence := "국회는 오늘 본회의를 열고 새해 예산안을 여야 합의로 처리했다고 국회사무처가 밝혔다. "
	family := "👨‍👩‍👧"
	for _, c := range []struct{ name, in, want string }{
		{"short", "<h2>제목</h2><p>본문 <b>굵게</b></p>", "제목 본문 굵게"},
		{"table", "<table><tr><th>구분</th><th>값</th></tr></table>", "구분 값"},
		{"script", "<script>x</script><style>y</style>가", "가"},
		{"sentence", "<p>" + strings.Repeat(sentence, 9), strings.TrimSpace(strings.Repeat(sentence, 4))},
		{"no spaces", strings.Repeat("가", 300), strings.Repeat("가", 200) + "…"},
		{"clusters", strings.Repeat(family, 300), strings.Repeat(family, 200) + "…"},
		{"words", strings.Repeat("가나다 ", 100), strings.TrimSpace(strings.Repeat("가나다 ", 50)) + "…"},
		{"number", strings.Repeat("가", 100) + " 1. " + strings.Repeat("나", 150), strings.Repeat("가", 100) + " 1.…"},
		{"exactly", strings.Repeat("가", 200), strings.Repeat("가", 200)},
		{"empty", "<p> </p>", ""},
	} {
		if got := source.Summarize(c.in); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	if got := source.Summarize("e" + strings.Repeat("\u0301", 1<<20)); len(got) > 9000 || !utf8.ValidString(got) {
		t.Errorf("one endless cluster: %d bytes", len(got))
	}
}

func TestExtractPage(t *testing.T) {
	for _, c := range []struct{ name, in, title, body string }{
		{"og:title, article", `<html><head><title>사이트 &amp; 글</title><meta property="og:title" content="글 &lt;1&gt;"/></head><body><nav>x</nav><article><p>본문</p><article>안</article></article><article>다른</article></body></html>`, "글 <1>", "<p>본문</p><article>안</article>"},
		{"title, main", "<title> 제목\n하나</title><main>본문</main>", "제목 하나", "본문"},
		{"h1, body", "<body class=a><h1>제<b>목</b></h1><p>글</body>", "제목", "<h1>제<b>목</b></h1><p>글"},
		{"nothing", "<p>글", "", "<p>글"},
		{"unclosed", "<title>가</title><article>나", "가", "나"},
	} {
		if title, body := source.ExtractPage(c.in); title != c.title || body != c.body {
			t.Errorf("%s: %q, %q", c.name, title, body)
		}
	}
}

func TestBeginsWithBlockTag(t *testing.T) {
	for in, want := range map[string]bool{
		"<p>": true, " \n<H2 class=x>": true, "<!-- c --><div>": true, "<!doctype html>": true, "\ufeff<ul>": true, "<img src=a>": true,
		"<b>": false, "<속보> 국회": false, "<3": false, "글 <p>": false, "<pp>": false, "<": false, "": false, "<span>": false, "<p": false,
	} {
		if source.BeginsWithBlockTag(in) != want {
			t.Errorf("%q: %v", in, !want)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add("<p><img data-src=a><h1>b", 0)
	f.Add("# a\n\n![b](c)\n<img src=d>", 1)
	f.Fuzz(func(t *testing.T, text string, kind int) {
		markup := []source.Markup{source.HTML, source.Markdown, source.Text}[uint(kind)%3]
		o := source.Scan(source.Body{Markup: markup, Text: text})
		if !utf8.ValidString(o.Heading) || !utf8.ValidString(o.FirstLine) || strings.ContainsAny(o.Heading+o.FirstLine, "\n\x00") {
			t.Fatalf("%+v", o)
		}
		source.ExtractPage(text)
		source.BeginsWithBlockTag(text)
	})
}

func FuzzPlainText(f *testing.F) {
	f.Add("<3 R&D &lt;b&gt; <b x='>'>")
	f.Fuzz(func(t *testing.T, text string) {
		plain := source.PlainText(text)
		if !utf8.ValidString(plain) || strings.TrimSpace(plain) != plain || strings.ContainsAny(plain, "\n\x00\x08\ufffe") {
			t.Fatalf("%q -> %q", text, plain)
		}
		source.Summarize(text)
		source.Slug(text)
	})
}
