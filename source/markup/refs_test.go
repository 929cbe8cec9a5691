package markup_test

import (
	"slices"
	"strings"
	"testing"

	"herald/source"
	"herald/source/markup"
)

const (
	here  = "https://news.example.org/글/"
	there = "https://news.example.org/2024/03/02/%EC%9E%A5%ED%84%B0(1).html"
)

func toFile(target string) source.Ref { return source.Ref{Kind: source.RefFile, Target: target} }
func toPost(target string) source.Ref { return source.Ref{Kind: source.RefPost, Target: target} }
func toPage(target string) source.Ref { return source.Ref{Kind: source.RefPage, Target: target} }
func toStatic(target string) source.Ref {
	return source.Ref{Kind: source.RefStatic, Target: target}
}
func toName(target string) source.Ref { return source.Ref{Kind: source.RefName, Target: target} }

// refCases are links as the authors of each generator write them, with what they name.
func refCases() map[string]struct {
	markup source.Markup
	body   string
	ref    source.Ref
	place  string // behind the URL
} {
	type one = struct {
		markup source.Markup
		body   string
		ref    source.Ref
		place  string
	}
	md, html := source.Markdown, source.HTML
	return map[string]one{
		"post_url":                 {md, "[장터]({% post_url 2024-03-02-market %})", toPost("2024-03-02-market"), ""},
		"post_url in a folder":     {md, "[장터]({%- post_url /news/2024-03-02-market -%})", toPost("news/2024-03-02-market"), ""},
		"post_url and a place":     {md, "[장터]({% post_url 2024-03-02-market %}#fish)", toPost("2024-03-02-market"), "#fish"},
		"post_url behind baseurl":  {md, "[장터]({{ site.baseurl }}{% post_url 2024-03-02-market %})", toPost("2024-03-02-market"), ""},
		"post_url behind a path":   {md, "[장터](/blog{% post_url 2024-03-02-market %})", toPost("2024-03-02-market"), ""},
		"post_url behind a host":   {md, "[장터](https://news.example.org{% post_url 2024-03-02-market %})", toPost("2024-03-02-market"), ""},
		"post_url behind a space":  {md, "[장터]( {% post_url 2024-03-02-market %} )", toPost("2024-03-02-market"), ""},
		"post_url with a title":    {md, `[장터]({% post_url 2024-03-02-market %} "봄")`, toPost("2024-03-02-market"), ""},
		"post_url in a definition": {md, "[장터][1]\n\n[1]: {% post_url 2024-03-02-market %}\n", toPost("2024-03-02-market"), ""},
		"post_url in brackets":     {md, "[장터](<{% post_url 2024-03-02-market %}>)", toPost("2024-03-02-market"), ""},
		"post_url in an attribute": {md, `<a href="{% post_url 2024-03-02-market %}">장터</a>`, toPost("2024-03-02-market"), ""},
		"post_url in HTML":         {html, `<p><a class=x href='{{site.url}}{% post_url 2024-03-02-market %}'>장터</a>`, toPost("2024-03-02-market"), ""},
		"post_url unquoted":        {html, `<p><a href={% post_url 2024-03-02-market %}>장터</a>`, toPost("2024-03-02-market"), ""},
		"link":                     {md, "[장터]({% link _posts/2024-03-02-market.md %})", toFile("/_posts/2024-03-02-market.md"), ""},
		"link to a page":           {md, "[장터]({{ site.baseurl }}{% link /about/장터.html %})", toFile("/about/장터.html"), ""},
		"link to a file":           {md, "[장터]({% link files/장터 1.pdf %})", toStatic("/files/장터 1.pdf"), ""},
		"post_path":                {md, "[장터]({% post_path market %})", toName("market"), ""},
		"ref":                      {md, `[장터]({{< ref "market.md" >}})`, toPage("market.md"), ""},
		"ref without extension":    {md, `[장터]({{< ref "/news/market" >}})`, toPage("/news/market"), ""},
		"ref and a place":          {md, `[장터]({{< ref "market.md#fish" >}})`, toPage("market.md"), "#fish"},
		"ref by name of argument":  {md, `[장터]({{< ref lang="ko" path="market.md" >}})`, toPage("market.md"), ""},
		"ref of the page":          {md, `[장터]({{< ref . "market.md" >}})`, toPage("market.md"), ""},
		"relref":                   {md, "[장터]({{% relref `../market.md` %}})", toPage("../market.md"), ""},
		"relref in an attribute":   {md, `<a href="{{< relref "market.md" >}}">장터</a>`, toPage("market.md"), ""},
		"Zola":                     {md, "[장터](@/news/market.md)", toFile("/news/market.md"), ""},
		"Zola and a place":         {md, "[장터](@/news/market.md#fish)", toFile("/news/market.md"), "#fish"},
		"Docusaurus":               {md, "[장터](@site/docs/market.mdx)", toFile("/docs/market.mdx"), ""},
		"Pelican":                  {md, "[장터]({filename}/news/market.md)", toFile("/news/market.md"), ""},
		"Pelican of old":           {md, "[장터](|filename|market.rst)", toFile("market.rst"), ""},
		"beside it":                {md, "[장터](./market.md)", toFile("market.md"), ""},
		"above it":                 {md, "[장터](../news/./market.md#fish)", toFile("../news/market.md"), "#fish"},
		"below the root":           {md, "[장터](/docs/market.md?a=1#fish)", toFile("/docs/market.md"), "?a=1#fish"},
		"mdx":                      {md, "[장터](market.mdx)", toFile("market.mdx"), ""},
		"capitals":                 {md, "[장터](Market.MD)", toFile("Market.MD"), ""},
		"spaces":                   {md, "[장터](<봄 장터.md>)", toFile("봄 장터.md"), ""},
		"percent codes":            {md, "[장터](%EB%B4%84%20market.md)", toFile("봄 market.md"), ""},
		"a definition":             {md, "[장터]\n\n[장터]: ../market.md\n", toFile("../market.md"), ""},
		"an attribute":             {html, `<a href="../market.md">장터</a>`, toFile("../market.md"), ""},
		"wiki":                     {md, "[[장터]]", toName("장터"), ""},
		"wiki with a label":        {md, "[[Market day|장터]]", toName("Market day"), ""},
		"wiki and a heading":       {md, "[[news/market#Fresh fish!|장터]]", toName("news/market"), "#fresh-fish"},
		"wiki and a block":         {md, "[[market#^4fa2|장터]]", toName("market"), ""},
		"wiki in a table":          {md, "|a|\n|-|\n|[[market\\|장터]]|\n", toName("market"), ""},
	}
}

func TestALinkByNameHasTheURLOfWhatItNames(t *testing.T) {
	for name, c := range refCases() {
		t.Run(name, func(t *testing.T) {
			body := resolved(source.Body{Markup: c.markup, Text: c.body})
			if got := markup.Refs(body); !slices.Equal(got, []source.Ref{c.ref}) {
				t.Errorf("got %q, want %q", got, c.ref)
			}
			link := `<a href="` + there + c.place + `"`
			if got := markup.RenderLinked(body, here, markup.Links{c.ref: there}); !strings.Contains(got, link) || !strings.Contains(got, ">장터</a>") {
				t.Errorf("got %s, want %s", got, link)
			}
			for what, links := range map[string]markup.Links{"unknown": {c.ref: ""}, "not asked": nil} {
				got := markup.RenderLinked(body, here, links)
				isTag := strings.Contains(c.body, "{%") || strings.Contains(c.body, "{{")
				if strings.Contains(got, "<a") && (what == "unknown" || isTag) || !strings.Contains(got, "장터") || strings.Contains(got, "herald") {
					t.Errorf("%s: got %s, want the text without a link", what, got)
				}
			}
		})
	}
}

// What no author meant for a link to an article stays what it is.
func TestWhatNamesNoArticleStays(t *testing.T) {
	for name, c := range map[string]struct {
		body, want string
	}{
		"another host":     {"[a](https://x.example/b.md)", `<p><a href="https://x.example/b.md">a</a></p>`},
		"without a scheme": {"[a](//x.example/b.md)", `<p><a href="https://x.example/b.md">a</a></p>`},
		"a page":           {"[a](b.html) [c](d/) [e](#f)", `<p><a href="https://news.example.org/%EA%B8%80/b.html">a</a> <a href="https://news.example.org/%EA%B8%80/d/">c</a> <a href="https://news.example.org/%EA%B8%80/#f">e</a></p>`},
		"code":             {"`[a](b.md) [[c]] {% post_url 2024-03-02-x %}`", "<p><code>[a](b.md) [[c]] {% post_url 2024-03-02-x %}</code></p>"},
		"a number":         {"소식 [[1]] 끝", "<p>소식 [[1]] 끝</p>"},
		"a test":           {"if [[ -f x ]] fi", "<p>if [[ -f x ]] fi</p>"},
		"lists":            {"[[a, b], [c, d]]", "<p>[[a, b], [c, d]]</p>"},
		"an unknown name":  {"그 [[Prototype]] 칸", "<p>그 [[Prototype]] 칸</p>"},
		"an image":         {"![[그림.png]]", "<p>![[그림.png]]</p>"},
		"in brackets":      {"[[a]](https://x.example/)", `<p><a href="https://x.example/">[a]</a></p>`},
		"a label":          {"[[누구|그 사람]]은", "<p>그 사람은</p>"},
		"a tag in text":    {"글 {% post_url 2024-03-02-x %} 끝", "<p>글 끝</p>"},
		"nothing":          {"[a]() [b](<>) <a href=''>c</a>", "<p>a b c</p>"},
	} {
		t.Run(name, func(t *testing.T) {
			body := resolved(source.Body{Markup: source.Markdown, Text: c.body})
			links := markup.Links{}
			for _, ref := range markup.Refs(body) {
				links[ref] = ""
			}
			if got := markup.RenderLinked(body, here, links); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Whoever writes down what stands in a text for a reference gets no link by it, in whatever spelling.
func TestAReferenceCannotBeForged(t *testing.T) {
	ref := toPost("2024-03-02-market")
	for _, text := range []string{
		"[a](herald-ref:post:2024-03-02-market)", "[a](&#104;erald-ref:post:2024-03-02-market)", "[a](HERALD-REF:post:2024-03-02-market)",
		"<a href='herald-ref:post:2024-03-02-market'>a</a>", "<herald-ref:post:2024-03-02-market>", "[a](herald-ref:" + there + ")",
		"[a](herald-ref:)", "[a][b]\n\n[b]: herald-ref:post:2024-03-02-market",
	} {
		body := resolved(source.Body{Markup: source.Markdown, Text: text + "\n\n[b]({% post_url 2024-03-02-market %})"})
		got := markup.RenderLinked(body, here, markup.Links{ref: there})
		if strings.Count(got, "<a") != 1 || !strings.Contains(got, `<a href="`+there+`">b</a>`) {
			t.Errorf("%s: got %s, want one link", text, got)
		}
	}
}

// A URL stands in the document as it is, whatever characters mean in Markdown.
func TestURLsOfReferencesAreWhole(t *testing.T) {
	for _, url := range []string{there, "https://x.example/a_b_c*d*e(f", "https://x.example/?a=1&copy=2&lt", "https://x.example/a'b!~~d~~", "https://x.example/b.md"} {
		for _, text := range []string{"[가]({% post_url x %})", "[가]: {% post_url x %}\n\n[가]", `<a href='{% post_url x %}'>가</a>`, "[[x|가]]"} {
			got := markup.RenderLinked(resolved(source.Body{Markup: source.Markdown, Text: text}), here, markup.Links{toPost("x"): url, toName("x"): url})
			want := `<a href="` + strings.ReplaceAll(url, "&", "&amp;") + `">가</a>`
			if !strings.Contains(got, want) {
				t.Errorf("%s: got %s, want %s", text, got, want)
			}
		}
	}
}
