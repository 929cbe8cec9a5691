package webpage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"herald/source/frontmatter"
	"herald/source/webpage"
)

// flat shows fields in one line.
func flat(fields []frontmatter.Field) string {
	var all []string
	for _, f := range fields {
		all = append(all, f.Key+"="+value(f.Value))
	}
	return strings.Join(all, " ")
}

func value(v frontmatter.Value) string {
	var all []string
	for _, item := range v.Items {
		all = append(all, value(item))
	}
	for _, f := range v.Fields {
		all = append(all, f.Key+":"+value(f.Value))
	}
	switch v.Kind {
	case frontmatter.List:
		return "[" + strings.Join(all, ",") + "]"
	case frontmatter.Mapping:
		return "{" + strings.Join(all, ",") + "}"
	}
	return v.Text
}

func ld(json string) string { return `<script type="application/ld+json">` + json + `</script>` }

func TestReadFacts(t *testing.T) {
	const og = `<meta property="og:type" content="article">`
	for _, c := range []struct{ name, page, want string }{
		{"OpenGraph", `<html lang="ko"><meta property="og:description" content="요약 &amp; 글"><meta property="og:image" content="/a.png">
			<meta property="article:published_time" content="2024-03-01T09:00:00+09:00"><meta property="article:modified_time" content="2024-03-02">
			<meta property="article:author" content="김서연"><meta property="article:author" content="https://social.example/a">
			<meta property="article:section" content="정치"><meta property="article:tag" content="국회"><meta property="article:tag" content="봄 축제">`,
			"authors=[{name:김서연}] categories=[정치] date=2024-03-01T09:00:00+09:00 description=요약 & 글 image=/a.png lang=ko last_modified_at=2024-03-02 tags=[국회,봄 축제]"},
		{"JSON-LD", ld(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"제목","datePublished":"2024-03-01","dateModified":"2024-03-03T01:02:03Z",
			"author":[{"@type":"Person","name":"가","url":"https://n.example/a"},{"@type":"Organization","name":"편집국","url":"/desk"}],
			"image":{"@type":"ImageObject","url":"https://n.example/i.jpg"},"inLanguage":"ko_KR","keywords":"국회, 예산","articleSection":["정치","경제"]}`),
			"authors=[{name:가,url:https://n.example/a},{name:편집국}] categories=[정치,경제] date=2024-03-01 image=https://n.example/i.jpg lang=ko-KR last_modified_at=2024-03-03T01:02:03Z tags=[국회,예산]"},
		{"JSON-LD before OpenGraph", og + `<meta property="article:published_time" content="2020-01-01">` + ld(`{"@type":"Article","datePublished":"2024-03-01","author":"가"}`), "authors=[{name:가}] date=2024-03-01"},
		{"graph with references", ld(`{"@graph":[{"@type":"WebPage","datePublished":"2001-01-01"},{"@type":["Article","Thing"],"datePublished":"2024-03-01","author":{"@id":"#p"},"image":{"@id":"#i"}},
			{"@id":"#p","@type":"Person","name":"나"},{"@id":"#i","@type":"ImageObject","contentUrl":"/c.png"}]}`), "authors=[{name:나}] date=2024-03-01 image=/c.png"},
		{"list of objects", ld(`[{"@type":"Organization","name":"x"},{"@type":"http://schema.org/BlogPosting","datePublished":"2024-03-01","image":["/1.png","/2.png"]}]`), "date=2024-03-01 image=/1.png"},
		{"main entity", ld(`{"@type":"WebPage","mainEntity":{"@type":"Article","datePublished":"2024-03-01"}}`), "date=2024-03-01"},
		{"a page is no article", ld(`{"@type":"WebPage","datePublished":"2024-03-01"}`), ""},
		{"a list of articles has no date", ld(`[{"@type":"Article","headline":"a","datePublished":"2024-03-01"},{"@type":"Article","headline":"b","datePublished":"2024-03-02"}]`), ""},
		{"the one at the page's address", `<link rel=canonical href="https://n.example/b/">` + ld(`[{"@type":"Article","headline":"a","url":"https://n.example/a/","datePublished":"2024-03-01"},{"@type":"Article","headline":"b","url":"https://n.example/b","datePublished":"2024-03-02"}]`),
			"canonical_url=https://n.example/b/ date=2024-03-02"},
		{"an unreadable date gives way", ld(`{"@type":"Article","datePublished":"soon"}`) + `<meta property="article:published_time" content="2024-03-01">`, "date=2024-03-01"},
		{"Hugo's undated page", `<meta property="article:published_time" content="0001-01-01T00:00:00+00:00">`, ""},
		{"microdata", `<main itemscope itemtype="https://schema.org/BlogPosting"><h1>제목</h1><meta itemprop="datePublished" content="2024-03-01"><time itemprop="dateModified" datetime="2024-03-02">어제</time><span itemprop="author" itemscope><b itemprop="name">가 나</b></span><p>글`,
			"authors=[{name:가 나}] date=2024-03-01 last_modified_at=2024-03-02"},
		{"head of a list by Hugo", `<meta property="og:type" content="website"><meta itemprop="datePublished" content="2024-03-01">`, ""},
		{"time at the top", `<article><header><h1>제목</h1><time datetime="2024-03-01T10:00">1 March</time></header><p>글 <time datetime="1999-01-01">then</time>`, "date=2024-03-01T10:00"},
		{"time without datetime", `<article><h1>제목</h1><time>2024-03-01</time><p>글`, "date=2024-03-01"},
		{"time of the last change", `<article><h1>제목</h1><time class="dt-updated" datetime="2024-03-02">x</time><time class="dt-published" datetime="2024-03-01">x</time>`, "date=2024-03-01 last_modified_at=2024-03-02"},
		{"time deep in the text", `<article><h1>제목</h1><p>` + strings.Repeat("긴 글. ", 200) + `<time datetime="2024-03-01">x</time></p></article>`, ""},
		{"time in the footer of an article", `<article><h1>제목</h1><p>` + strings.Repeat("긴 글. ", 200) + `</p><footer><time datetime="2024-03-01">x</time></footer></article>`, "date=2024-03-01"},
		{"a list of cards", `<main><h1>소식</h1><article><h2><a href=/a/>가</a></h2><time datetime="2024-03-01">x</time></article><article><h2><a href=/b/>나</a></h2><time datetime="2024-03-02">x</time></article></main>`, ""},
		{"one card", `<main><h1>소식</h1><article><h2><a href=/a/>가</a></h2><time datetime="2024-03-01">x</time></article></main>`, ""},
		{"an article and cards", `<article><h1>제목</h1><time datetime="2024-03-05">x</time><p>글</article><article><h2><a href=/a/>가</a></h2><time datetime="2024-03-01">x</time></article>`, "date=2024-03-05"},
		{"a list of links", `<main><h1>모음</h1><ol><li><a href=/a/>가</a> <time datetime="2024-03-01">x</time></ol></main>`, ""},
		{"Eleventy's starter", `<main><h1>제목</h1><ul><li><time datetime="2024-03-01">x</time></li><li><a href=/tags/a/>a</a></li></ul><p>글</main>`, "date=2024-03-01"},
		{"a sidebar", `<main><h1>안내</h1><p>글</p></main><aside><a href=/a/>가</a><time datetime="2024-03-01">x</time></aside>`, ""},
		{"robots and author", `<meta name="ROBOTS" content="NOINDEX, follow"><meta name="author" content="편집국">`, "authors=[{name:편집국}] robots=noindex"},
		{"translations", `<html lang="ko-KR"><link rel="alternate" hreflang="ko-KR" href="https://n.example/ko/"><link rel="alternate" hreflang="en" href="https://n.example/en/"><link rel="alternate" hreflang="x-default" href="https://n.example/"><link rel="alternate" type="application/rss+xml" href="/feed.xml">`,
			"lang=ko-KR translations={en:https://n.example/en/}"},
		{"base", `<base href="https://cdn.example/x/"><meta property="og:image" content="a.png"><link rel="canonical" href="../b/">`, "canonical_url=https://cdn.example/b/ image=https://cdn.example/x/a.png"},
		{"in a comment, a script, a template", `<!-- <meta property="og:image" content="/a.png"> --><script>'<link rel="canonical" href="https://n.example/">'</script><p>글`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := webpage.Read(c.page, "a/index.html")
			if got := flat(p.Fields); got != c.want || len(p.Warnings) > 0 {
				t.Errorf("got  %s %q\nwant %s", got, p.Warnings, c.want)
			}
		})
	}
}

// Docusaurus writes all tags into one, with commas and nothing else between them.
func TestReadTags(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"가,나 다,R&amp;D", "가|나 다|R&D"}, {"가", "가"}, {"서울, 한국", "서울, 한국"}, {"1,000", "1,000"}, {"가,,나", "가,,나"}, {"가,", "가,"},
		{`a,b"><meta property="article:tag" content="c`, "a,b|c"},
	} {
		p := webpage.Read(`<meta property="article:tag" content="`+c.written+`">`, "a.html")
		var got []string
		for _, item := range p.Fields[0].Value.Items {
			got = append(got, item.Text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: got %q, want %q", c.written, got, c.want)
		}
	}
}

func TestBrokenLinkedData(t *testing.T) {
	for _, json := range []string{`{"@type":"Article",}`, `{`, `"`, "{\"@type\":\"Article\",\"datePublished\":\"2024-\n03-01\"}", strings.Repeat("[", 20_000)} {
		p := webpage.Read("<title>제목</title>"+ld(json)+`<meta property="article:published_time" content="2024-03-05">`, "a.html")
		if len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "JSON-LD is left out") || flat(p.Fields) != "date=2024-03-05" {
			t.Errorf("%.40q: got %q, %s; want one warning and the other date", json, p.Warnings, flat(p.Fields))
		}
	}
	for _, json := range []string{"", "null", "1", "[]", `{"@graph":[[[[[[[{}]]]]]]]}`, `<!-- {"@type":"Thing"} -->`, "//<![CDATA[\n{}\n//]]>"} {
		if p := webpage.Read(ld(json), "a.html"); len(p.Warnings) > 0 {
			t.Errorf("%q: %q", json, p.Warnings)
		}
	}
}

func TestReadAddress(t *testing.T) {
	for _, c := range []struct {
		page, url string
		canonical bool
	}{
		{`<link rel="shortlink canonical" href=" https://n.example/a ">`, "https://n.example/a", true},
		{`<link rel="CANONICAL" href="/a">`, "/a", true},
		{`<link rel="canonical" href="javascript:x"><meta property="og:url" content="https://n.example/b">`, "https://n.example/b", false},
		{ld(`{"@type":"Article","mainEntityOfPage":{"@id":"https://n.example/c"}}`), "https://n.example/c", false},
		{`<link rel="canonical" href="">`, "", false},
	} {
		if p := webpage.Read(c.page, "a.html"); p.URL != c.url || p.Copy != c.canonical {
			t.Errorf("%s: got %q, canonical %t; want %q, %t", c.page, p.URL, p.Copy, c.url, c.canonical)
		}
	}
	dated := `<link rel="canonical" href="https://n.example/"><meta property="article:published_time" content="2024-03-05">`
	if p := webpage.Read(dated, "a.html"); p.URL != "" || p.Copy || flat(p.Fields) != "date=2024-03-05" || len(p.Warnings) != 1 {
		t.Errorf("an article that calls itself the home page: got %q, %s, %q; want no address and a warning", p.URL, flat(p.Fields), p.Warnings)
	}
}

func TestReadNone(t *testing.T) {
	for _, c := range []struct {
		path, page string
		none       bool
	}{
		{"a.html", `<title>Redirecting</title><meta http-equiv="refresh" content="0; url=https://n.example/b/">`, true},
		{"a.html", `<meta http-equiv="Refresh" content="3;URL='/b'"><p>Moved.`, true},
		{"a.html", `<meta http-equiv="refresh" content="300"><p>속보`, false},
		{"a.html", `<meta http-equiv="refresh" content="60; url=/a"><p>속보`, false},
		{"a.html", `<noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript><p>글`, false},
		{"404/index.html", `<h1>Nothing here</h1>`, true},
		{"en/404.html", `<h1>Nothing here</h1>`, true},
		{"gone.html", `<title>404: Not Found | 물빛시</title>`, true},
		{"gone.html", `<title>Page not found · 물빛시</title>`, true},
		{"a.html", `<title>How to make a 404 page</title>`, false},
		{"2024/error/index.html", `<title>Error</title><meta property="article:published_time" content="2024-03-05">`, false},
	} {
		if p := webpage.Read(c.page, c.path); (p.None != "") != c.none {
			t.Errorf("%s %s: got %q, want none: %t", c.path, c.page, p.None, c.none)
		}
	}
}

func TestReadBody(t *testing.T) {
	const top = `<title>제목 | 물빛시</title><body><header><a href=/>물빛시</a></header><nav><a href=/>처음</a></nav>`
	const end = `<footer>© 물빛시</footer></body>`
	for _, c := range []struct{ name, page, want string }{
		{"header, footer, navigation", top + `<article><header><h1>제목</h1><p>5월</p></header><p>글</p><footer>태그</footer></article><aside>더 보기</aside>` + end, "<p>글</p>"},
		{"the body without article or main", top + `<div><p>글</p></div>` + end, "<div><p>글</p></div>"},
		{"role=main", top + `<div role=main><h1>제목</h1><p>글</p></div>` + end, "<p>글</p>"},
		{"articleBody", top + `<article><h1>제목</h1><p>가 씀</p><div itemprop="articleBody"><p>글</p><aside>상자</aside></div><p>공유</p></article>` + end, "<p>글</p><aside>상자</aside>"},
		{"e-content", top + `<main><h1>제목</h1><div class="post e-content"><p>글</p></div></main>` + end, "<p>글</p>"},
		{"breadcrumbs, comments, forms", top + `<article><ol class="breadcrumb"><li>처음</ol><p>글이 여기 있다</p><form><textarea>댓글</textarea></form><div id="comments"><p>나: 좋다</p></div></article>` + end, "<p>글이 여기 있다</p>"},
		{"an aside", `<article><h1>제목</h1><p>글이 여기 있다</p><aside><a href=/a>더</a></aside></article>`, "<p>글이 여기 있다</p>"},
		{"an aside that is a note", `<article><p>글</p><aside class="admonition note"><p>알림</p></aside></article>`, `<p>글</p><aside class="admonition note"><p>알림</p></aside>`},
		{"a quotation's footer", `<article><p>글</p><blockquote><p>말</p><footer>사람</footer></blockquote></article>`, "<p>글</p><blockquote><p>말</p><footer>사람</footer></blockquote>"},
		{"footnotes", `<article><p>글</p><footer class="footnotes"><p>주</p></footer></article>`, `<p>글</p><footer class="footnotes"><p>주</p></footer>`},
		{"a form around all", `<body><form action=/x><h1>제목</h1><p>글</p></form></body>`, `<form action=/x><p>글</p></form>`},
		{"navigation without an end", `<article><nav><p>글`, "<nav><p>글"},
		{"nothing but navigation", `<main><nav>글</nav></main>`, "<nav>글</nav>"},
		{"another heading stays", `<title>제목</title><main><h1>다른 제목</h1><p>글</main>`, "<h1>다른 제목</h1><p>글"},
		{"Astro's starter", `<title>제목</title><main><article><div class="prose"><div class="title"><div class="date"><time datetime="2026-03-05">Mar 5, 2026</time></div><h1>제목</h1><hr></div><p>글</p></div></article></main>`, `<div class="prose"><p>글</p></div>`},
		{"Eleventy's starter", `<title>제목</title><main><h1>제목</h1><ul class="post-metadata"><li><time>2026-03-05</time></li><li><a href=/tags/a/>a</a></li></ul><p>글</p><ul class="links-nextprev"><li><a href=/b/>나</a></li></ul></main>`, "<p>글</p>"},
		{"a title that holds the text", `<title>제목</title><main><div class="title"><h1>제목</h1><p>` + strings.Repeat("긴 글. ", 50) + `</p></div><p>끝</p></main>`, `<div class="title"><p>` + strings.Repeat("긴 글. ", 50) + `</p></div><p>끝</p>`},
		{"another's title", `<title>제목</title><main><h1>제목</h1><p>글</p><div class="title"><h1>둘째</h1></div></main>`, `<p>글</p><div class="title"><h1>둘째</h1></div>`},
		{"the title of an example", `<title>제목</title><article><h1>제목</h1><div class="exampleblock"><div class="title">보기 1. 걷기</div><p>글</p></div></article>`, `<div class="exampleblock"><div class="title">보기 1. 걷기</div><p>글</p></div>`},
		{"who took a picture", `<title>제목</title><article><h1>제목</h1><p>글</p><figure><img src="a.png"><figcaption><span class="byline">사진: 시청</span></figcaption></figure></article>`, `<p>글</p><figure><img src="a.png"><figcaption><span class="byline">사진: 시청</span></figcaption></figure>`},
		{"a table of contents", `<title>제목</title><article><h1>제목</h1><div id="toc" class="toc"><h2>차례</h2><ul><li><a href="#a">가</a></ul></div><h2 id="a">가</h2><p>글</p></article>`, `<h2 id="a">가</h2><p>글</p>`},
		{"a heading with its link", "<title>제목 | 물빛시</title><main><h1 id=a>제목 <a class=header-anchor href='#a'>\u200b</a></h1><p>글</p></main>", "<p>글</p>"},
		{"base", `<base href="/blog/"><article><p><a href="b.html">나</a><a href="#c">다</a><a href="https://o.example/">라</a><img src="../i.png" srcset="a.png 1x, b.png 2x"></p></article>`,
			`<p><a href="/blog/b.html">나</a><a href="#c">다</a><a href="https://o.example/">라</a><img src="/i.png" srcset="/blog/a.png 1x, /blog/b.png 2x"></p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.TrimSpace(webpage.Read(c.page, "a.html").Body); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestReadTitle(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{`<title>제목 | 물빛시</title><main><h1>제목</h1>`, "제목"},
		{`<title>제목 - 물빛시</title><meta property="og:site_name" content="물빛시">`, "제목"},
		{`<title>제목 | 물빛시</title><main><h1 id=a>제목<a class="headerlink" href="#a">¶</a></h1>`, "제목"},
		{`<title>C# | 물빛시</title><main><h1 id=a><a href="#a">C#</a></h1>`, "C#"},
		{`<title>제목 - 부제</title>`, "제목 - 부제"},
		{`<title>물빛시 - 제목</title><header><h1>물빛시</h1></header><main><p>글</main>`, "물빛시 - 제목"},
		{`<meta property="og:title" content="제목 | Site">` + ld(`{"@type":"BlogPosting","headline":"제목"}`), "제목"},
		{ld(`{"@type":"BlogPosting","headline":"R&amp;D <속보>"}`), "R&D <속보>"},
		{`<title>C - a language</title><main><h1>C</h1>`, "C"},
		{`<svg><title>그림</title></svg><title>제목</title>`, "제목"},
		{`<header><h1>물빛시</h1></header><article><h1>제목</h1></article>`, "제목"},
	} {
		if got := webpage.Read(c.page, "a.html").Title; got != c.want {
			t.Errorf("%s: got %q, want %q", c.page, got, c.want)
		}
	}
}

// Time and memory grow with the page and not with its square.
func TestReadHostilePages(t *testing.T) {
	const n = 50_000
	for i, page := range []string{
		strings.Repeat("<nav>", n), strings.Repeat("<article>", n) + strings.Repeat("</div>", n), strings.Repeat("<li><a href=x><time datetime=2024-01-01>", n),
		"<article>" + strings.Repeat("<h1><a href=x>", n), strings.Repeat("<div itemprop=author>x", n), strings.Repeat("<h1>x</h1>", n), strings.Repeat("<article><time datetime=2024-01-01></article>", n),
		strings.Repeat("<aside>", 9_000) + strings.Repeat("<time datetime=2024-01-01>", 900) + strings.Repeat("</aside>", 9_000),
		ld(strings.Repeat(`{"@graph":`, n)), ld("[" + strings.Repeat(`{"@type":"Article","author":{"@id":"#x"}},`, n/10) + "1]"), "<base href=x>" + strings.Repeat("<a href=y>", n), strings.Repeat("<a ", n),
		"<h1>" + strings.Repeat("a<br>", n), strings.Repeat("<header><h1>a</h1></header>", n),
	} {
		if p := webpage.Read(page, "a.html"); len(p.Body) > 20*len(page) {
			t.Errorf("page %d: a body of %d bytes of %d", i, len(p.Body), len(page))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<base href="a/"><title>a | b</title><main><article><header><h1>a</h1></header><nav>x</nav><time datetime="2024-03-05">x</time><form></form></article>`)
	f.Add(ld(`{"@graph":[{"@type":"Article","author":[{"@id":"#a"}],"@id":7}]}`) + "<li><a href=/><time>2024</li></ul></div>")
	f.Fuzz(func(t *testing.T, page string) {
		p := webpage.Read(page, "a/index.html")
		if again := webpage.Read(page, "a/index.html"); fmt.Sprint(p) != fmt.Sprint(again) {
			t.Fatalf("read twice: %v, %v", p, again)
		}
		if keys := len(p.Fields); keys > 20 || slices.ContainsFunc(p.Fields, func(f frontmatter.Field) bool { return f.Key == "title" }) {
			t.Fatalf("%d fields", keys)
		}
	})
}
