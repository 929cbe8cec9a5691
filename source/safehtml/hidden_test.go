package safehtml_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"herald/source/safehtml"
)

// TestHidden lists what a page hides, and how far.
func TestHidden(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"hidden", "a<span hidden>b</span>c", "ac"},
		{"any value means hidden", `a<p hidden="until-found">b</p><p HIDDEN=false>c</p>d`, "ad"},
		{"aria-hidden", `a<i aria-hidden=true>b</i><i aria-hidden="FALSE">c</i><i aria-hidden>d</i>`, "a<i>c</i><i>d</i>"},
		{"other attributes are not", `<p data-hidden=1 title=hidden>a</p>`, `<p title="hidden">a</p>`},
		{"elements for programs", "a<template><p>b</p></template><svg><title>c</title><path d=x /></svg><button type=button>d</button>e", "ae"},
		{"a formula once", "<math><semantics><mi>x</mi><annotation encoding=tex>x^2</annotation><annotation-xml><mi>y</mi></annotation-xml></semantics></math>", "x"},
		{"images", `<img src=/a aria-hidden="true"><img src=/b hidden>c`, "c"},
		{"elements of the same name in it", "<div hidden>a<div>b</div>c</div>d", "d"},
		{"all elements in it", "<section hidden><h2>a</h2><ul><li>b</ul><script>'</section>'</script></section><p>c", "<p>c</p>"},
		{"elements without end tags", "<div hidden><img src=/a><br><input>a</div>b", "b"},
		{"a drawing that ends itself", "a<svg class=icon />b", "ab"},
		{"HTML has no such end", "a<span hidden />b</span>c", "ac"},
		{"a paragraph ends before a block", "<p hidden>a<p>b<ul><li hidden>c<ul><li>d</ul><li>e</ul>", "<p>b</p>\n<ul><li>e</li>\n</ul>"},
		{"terms and cells", "<dl><dt hidden>a<dd>b</dl><table><tr><td hidden>c<td>d<tr hidden><td>e<tr><td>f</table>",
			"<dl><dd>b</dd>\n</dl>\n<table><tr><td>d</td>\n</tr>\n<tr><td>f</td>\n</tr>\n</table>"},
		{"it ends with the element around it", "<div><span hidden>a</div>b<p><em hidden>c</p>d", "<div></div>\nb<p></p>\nd"},
		{"no end tag of a paragraph ends it", "<div hidden><ul><li>a</ul></p>b</div>c", "c"},
		{"a drawing ends before HTML", "<svg><text>a<p>b</svg>", "<p>b</p>"},
		{"unless HTML stands in it", "<svg><foreignObject><p>a</p></foreignObject></svg>b", "b"},
		{"without an end all of it is hidden", "a<div hidden>b<p>c", "a"},
		{"but no button takes all of the text", "a<button>b<p>c<button>d</button>e<button>f", "aef"},
		{"a raw element", "<textarea hidden></div>a</textarea>b", "b"},
		{"inside of an element of the page", "<h2>a <a class=headerlink href=#a aria-hidden=true>¶</a></h2>", "<h2>a</h2>"},
	} {
		if got := string(safehtml.Render(c.in, nil)); got != c.want {
			t.Errorf("%s: Render(%q):\n got %q\nwant %q", c.name, c.in, got, c.want)
		}
		if line, want := safehtml.Scan(c.in).Image, ""; line != want {
			t.Errorf("%s: the lead image is %q, want none", c.name, line)
		}
	}
}

// TestPermalinks lists the signs beside headings that link to them, and what only looks like one.
func TestPermalinks(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"Sphinx, MkDocs", `<h2 id="a">가<a class="headerlink" href="#a" title="Permanent link">&para;</a></h2>`, "<h2>가</h2>"},
		{"Docusaurus", "<h2 id=a>가<a href='#a' class=hash-link>\u200b</a></h2>", "<h2>가</h2>"},
		{"VitePress", `<h1 id="a">가 <a class="header-anchor" href="#a" aria-label="Permalink">&#8203;</a></h1>`, "<h1>가</h1>"},
		{"Hexo, before the words", `<h3 id="a"><a href="#a" class="headerlink" title="가"></a>가</h3>`, "<h3>가</h3>"},
		{"a picture", `<h2 id=a>가 <a class=anchor href="#a"><span class="icon icon-link"></span><svg><path d="M0"/></svg></a></h2>`, "<h2>가</h2>"},
		{"in capitals", `<H1>가<A HREF="#a" CLASS="Anchor">&#35;</A></H1>`, "<h1>가</h1>"},
		{"a heading that is the link", `<h2 id="a"><a class="anchor" href="#a">C#</a></h2>`, `<h2><a href="#a">C#</a></h2>`},
		{"a link of the author", `<h2>가 <a href="#b">#</a></h2>`, `<h2>가 <a href="#b">#</a></h2>`},
		{"another page", `<h2><a class="anchor" href="/a/">#</a></h2>`, `<h2><a href="/a/">#</a></h2>`},
		{"a picture of the author", `<h2><a class="anchor" href="#a"><img src="https://n.example/a.png"></a></h2>`, `<h2><a href="#a"><img src="https://n.example/a.png"></a></h2>`},
		{"behind a heading", `<h2 id=a>가</h2><p><a class="anchor" href="#a">¶</a>`, "<h2>가</h2>\n" + `<p><a href="#a">¶</a></p>`},
		{"without an end", `<h2>가<a class=anchor href="#a">#</h2>나`, `<h2>가<a href="#a">#</a></h2>` + "\n나"},
	} {
		if got := string(safehtml.Render(c.in, nil)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
		if c.want == "<h1>가</h1>" && safehtml.Scan(c.in).Heading != "가" {
			t.Errorf("%s: the heading is %q, want 가", c.name, safehtml.Scan(c.in).Heading)
		}
	}
}

// TestGutter lists the line numbers that programs for colouring code write, and what only looks like them.
func TestGutter(t *testing.T) {
	const table = "<table><tr><td><pre>a\nb</pre>\n</td>\n</tr>\n</table>"
	for _, c := range []struct{ name, in, want string }{
		{"Hexo", `<table><tr><td class="gutter"><pre><span class="line">1</span><br>2</pre></td><td class="code"><pre>a` + "\n" + `b</pre></td></tr></table>`, table},
		{"Rouge", `<table class="rouge-table"><tr><td class="rouge-gutter gl"><pre class="lineno">1` + "\n" + `2</pre></td><td class="rouge-code"><pre>a` + "\n" + `b</pre></td></tr></table>`, table},
		{"Pygments", `<table><tr><td class="linenos"><div class="linenodiv"><pre>1` + "\n" + `2</pre></div></td><td class="code"><pre>a` + "\n" + `b</pre></td></tr></table>`, table},
		{"Chroma", `<table class="lntable"><tr><td class="lntd"><pre class="chroma"><code><span class="lnt">1` + "\n" + `</span></code></pre></td><td class="lntd"><pre>a` + "\n" + `b</pre></td></tr></table>`, table},
		{"Chroma, made small", `<table><tr><td class=lntd><pre><code><span class=lnt>1</span></code></pre><td class=lntd><pre>a` + "\n" + `b</pre></table>`, table},
		{"Chroma in the line", `<pre><span class="ln">1</span>a` + "\n" + `<span class="ln">2</span>b</pre>`, "<pre>a\nb</pre>"},
		{"Pygments in the line", `<pre><span class="linenos">1</span>a</pre>`, "<pre>a</pre>"},
		{"outside of code", `<span class="ln">1</span>a<p class="lineno">2`, "1a<p>2</p>"},
		{"VitePress's language", `<div class="language-go"><button class="copy"></button><span class="lang">go</span><pre><code>a</code></pre></div>`, "<div><pre><code>a</code></pre>\n</div>"},
		{"a language elsewhere", `<p><span class="lang">go</span> is one<pre>a</pre>`, "<p>go is one</p>\n<pre>a</pre>"},
		{"a whole block of Prism", `<pre class="line-numbers"><code>a</code></pre>`, "<pre><code>a</code></pre>"},
	} {
		if got := string(safehtml.Render(c.in, nil)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// TestHiddenTree compares with a parser of the standard, on trees whose elements all end.
func TestHiddenTree(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 400 {
		var b strings.Builder
		hiddenTree(&b, r, 0)
		nodes, err := parseIn("body", b.String(), false)
		if err != nil {
			t.Fatal(err)
		}
		var want strings.Builder
		for _, n := range nodes {
			shownText(&want, n)
		}
		got := onlyText(written(string(safehtml.Render(b.String(), nil))))
		if got != onlyText(want.String()) {
			t.Fatalf("Render(%q) shows the letters\n got %q\nwant %q", b.String(), got, onlyText(want.String()))
		}
	}
}

func hiddenTree(b *strings.Builder, r *rand.Rand, depth int) {
	for range 1 + r.IntN(4) {
		fmt.Fprintf(b, "%c", 'a'+r.IntN(26))
		if depth > 3 {
			continue
		}
		name := []string{"div", "section", "span", "cite", "x-y", "blockquote", "template", "button"}[r.IntN(8)]
		if name == "button" && strings.Contains(b.String(), "<button") {
			continue
		}
		b.WriteString("<" + name + []string{"", "", ` hidden`, ` aria-hidden="true"`, ` aria-hidden=false`}[r.IntN(5)] + ">")
		hiddenTree(b, r, depth+1)
		b.WriteString("</" + name + ">")
	}
}

// shownText writes the text of a node, as a reader that obeys what the page says has it.
func shownText(b *strings.Builder, n *html.Node) {
	isHidden := func(a html.Attribute) bool {
		return a.Key == "hidden" || a.Key == "aria-hidden" && a.Val == "true"
	}
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case n.Data != "template" && n.Data != "button" && !slices.ContainsFunc(n.Attr, isHidden):
		for c := range n.ChildNodes() {
			shownText(b, c)
		}
	}
}

// TestHiddenTime holds that hidden elements cost what is in them, once.
func TestHiddenTime(t *testing.T) {
	for _, piece := range []string{"<button>", "<svg>", "<p hidden>", "<div hidden></b>", "<div hidden></p>", "<i hidden><b>", "<template><p>"} {
		const n = 1 << 13
		begin := time.Now()
		safehtml.Render(strings.Repeat(piece, n), nil)
		once := time.Since(begin)
		begin = time.Now()
		safehtml.Render(strings.Repeat(piece, 8*n), nil)
		if took := time.Since(begin); took > 40*once+time.Second {
			t.Errorf("%q: %s for eight times the text of %s", piece, took, once)
		}
	}
}
