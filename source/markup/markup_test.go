package markup_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/microcosm-cc/bluemonday"

	"herald/source"
	"herald/source/marks"
	"herald/source/markup"
	"herald/source/reader"
	"herald/source/safehtml"
)

const page = "https://news.example.org/정치/글/"

// render renders a body as it is after reading: without marks.
func render(b source.Body) string { return markup.Render(resolved(b), page) }

// resolved returns a body as it is after reading.
func resolved(b source.Body) source.Body {
	b.Text = markup.ResolveMarks(b, marks.Facts{}).Text
	return b
}

func TestRenderHTML(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"C1 relative URLs", `<p><a href="../b">b</a><img src="c.png" srcset="c.png 1x, /d.png 2x"></p>`,
			`<p><a href="https://news.example.org/%EC%A0%95%EC%B9%98/b">b</a><img src="https://news.example.org/%EC%A0%95%EC%B9%98/%EA%B8%80/c.png" srcset="https://news.example.org/%EC%A0%95%EC%B9%98/%EA%B8%80/c.png 1x, https://news.example.org/d.png 2x"></p>`},
		{"C1 media", `<video src=a.mp4 poster=/p.jpg autoplay><source src="//cdn.example.org/a.webm" type="video/webm"></video>`,
			`<video src="https://news.example.org/%EC%A0%95%EC%B9%98/%EA%B8%80/a.mp4" poster="https://news.example.org/p.jpg" controls=""><source src="https://cdn.example.org/a.webm" type="video/webm"></video>`},
		{"C1 cite", `<blockquote cite="/q">인용</blockquote>`, `<blockquote cite="https://news.example.org/q">인용</blockquote>`},
		{"C1 mail and phone stay", `<a href="mailto:desk@example.org">편집국</a> <a href="tel:+82-2-123">전화</a>`,
			`<a href="mailto:desk@example.org">편집국</a> <a href="tel:+82-2-123">전화</a>`},
		{"C3 text that looks like markup", "<p>]]&gt; &amp;lt; &lt;!-- 1 < 2 --&gt;</p>", "<p>]]&gt; &amp;lt; &lt;!-- 1 &lt; 2 --&gt;</p>"},
		{"C5 liquid", `<p>{% if a %}앞{% endif %}{{ page.title }}뒤 <a href="{{ "/x" | relative_url }}">링크</a></p><pre>{{ code }}</pre>`,
			"<p>앞뒤 <a href=\"https://news.example.org/x\">링크</a></p>\n<pre>{{ code }}</pre>"},
		{"C11 data-src", `<img src="data:image/gif;base64,R0" data-src="/a.jpg" alt="속보">`, `<img src="https://news.example.org/a.jpg" alt="속보">`},
		{"C11 data-srcset", `<img class="lazyload" src="/blank.gif" data-srcset="/a.jpg 1x" data-original="/a.jpg">`,
			`<img src="https://news.example.org/a.jpg" srcset="https://news.example.org/a.jpg 1x">`},
		{"C11 noscript", `<p><img src="/blank.gif"> <noscript><img src="/true.jpg"></noscript>뒤</p>`, `<p><img src="https://news.example.org/true.jpg"> 뒤</p>`},
		{"C11 a pixel in noscript counts readers", `<p>앞<noscript><img width="1" height="1" src="/count.gif"></noscript>뒤</p>`, `<p>앞뒤</p>`},
		{"C11 a pixel does not take the image's place", `<p><img src="/true.jpg"><noscript><img height=1 width=1 src="/count.gif"></noscript></p>`, `<p><img src="https://news.example.org/true.jpg"></p>`},
		{"C11 a line in noscript is no pixel", `<p><noscript><img width="1" height="20" src="/line.png"></noscript></p>`, `<p><img width="1" height="20" src="https://news.example.org/line.png"></p>`},
		{"C11 a dot outside of noscript stays", `<p><img width="1" height="1" src="/dot.png"></p>`, `<p><img width="1" height="1" src="https://news.example.org/dot.png"></p>`},
		{"C12 fragment", `<a href="#fn:1">1</a>`, `<a href="https://news.example.org/%EC%A0%95%EC%B9%98/%EA%B8%80/#fn:1">1</a>`},
		{"C13 iframe", `<iframe src="https://www.youtube.com/embed/x" title="영상"><p>no</iframe>`, `<p><a href="https://www.youtube.com/embed/x">영상</a></p>`},
		{"C13 iframe in a paragraph", `<p>앞 <iframe src="/e"></iframe></p>`, `<p>앞 <a href="https://news.example.org/e">https://news.example.org/e</a></p>`},
		{"C13 unknown elements", `<x-card a=b><p>본문</p></x-card><font color=red>색</font>`, "<p>본문</p>\n색"},
		{"C13 pre", "<pre>  a\n\n   b </pre>", "<pre>  a\n\n   b </pre>"},
		{"X1 script", `<p onclick="x()" style="a" class="b" data-ke-size="size16" id="c">가<script>alert(1)</script><style>p{}</style></p>`, `<p>가</p>`},
		{"X1 schemes", `<a href="javascript:alert(1)">가</a><a href=" JaVa	script:x">나</a><a href="data:text/html,x">다</a><img src="data:image/png;base64,x"><a href="vbscript:x">라</a>`, `가나다라`},
		{"X1 entity scheme", `<a href="&#106;avascript&colon;alert(1)">가</a>`, `가`},
		{"X1 svg", `<svg onload=alert(1)><a xlink:href="javascript:x">가</a></svg>나`, `나`},
		{"X1 attribute break", `<img src=x alt='"><script>x</script>'>`, `<img src="https://news.example.org/%EC%A0%95%EC%B9%98/%EA%B8%80/x" alt="&quot;&gt;&lt;script&gt;x&lt;/script&gt;">`},
		{"X1 unclosed script", `<p>가</p><script>x`, `<p>가</p>`},
		{"balance", `<p>가<p>나<ul><li>하나<li>둘</ul><b>굵게`, "<p>가</p>\n<p>나</p>\n<ul><li>하나</li>\n<li>둘</li>\n</ul>\n<b>굵게</b>"},
		{"table", `<table><tr><td>가<td>나<tr><td>다</table>`, "<table><tr><td>가</td>\n<td>나</td>\n</tr>\n<tr><td>다</td>\n</tr>\n</table>"},
		{"cells without table", `<td>가</td>나`, `가나`},
		{"white space", " <p>\n 가  나\t<b> 다 </b> </p>\n\n\n<p>라", "<p>가 나 <b>다 </b></p>\n<p>라</p>"},
		{"nbsp means something", "<p>&nbsp;</p>", "<p>\u00a0</p>"},
		{"control characters", "<p>가&#8;나&#xFFFE;다</p>", "<p>가나다</p>"},
		{"NFC", "<p>\u1112\u1161\u11ab</p>", "<p>한</p>"},
	} {
		got := render(source.Body{Markup: source.HTML, Text: c.in})
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		if again := markup.Render(source.Body{Markup: source.HTML, Text: got}, page); again != got {
			t.Errorf("%s: a second pass makes\n     %s\nfrom %s", c.name, again, got)
		}
	}
}

func TestRenderMarkdown(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraph", "첫 문단\n이어서\n\n둘째", "<p>첫 문단 이어서</p>\n<p>둘째</p>"},
		{"hard break", "가  \n나", "<p>가<br>\n나</p>"},
		{"heading without id", "## 제목 하나 {#id}", "<h2>제목 하나</h2>"},
		{"C5 kramdown", "* 차례\n{:toc}\n\n문단\n{: .lead}\n\n[a](/b){:target=\"_blank\"}", "<p>문단</p>\n<p><a href=\"https://news.example.org/b\">a</a></p>"},
		{"C5 code stays", "`{% raw %}` 글\n\n```\n{{ x }} {:.a}\n```", "<p><code>{% raw %}</code> 글</p>\n<pre><code>{{ x }} {:.a}\n</code></pre>"},
		{"C5 raw and comment", "{% raw %}{{ a }}{% endraw %}{% comment %}b{% endcomment %}", "<p>{{ a }}</p>"},
		{"C5 highlight", "{% highlight go %}\na < b\n{% endhighlight %}", "<pre><code>a &lt; b</code></pre>"},
		{"GFM", "~~가~~ https://example.org/a", `<p><del>가</del> <a href="https://example.org/a">https://example.org/a</a></p>`},
		{"table", "|a|b|\n|-|:-:|\n|1|2|", "<table><thead><tr><th>a</th>\n<th align=\"center\">b</th>\n</tr>\n</thead>\n<tbody><tr><td>1</td>\n<td align=\"center\">2</td>\n</tr>\n</tbody>\n</table>"},
		{"C12 footnote", "본문[^1]\n\n[^1]: 주", "<p>본문<sup id=\"xe056ce0c-fnref:1\"><a href=\"#xe056ce0c-fn:1\">1</a></sup></p>\n<div><hr>\n<ol><li id=\"xe056ce0c-fn:1\"><p>주\u00a0<a href=\"#xe056ce0c-fnref:1\">↩︎</a></p>\n</li>\n</ol>\n</div>"},
		{"HTML inside", "<div onclick=x>\n\n**굵게**\n\n</div>", "<div><p><strong>굵게</strong></p>\n</div>"},
		{"script", "가\n\n<script>x</script>", "<p>가</p>"},
		{"Korean emphasis", "그는 **\"인용\"**이라고, 또**(강조)** **보통** 글", "<p>그는 <strong>\"인용\"</strong>이라고, 또<strong>(강조)</strong> <strong>보통</strong> 글</p>"},
		{"code keeps its stars", "`**\"a\"**b`", "<p><code>**\"a\"**b</code></p>"},
		{"long rule", "가\n\n" + strings.Repeat("-", 80) + "\n\n나", "<p>가</p>\n<hr>\n<p>나</p>"},
		{"CRLF", "가\r\n\r\n나", "<p>가</p>\n<p>나</p>"},
	} {
		got := render(source.Body{Markup: source.Markdown, Text: c.in})
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestRenderText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"blank lines", "첫 줄\n둘째 줄\n\n다음", "<p>첫 줄<br>\n둘째 줄</p>\n<p>다음</p>"},
		{"no blank lines", "첫 줄\n둘째 줄", "<p>첫 줄</p>\n<p>둘째 줄</p>"},
		{"blank lines around are none", "\n\n첫 줄\n둘째 줄\n\n", "<p>첫 줄</p>\n<p>둘째 줄</p>"},
		{"blank in any script", "첫 줄\n둘째 줄\n\u3000\u00a0\n다음", "<p>첫 줄<br>\n둘째 줄</p>\n<p>다음</p>"},
		{"numbers", "2024\n1. 하나\n-5도\n", "<p>2024</p>\n<p>1. 하나</p>\n<p>-5도</p>"},
		{"table of equal rows only", "가 | 나 |\n다 | 라 |\n마 | 바", "<table><tr><td>가</td>\n<td>나</td>\n</tr>\n<tr><td>다</td>\n<td>라</td>\n</tr>\n</table>\n<p>마 | 바</p>"},
		{"list", "소식\n- 하나\n- 둘\n끝", "<p>소식</p>\n<ul><li>하나</li>\n<li>둘</li>\n</ul>\n<p>끝</p>"},
		{"table", "구분 | 값 |\n가 | 1 |", "<table><tr><td>구분</td>\n<td>값</td>\n</tr>\n<tr><td>가</td>\n<td>1</td>\n</tr>\n</table>"},
		{"one line with bars", "가 | 나", "<p>가 | 나</p>"},
		{"markup is text", "<b>1 < 2</b> & {{ a }}", "<p>&lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; {{ a }}</p>"},
	} {
		got := render(source.Body{Markup: source.Text, Text: c.in})
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestRenderBounds renders what is made to hurt; each case would take minutes if any step were quadratic.
func TestRenderBounds(t *testing.T) {
	const n = 1 << 17
	for name, text := range map[string]string{
		"deep":       strings.Repeat("<div>", n),
		"inline":     strings.Repeat("<b>", n/16),
		"table":      "<table>" + strings.Repeat("<td>", n),
		"quotations": strings.Repeat("> ", n),
		"lists":      strings.Repeat("- ", n),
		"links":      strings.Repeat("[a](", n/8),
		"comments":   strings.Repeat("<!--", n),
		"marks":      strings.Repeat("{% raw %}<pre {{x}} {:", n/16),
		"line":       strings.Repeat("가나다 ", n),
		"attributes": "<img " + strings.Repeat("a=b ", n) + ">",
	} {
		for _, kind := range []source.Markup{source.HTML, source.Markdown, source.Text} {
			body := source.Body{Markup: kind, Text: text}
			html := render(body)
			markup.Scan(body)
			reader.ContentDigest(&source.Article{Body: body})
			if s := safehtml.Summarize(html); len(s) > 9000 {
				t.Errorf("%s: a summary of %d bytes", name, len(s))
			}
		}
	}
}

// TestRenderHeadingID: the mark of a heading goes wherever it stands among the bytes that are searched together.
func TestRenderHeadingID(t *testing.T) {
	for n := range 20 {
		letters := strings.Repeat("a", n)
		for text, want := range map[string]string{
			"# 가" + letters + " {#b}\n\n나":    "<h1>가" + letters + "</h1>",
			"# 가" + letters + " {#b} 나":       "{#b}",
			"# 가" + letters + "{#b}":          "{#b}",
			"# 가" + letters + "  {#b}":        "<h1>가" + letters + "</h1>",
			"# 가" + letters + " {{x}} {#b}\n": "<h1>가" + letters + "</h1>",
		} {
			if html := render(source.Body{Markup: source.Markdown, Text: text}); !strings.Contains(html, want) {
				t.Errorf("%q gives %q, want %q in it", text, html, want)
			}
		}
	}
}

// safePolicy is an independent sanitiser that allows what Render promises at most.
func safePolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowElements("a", "abbr", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video", "wbr")
	p.AllowAttrs("title", "lang", "dir", "href", "src", "srcset", "sizes", "width", "height", "alt", "poster", "type", "media", "cite", "datetime", "colspan", "rowspan", "align", "span", "start", "reversed", "value", "controls").Globally()
	p.AllowAttrs("id").Matching(regexp.MustCompile("^x[0-9a-f]{8}-.")).Globally()
	p.AllowRelativeURLs(true) // of links to such ids
	p.AllowNoAttrs().OnElements("a", "img", "source", "video", "audio")
	return p
}

func FuzzRender(f *testing.F) {
	f.Add("<p>가<a href=x>나</a><img src=y data-src=z>", 0)
	f.Add("# 제목\n\n* a\n{:toc}\n`{{x}}` {% raw %}<b>{% endraw %}", 1)
	f.Add("a | b\nc | d\n- e\n\nf", 2)
	f.Add("<table><td><pre> a <table></pre>\n<li>b<iframe src=/c>", 0)
	policy := safePolicy()
	f.Fuzz(func(t *testing.T, text string, kind int) {
		markups := []source.Markup{source.HTML, source.Markdown, source.Text}
		body := source.Body{Markup: markups[uint(kind)%3], Text: text}
		html := render(body)
		if html != render(body) {
			t.Fatal("two results from one body")
		}
		again := markup.Render(source.Body{Markup: source.HTML, Text: html}, page)
		if again != html {
			t.Fatalf("not idempotent:\n%q\n%q\n%q", text, html, again)
		}
		plain := strings.NewReplacer("&#39;", "'", "&#34;", "&quot;", `"`, "&quot;").Replace
		if checked := policy.Sanitize(html); plain(checked) != plain(html) {
			t.Fatalf("an independent sanitiser changes it:\n%q\n%q", html, checked)
		}
	})
}
