package marks_test

import (
	"strings"
	"testing"

	"herald/source"
	"herald/source/marks"
)

var facts = marks.Facts{
	URL: "https://news.example.org/blog", Title: "아침 신문",
	Field: func(name string) (string, bool) {
		v, ok := map[string]string{"title": "눈 <오는> 날", "cover": "/img/눈 길.png"}[name]
		return v, ok
	},
	Reference: func(tag string) (string, bool) {
		for _, to := range []string{"눈", "a.md"} {
			if strings.Contains(tag, to) {
				return "ref:" + to, true
			}
		}
		return "", false
	},
	Include: func(name string) (string, bool) {
		v, ok := map[string]string{"plain.html": "<p>꼬리말</p>\n", "loop.html": "{% for a in b %}{% endfor %}", "figure.html": "<img src={{ include.src }}>"}[name]
		return v, ok
	},
}

func resolve(markup source.Markup, text string) marks.Result {
	return marks.Resolve(source.Body{Markup: markup, Text: text}, facts)
}

type sample struct{ name, in, want string }

// check resolves Markdown.
func check(t *testing.T, f marks.Facts, samples []sample) {
	t.Helper()
	for _, c := range samples {
		if got := marks.Resolve(source.Body{Markup: source.Markdown, Text: c.in}, f).Text; got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// same are texts in which nothing is a mark.
func same(t *testing.T, markup source.Markup, texts []string) {
	t.Helper()
	for _, text := range texts {
		if got := resolve(markup, text); got.Text != text || got.Dropped != nil {
			t.Errorf("got %q and dropped %q, want the text as it was:\n%q", got.Text, got.Dropped, text)
		}
	}
}

func TestCodeStays(t *testing.T) {
	same(t, source.Markdown, []string{
		"```\n{{ a }} {:ok, b} {#c}\n[TOC]\n::: d\n{% if e %}\n```",
		"~~~ js {1,3}\nimport A from \"a\"\n{/* x */}\n~~~\n\n끝",
		"글\n\n    {{ a }}\n\n    {% include b.html %}\n    ::: c\n",
		"> ```\n> {{ a }}\n>\n> [!NOTE]\n> ```\n> 뒤",
		"- 하나\n\n  1. 둘\n\n     > ~~~\n     > ${{ secrets.X }}\n     > ~~~\n\n         {{ 들여쓴 }}\n",
		"[^1]: 주\n\n        {{ a }}\n\n글[^1]",
		"`{{ a }}` ``{% b ` %}`` `{:.c}` `x{#d}`",
		"`여러\n{{ 줄 }}\n코드`",
		"<pre>\n{{ a }}\n\n{% b %}\n</pre>\n\n<code>{{ c }}</code> 글 <CODE class=x>{#d}</CODE>",
		"<script>\nlet a = {{ b }}\n</script>\n\n<!-- {{ c }} -->\n\n<div>\n<pre>{% d %}\n\n{{ e }}</pre>\n</div>",
		"\t{{ 탭 }}\n\n-\t글\n\n\t\t{{ 목록 속 탭 }}",
		"```\n{% raw %}\n```",                // an example without an end
		"`{% raw %}` … `{% endraw %}` 글",     // examples of both
		"`{% highlight %}` 글 {#아님 x}",        // no mark is open in code
		"``` {.python #id}\nx\n```",          // the words behind a fence are goldmark's
		"```liquid\n{% comment %}\n```\n\n글", // nothing is looked for behind code
	})
	same(t, source.HTML, []string{
		"<pre>{{ a }}</pre><code>{% b %}</code><script>{{ c }}</script><!-- {% d %} --><textarea>{{ e }}</textarea>",
		"<p>{:.a} {#b} ::: [TOC] > [!NOTE]</p>",
	})
	same(t, source.Text, []string{"{{ a }} {% b %} {:.c}"})
}

func TestTextThatLooksLikeMarks(t *testing.T) {
	same(t, source.Markdown, []string{
		"{{ .Title }} {{ $x }} {{}} {{ 1 \\over 2 }}", "x_{i=1}^{n} \\frac{{a}_1}{b} \\{#a}", "{a} {b, c} {} { } {1}",
		"함수(x){y} `a`{b}", "가::나 :: :: 다", ": 정의\n:: 둘", "::그리고", "[TOCTOU] [toc](#a) 글 [TOC] 글", "[!x] > [!NOTE]",
		"{:ok, x} = f()", "import 관세가 \"올랐다\"", "글\n\nimport os from \"os\"", "50% {% 100 %} %}", "{% %}", "a {% \n\n b %}",
	})
}

func TestRaw(t *testing.T) {
	check(t, facts, []sample{
		{"in text", "{% raw %}{{ a }}{% if b %}{% endraw %} {{ site.title }}", "{{ a }}{% if b %} 아침 신문"},
		{"around a span", "{% raw %}`{{ a }}`{% endraw %} 글", "`{{ a }}` 글"},
		{"in a span", "`{% raw %}{{ a }}{% endraw %}` 글", "`{{ a }}` 글"},
		{"in a fence", "```yaml\n{% raw %}\na: ${{ b }}\n{% endraw %}\n```", "```yaml\na: ${{ b }}\n```"},
		{"in a fence, in words", "~~~\nx{% raw %}{{ a }}{%- endraw -%}y\n~~~", "~~~\nx{{ a }}y\n~~~"},
		{"around a fence", "{% raw %}\n```\n{{ a }}\n```\n{% endraw %}\n글", "\n```\n{{ a }}\n```\n\n글"},
		{"in a fence in a list", "- ```\n  {% raw %}\n  {{ a }}\n  {% endraw %}\n  ```", "- ```\n  {{ a }}\n  ```"},
		{"in indented code", "글\n\n    {% raw %}\n    {{ a }}\n    {% endraw %}\n", "글\n\n    {{ a }}\n"},
		{"in HTML", "<pre>{% raw %}{{ a }}{% endraw %}</pre>", "<pre>{{ a }}</pre>"},
		{"attribute lists are no templates", "{% raw %}\n# 가 {#b}\n{{ c }}\n{% endraw %}", "\n# 가\n{{ c }}\n"},
		{"escaped shortcodes", "`{{</* figure */>}}` {{%/* b */%}} {{/* c() */}}\n```\n{{</* d */>}}\n```", "`{{< figure >}}` {{% b %}} {{ c() }}\n```\n{{< d >}}\n```"},
		{"Zola's end is not Liquid's", "`{% raw %}a` {% end %} 글", "`{% raw %}a`  글"},
		{"two", "{% raw %}{{ a }}{% endraw %}{{ x }}{% raw %}{{ b }}{% endraw %}", "{{ a }}{{ b }}"},
	})
}

func TestVerbatim(t *testing.T) {
	check(t, facts, []sample{
		{"Liquid", "{% highlight ruby linenos %}\n# 주석\n  a < b && *c*\n{% endhighlight %}\n뒤", "<!-- --><pre><code>&#35; 주석&#10;  a &#60; b &#38;&#38; &#42;c&#42;</code></pre>\n뒤"},
		{"Hugo", "앞\n\n{{< highlight go \"linenos=table\" >}}\n{{ a }}\n{{< /highlight >}}", "앞\n\n<!-- --><pre><code>&#123;&#123; a &#125;&#125;</code></pre>"},
		{"Hexo", "{% codeblock 제목 lang:js %}\nlet `a`\n{% endcodeblock %}", "<!-- --><figure><figcaption>제목</figcaption><pre><code>let &#96;a&#96;</code></pre></figure>"},
		{"in a list", "- 가\n\n  {% highlight c %}\n  x\n    y\n  {% endhighlight %}\n\n  나", "- 가\n\n  <!-- --><pre><code>x&#10;  y</code></pre>\n\n  나"},
		{"in a quotation", "> {% highlight c %}\n> x\n> {% endhighlight %}", "> <!-- --><pre><code>x</code></pre>"},
		{"a fence within", "{% highlight md %}\n```\n{% endhighlight %}\n\n{{ site.title }}", "<!-- --><pre><code>&#96;&#96;&#96;</code></pre>\n\n아침 신문"},
		{"protected within", "{% highlight liquid %}{% raw %}\n{{ a }}\n{% endraw %}{% endhighlight %}", "<!-- --><pre><code>&#123;&#123; a &#125;&#125;</code></pre>"},
		{"comment", "가\n{% comment %}\n```\n{% endcomment %}\n{{ site.title }}", "가\n\n아침 신문"},
		{"comments of Nunjucks", "가 {# 메모 #}나 {# a\nb #}다", "가 나 다"},
		{"without an end", "{% highlight c %}\n글", "\n글"},
	})
}

func TestValues(t *testing.T) {
	check(t, facts, []sample{
		{"site", "[가]({{ site.url }}{{ site.baseurl }}/b) {{ site.title }} {{ site[\"title\"] }}", "[가](https://news.example.org/blog/b) 아침 신문 아침 신문"},
		{"page", "{{ page.title }} {{ page.title | escape }}", "눈 <오는> 날 눈 &lt;오는&gt; 날"},
		{"relative", "[가]({{ '/b' | relative_url }}) ![나]({{ \"c d.png\" | relative_url }})", "[가](/blog/b) ![나](/blog/c%20d.png)"},
		{"absolute", "<a href=\"{{ \"/b\" | absolute_url }}\">가</a>", "<a href=\"https://news.example.org/blog/b\">가</a>"},
		{"prepend", "[가]({{ \"/b\" | prepend: site.baseurl | prepend: site.url }})", "[가](https://news.example.org/blog/b)"},
		{"in a reference", "[가]\n\n[가]: {{ site.baseurl }}/b \"제목\"", "[가]\n\n[가]: /blog/b \"제목\""},
		{"a field in an image", "![가]({{ page.cover | relative_url }})", "![가](/blog/img/눈%20길.png)"},
		{"in a table", "| a | b |\n|---|---|\n| {{ '/x' | relative_url }} | `{{ y }}` |", "| a | b |\n|---|---|\n| /blog/x | `{{ y }}` |"},
		{"assigned", "{% assign who = \"윤 기자\" %}\n{{ who }} {{ who | append: \"!\" }}", "\n윤 기자 윤 기자!"},
		{"set", "{% set who = '윤' %}{{ who }}", "윤"},
		{"captured", "{% capture who %}윤 {{ site.title }}{% endcapture %}<b>{{ who }}</b>", "<b>윤 아침 신문</b>"},
		{"a block that is set", "{% set who %}윤{% endset %}{{ who }}", "윤"},
		{"Hugo's parameter", "{{< param title >}}", "눈 <오는> 날"},
	})
}

func TestUnknownValues(t *testing.T) {
	check(t, facts, []sample{
		{"in words", "글 {{ site.x }} 글", "글  글"},
		{"alone on a line", "가\n{{ site.github.latest_release }}\n나", "가\n\n나"},
		{"in a link", "[가]({{ site.cdn }}/a) 글", "[가](about:invalid) 글"},
		{"in a share link", "[가](https://share.example.org/?u={{ site.url }}{{ page.url }})", "[가](about:invalid)"},
		{"in an attribute", "<a href='{{ x }}/b' class=\"{{ y }}\">가</a>", "<a href='about:invalid' class=\"\">가</a>"},
		{"a link of marks alone", "글\n\n- [{{ post.title }}]({{ post.url }})\n- 나", "글\n\n- 나"},
		{"an address of marks alone", "* <{{ release.url }}>\n* 나", "* 나"},
		{"a label", "크기\n  SIZE: {{ release.size }}\n  끝", "크기\n  끝"},
		{"an image stays", "<img src=\"/a.png\" width=\"{{ w }}\">", "<img src=\"/a.png\" width=\"\">"},
		{"an unknown filter", "{{ page.title | date: \"%Y\" }}글", "글"},
		{"indented text of a template", "{% assign r = site.data.releases | first %}\n\n* 글\n\n      SIZE: {{ r.size }}\n      SHA: {{ r.sha }}\n\n끝", "\n\n* 글\n\n\n끝"},
		{"code of other variables stays", "{% assign r = site.data.r | first %}\n\n    a: {{ s }}\n    b: {{ r.c }}\n", "\n\n    a: {{ s }}\n"},
	})
}

func TestFlow(t *testing.T) {
	check(t, facts, []sample{
		{"conditions", "{% if a %}\n가\n{% else %}\n나\n{% endif %}\n다", "\n가\n\n나\n\n다"},
		{"conditions in words", "가 {% if a %}나{% endif %} 다", "가 나 다"},
		{"in HTML no empty line is left", "<ul>\n{% if a %}\n    <li>가</li>\n{% endif %}\n</ul>", "<ul>\n    <li>가</li>\n</ul>"},
		{"a loop with its variable", "가\n{% for p in site.posts %}\n- [{{ p.title }}]({{ p.url }})\n  글\n{% endfor %}\n나", "가\n\n나"},
		{"nested loops", "{% for a in b %}\n{% for c in a.d %}\n{{ c }}\n{% endfor %}\n글\n{% endfor %}\n나", "\n나"},
		{"a loop without its variable", "{% for i in (1..3) %}\n가\n{% endfor %}", "\n가\n"},
		{"a list item", "- {% include x %}\n- 가", "\n- 가"},
		{"include", "앞\n\n{% include plain.html %}\n\n뒤", "앞\n\n<p>꼬리말</p>\n\n뒤"},
		{"include of a template", "{% include loop.html %}\n뒤 {% include ../secret %}", "\n뒤 "},
		{"include that says what it shows", "{% include figure.html src=\"/a.png\" alt=\"가\" caption=\"나\" %}", "<!-- --><figure><img src=\"/a.png\" alt=\"가\"><figcaption>나</figcaption></figure>"},
	})
}

func TestReferences(t *testing.T) {
	check(t, facts, []sample{
		{"post_url", "[가]({% post_url 2024-01-05-눈 %}#b) 글", "[가](ref:눈#b) 글"},
		{"the base URL before it goes", "[가]({{ site.baseurl }}{% link _posts/a.md %})", "[가](ref:a.md)"},
		{"in an attribute", "<a href=\"{% post_url 눈 %}\">가</a> <a href={% post_url 눈 %}>나</a>", "<a href=\"ref:눈\">가</a> <a href=ref:눈>나</a>"},
		{"Hugo", "[가]({{< ref \"/post/a.md\" >}}) [나]({{% relref path=\"a.md\" %}})", "[가](ref:a.md) [나](ref:a.md)"},
		{"in a definition", "[가]\n\n[가]: {% post_url 눈 %}", "[가]\n\n[가]: ref:눈"},
		{"Hexo", "{% post_link 눈 '제 목' %}", "<!-- --><p><a href=\"ref:눈\">제 목</a></p>"},
		{"in words it says nothing", "글 {% post_url 눈 %}.", "글 ."},
		{"what is none", "[가]({% post_url b %}) 글", "[가](about:invalid) 글"},
		{"Hexo's link", "글 {% link 가 나 https://a.example.org/ %}.", "글 <a href=\"https://a.example.org/\">가 나</a>."},
	})
}

func TestMedia(t *testing.T) {
	check(t, facts, []sample{
		{"figure", "{{< figure src=\"/a.png\" title=\"가\" caption=\"나 *다*\" alt='라 \"마\"' link=\"/b\" >}}\n뒤 **글**",
			"<!-- --><figure><a href=\"/b\"><img src=\"/a.png\" alt=\"라 &quot;마&quot;\"></a><figcaption>가 – 나 &#42;다&#42;</figcaption></figure>\n뒤 **글**"},
		{"figure on several lines", "{{< figure\n  src=\"/a.png\"\n  alt=`가`\n>}}", "<!-- --><figure><img src=\"/a.png\" alt=\"가\"></figure>"},
		{"an image in words", "글 {% img left /a.png 300 200 가 나 %} 글", "글 <img src=\"/a.png\" alt=\"가 나\"> 글"},
		{"Hexo's asset", "{% asset_img 눈.jpg 눈 오는 날 %}", "<!-- --><figure><img src=\"눈.jpg\" alt=\"눈 오는 날\"></figure>"},
		{"Nunjucks", "{% image \"./a.jpg\", \"가\" %}", "<!-- --><figure><img src=\"./a.jpg\" alt=\"가\"></figure>"},
		{"youtube", "{{< youtube w7Ft2ymGmfc >}}", "<!-- --><p><a href=\"https://www.youtube.com/watch?v=w7Ft2ymGmfc\">https&#58;&#47;&#47;www&#46;youtube&#46;com&#47;watch&#63;v&#61;w7Ft2ymGmfc</a></p>"},
		{"youtube, named", "글 {{< youtube id=\"w7F\" title=\"영상\" >}} 글", "글 <a href=\"https://www.youtube.com/watch?v=w7F\">영상</a> 글"},
		{"Zola", "글 {{ youtube(id=\"w7F\", title=\"영상\") }}", "글 <a href=\"https://www.youtube.com/watch?v=w7F\">영상</a>"},
		{"vimeo", "글 {% vimeo 123 %}", "글 <a href=\"https://vimeo.com/123\">https&#58;&#47;&#47;vimeo&#46;com&#47;123</a>"},
		{"gist", "글 {{< gist jmooring 50a7482 \"a.html\" >}}", "글 <a href=\"https://gist.github.com/jmooring/50a7482\">https&#58;&#47;&#47;gist&#46;github&#46;com&#47;jmooring&#47;50a7482</a>"},
		{"x", "글 {{< x user=\"a_b\" id=\"12\" >}}", "글 <a href=\"https://x.com/a_b/status/12\">https&#58;&#47;&#47;x&#46;com&#47;a&#95;b&#47;status&#47;12</a>"},
		{"instagram", "글 {{< instagram CxOWiQNP2MO >}}", "글 <a href=\"https://www.instagram.com/p/CxOWiQNP2MO/\">https&#58;&#47;&#47;www&#46;instagram&#46;com&#47;p&#47;CxOWiQNP2MO&#47;</a>"},
		{"details", "{{< details summary=\"보기\" >}}\n**글**\n{{< /details >}}", "<!-- --><details><summary>보기</summary>\n**글**\n<!-- --></details>"},
		{"blockquote", "{% blockquote 윤 기자 %}\n글\n{% endblockquote %}\n뒤", "<!-- --><blockquote><p>윤 기자</p>\n글\n<!-- --></blockquote>\n뒤"},
		{"blockquote in a list, on one line", "- {% blockquote %}글{% endblockquote %} 뒤", "- <!-- --><blockquote>\n  글\n  <!-- --></blockquote>\n  뒤"},
		{"an address that is none", "글 {{< youtube \"javascript:x\" >}}", "글 "},
	})
}

func TestAttributeLists(t *testing.T) {
	check(t, facts, []sample{
		{"headings", "# 가 {#b .c}\n## 나 {.d}\n### 다 {: #e}\n#### 라 ### {#f}\n마 {#g}\n===\n", "# 가\n## 나\n### 다\n#### 라 ###\n마\n===\n"},
		{"images and links", "![가](a.png){width=300} [나](b){:target=\"_blank\"} ![다](c){ .d #e } [라][m]{.n}\n\n[m]: /x", "![가](a.png) [나](b) ![다](c) [라][m]\n\n[m]: /x"},
		{"an image at the end of a line", "![가](a.png) {width=50%}", "![가](a.png)"},
		{"code", "`가`{:.language-js} `나`{.js}", "`가` `나`"},
		{"emphasis", "**가**{:.b} _나_{: #c}", "**가** _나_"},
		{"a phrase in brackets", "글 [가 나]{.small} 글", "글 가 나 글"},
		{"paragraphs", "가\n{: .lead}\n\n나\n{:.a #b key=\"c d\"}\n\n다\n{#d}", "가\n\n\n나\n\n\n다\n"},
		{"items", "- {:.a} 가\n- 나\n{: .b}", "-  가\n- 나\n"},
		{"quotations", "> 가\n> {: .b}\n> 나", "> 가\n>\n> 나"},
		{"a table of contents", "* 차례\n{:toc}\n\n글\n\n1. 이것\n{: toc}", "\n\n글\n\n"},
		{"no_toc", "## 가\n{:.no_toc}\n\n## 나 {:.no_toc}", "## 가\n\n\n## 나"},
		{"names of lists", "{:ref: .a .b}\n\n가\n{:ref}", "\n\n가\n"},
		{"extensions", "{::options parse_block_html=\"true\" /}\n{::comment}\n가\n{:/comment}\n{::nomarkdown}나{:/}", "\n\n나"},
		{"in HTML", "<div>\n- 가\n{:class=\"b\"}\n</div>", "<div>\n- 가\n</div>"},
		{"on two lines", "![가](b){: .c\nwidth=\"1\"} 글", "![가](b) 글"},
		{"not before a text", "가 {#b} 나", "가 {#b} 나"},
	})
}

func TestContainers(t *testing.T) {
	check(t, facts, []sample{
		{"Docusaurus", ":::note[제목]\n글\n:::\n뒤", "\n**제목**\n\n글\n\n뒤"},
		{"VitePress", "::: info 제목 둘\n글\n:::", "\n**제목 둘**\n\n글\n"},
		{"Pandoc", "::: {.note #a}\n글\n\n:::: b\n글\n::::\n\n:::", "\n글\n\n\n글\n\n\n"},
		{"without a title", ":::tip\n글\n:::", "\n글\n"},
		{"title with marks", ":::note[**제목**]\n글\n:::", "\n**제목**\n\n글\n"},
		{"behind HTML", "<details>\n<p>글</p>\n</details>\n:::\n\n뒤", "<details>\n<p>글</p>\n</details>\n\n\n뒤"},
		{"in a list", "- 가\n\n  :::note[제목]\n  글\n  :::", "- 가\n\n\n  **제목**\n\n  글\n"},
		{"a leaf", "::youtube[영상]{#abc}\n글", "\n**영상**\n\n글"},
		{"alerts", "> [!NOTE]\n> 알림\n\n> [!tip]- 제목\n> 글", "> 알림\n\n>\n> **제목**\n>\n> 글"},
		{"tables of contents", "[TOC]\n\n[[toc]]\n\n${toc}\n\n@[toc]\n\n{{% toc %}}\n\n{:toc}\n글", "\n\n\n\n\n\n\n\n\n\n\n글"},
	})
}

func TestMDX(t *testing.T) {
	mdx := facts
	mdx.MDX = true
	check(t, mdx, []sample{
		{"modules", "import A from './a'\nimport {\n  b,\n} from 'c'\nexport const d = {\n  e: 1,\n\n  f: 2,\n}\n\n글", "\n글"},
		{"comments", "# 가 {/* 메모 */}\n\n{/*\n여러\n*/}\n글", "# 가 \n\n\n글"},
		{"expressions", "가{\" \"}나 {props.x} {`글`} {frontmatter.title}", "가 나  글 눈 <오는> 날"},
		{"components", "<Box tone=\"calm\" x={() => { a > b }} client:load>글 **굵게**</Box> <Chart data={x} />", "글 **굵게** "},
		{"elements", "<div style={{a: 1}} className=\"b\">글</div><img src={\"/a.png\"} alt='가'/>", "<div>글</div><img src=\"/a.png\" alt=\"가\"/>"},
		{"images", "<Image src=\"/a.png\" alt=\"가\" width={3} />", "<img src=\"/a.png\" alt=\"가\">"},
		{"indentation", "<Tabs>\n  <Tab label=\"가\">\n\n    글\n\n    ```js\n    a {\n      b\n    ```\n\n  </Tab>\n</Tabs>", "\n\n글\n\n```js\na {\n  b\n```\n\n"},
		{"code", "`{a}` \n\n```\nimport A from 'a'\n<B x={1}>\n```", "`{a}` \n\n```\nimport A from 'a'\n<B x={1}>\n```"},
		{"fragments", "<>글</>", "글"},
		{"text", "a < b, {}", "a < b, "},
	})
	check(t, facts, []sample{
		{"Markdown that begins with imports", "import A from \"../A.astro\"\n\n글", "\n\n글"},
		{"Markdown that uses them", "글\n\nimport { A } from '../a';\n\n<A />", "글\n\n\n\n<A />"},
		{"comments", "### 가 {/*b*/}", "### 가 "},
		{"braces are text", "글 {x} <b y=1>", "글 {x} <b y=1>"},
		{"tags of JSX", "<div style={{display: 'flex'}}>글 <B y={() => 1 > 2}>둘</B></div>", "<div>글 둘</B></div>"},
	})
}

func TestWrappers(t *testing.T) {
	check(t, facts, []sample{
		{"Hugo", "{{< notice tip >}}\n글 **굵게**\n{{< /notice >}}\n뒤", "\n글 **굵게**\n\n뒤"},
		{"with a title", "{{% callout title=\"주의\" %}}\n글\n{{% /callout %}}", "<!-- --><p><strong>주의</strong></p>\n글\n"},
		{"Hexo", "{% note warn %}\n글\n{% endnote %}", "\n글\n"},
		{"Zola", "{% tip(title=\"주의\") %}\n글\n{% end %}", "<!-- --><p><strong>주의</strong></p>\n글\n"},
	})
	for text, want := range map[string]int{"{{< notice >}}글{{< /notice >}}": 0, "{{< notice >}}글": 1, "{% if a %}글{% endif %}": 1, "{% note %}글{% endnote %} {{ x }}": 1} {
		if got := resolve(source.Markdown, text).Dropped; len(got) != want {
			t.Errorf("%s: dropped %q, want %d names", text, got, want)
		}
	}
}
