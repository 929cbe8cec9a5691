package safehtml_test

import (
	"strings"
	"testing"

	"herald/source/safehtml"
	"herald/source/weburl"
)

// TestC12LinksWithinABody: a link to a place of the same body leads there in a reader, any other one to the page.
func TestC12LinksWithinABody(t *testing.T) {
	const page, own = "https://news.example.org/a/", "x31c43572-"
	for _, c := range []struct{ name, in, want string }{
		{"a footnote and its mark", `<p>값<sup id="fnref:1"><a href="#fn:1">1</a></sup></p><ol><li id="fn:1">주 <a href="#fnref:1">↩</a></li></ol>`,
			`<p>값<sup id="@fnref:1"><a href="#@fn:1">1</a></sup></p>` + "\n" + `<ol><li id="@fn:1">주 <a href="#@fnref:1">↩</a></li>` + "\n</ol>"},
		{"named as HTML 4 does", `<a href="#_ftn1" name="_ftnref1">[1]</a><p><a name="_ftn1"></a><a href="#_ftnref1">[1]</a> 주</p>`,
			`<a href="#@_ftn1" id="@_ftnref1">[1]</a><p><a id="@_ftn1"></a><a href="#@_ftnref1">[1]</a> 주</p>`},
		{"by the page's own URL", `<a href="/a/#s">절</a><h2 id="s">절</h2>`, `<a href="#@s">절</a><h2 id="@s">절</h2>`},
		{"in any script", `<a href="#%EC%A3%BC-1">1</a><a href="#주-1">2</a><p id="주-1">3</p>`,
			`<a href="#@%EC%A3%BC-1">1</a><a href="#@%EC%A3%BC-1">2</a><p id="@주-1">3</p>`},
		{"an id that nobody links to", `<h2 id="s">절</h2><a name="t">x</a>`, "<h2>절</h2>\nx"},
		{"an id that links of other pages name", `<a href="/b/#s">절</a><h2 id="s">절</h2>`, `<a href="https://news.example.org/b/#s">절</a><h2>절</h2>`},
		{"a fragment that names nothing here", `<a href="#comments">댓글</a>`, `<a href="https://news.example.org/a/#comments">댓글</a>`},
		{"the top of the page", `<a href="#">위</a><p id="">x</p>`, `<a href="https://news.example.org/a/">위</a><p>x</p>`},
		{"an element that is not written", `<a href="#s">절</a><span id="s">x</span>`, `<a href="https://news.example.org/a/#s">절</a>x`},
		{"what pages hide", `<a href="#s">절</a><p hidden id="s">x</p>`, `<a href="https://news.example.org/a/#s">절</a>`},
		{"an id that appears twice", `<a href="#s">절</a><p id="s">x</p><p id="s">y</p>`, `<a href="#@s">절</a><p id="@s">x</p>` + "\n<p>y</p>"},
		{"a name that scripts know", `<a href="#location">1</a><form id="location"></form>`, `<a href="#@location">1</a><div id="@location"></div>`},
	} {
		want := strings.ReplaceAll(c.want, "@", own)
		got := string(safehtml.Render(c.in, weburl.Resolver(page)))
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, want)
		}
		if again := string(safehtml.Render(got, weburl.Resolver(page))); again != got {
			t.Errorf("%s, rendered again:\n got %s\nwant %s", c.name, again, got)
		}
	}
}

// TestC12ArticlesOnOnePage: the footnotes of two articles have no id in common.
func TestC12ArticlesOnOnePage(t *testing.T) {
	const note = `<a href="#fn1">1</a><p id="fn1">주</p>`
	a := string(safehtml.Render(note, weburl.Resolver("https://news.example.org/a/")))
	b := string(safehtml.Render(note, weburl.Resolver("https://news.example.org/b/")))
	_, idA, _ := strings.Cut(a, ` id="`)
	_, idB, _ := strings.Cut(b, ` id="`)
	if idA == idB || idA == "" {
		t.Errorf("got %s and %s, want ids of their own", a, b)
	}
}
