package main

import (
	"fmt"
	"strings"
)

// body makes up the body of an article in the markup of an ending.
func (t teller) body(ending string) string {
	n := 1 + t.IntN(6)
	parts := make([]string, n)
	for i := range parts {
		switch {
		case ending == "html" || ending == "htm":
			parts[i] = t.htmlBlock()
		case ending == "txt":
			parts[i] = t.textBlock()
		default:
			parts[i] = t.markdownBlock()
		}
	}
	switch {
	case ending == "txt" && t.in(30):
		return "<p>" + t.sentence() + "</p>\n" + t.htmlBlock() + "\n"
	case ending == "html" && t.in(10):
		return "<!doctype html><html><head><title>" + t.title() + "</title><meta property=\"og:title\" content=\"" + t.sentence() + "\"></head><body><nav>차례</nav><article>" + strings.Join(parts, "\n") + "</article></body></html>\n"
	case t.in(3):
		return strings.ReplaceAll(strings.Join(parts, "\n\n"), "\n", "\r\n")
	}
	return strings.Join(parts, "\n\n") + "\n"
}

func (t teller) textBlock() string {
	switch t.IntN(6) {
	case 0:
		return "- " + t.sentence() + "\n- " + t.sentence()
	case 1:
		return "구분 | 값 |\n" + t.place() + " | 1 |\n" + t.place() + " | 2 |"
	case 2:
		return t.sentence() + "\n" + t.sentence()
	case 3:
		return "1 < 2 & <b>굵게?</b> " + t.link()
	}
	return t.sentences(1 + t.IntN(4))
}

func (t teller) htmlBlock() string {
	switch t.IntN(20) {
	case 0:
		return fmt.Sprintf(`<h2 class="a" id="b">%s</h2>`, t.sentence())
	case 1:
		return fmt.Sprintf(`<p onclick="x()" style="color:red" data-a="1">%s<a href="%s">글</a></p>`, t.sentence(), t.link())
	case 2:
		return fmt.Sprintf(`<figure><img src="%s" srcset="%s 1x, /d.png 2x" alt="%s" width=40><figcaption>%s</figcaption></figure>`, t.picture(), t.picture(), t.thing(), t.sentence())
	case 3:
		return `<table><tr><th>구분<td colspan=2>값<tr><td>` + t.place() + `<td>1</table>`
	case 4:
		return `<ul><li>하나<li>둘<ol start=3><li>` + t.sentence() + `</ol></ul>`
	case 5:
		return `<script>alert("` + t.place() + `")</script><style>p{}</style><noscript><img src="/true.jpg"></noscript>`
	case 6:
		return `<pre>  a
   b {{ x }} &lt;c&gt;</pre>`
	case 7:
		return `<iframe src="https://video.example.org/` + fmt.Sprint(t.IntN(99)) + `" title="영상"></iframe>`
	case 8:
		return `<video src=a.mp4 poster=/p.jpg autoplay><source src="//cdn.example.org/a.webm" type="video/webm"></video>`
	case 9:
		return `<blockquote cite="/q">` + t.sentence() + `</blockquote><hr>`
	case 10:
		return `<div><b>굵게 <i>겹쳐</b> 어긋남</i><p>` + t.sentence() + `<p>닫지 않음`
	case 11:
		return `<img class="lazyload" src="data:image/gif;base64,R0" data-src="` + t.picture() + `" alt="">`
	case 12:
		return `<p hidden>숨김</p><template><p>틀</p></template><p aria-hidden="true">숨김</p><button>누름</button>` + t.sentence()
	case 13:
		return `<!--more--><p>` + t.sentence() + `&nbsp;&copy;&#8;&#x1F600;&notit;</p><!-- 메모 -->`
	}
	return "<p>" + t.sentences(1+t.IntN(4)) + "</p>"
}

func (t teller) markdownBlock() string {
	switch t.IntN(30) {
	case 0:
		return "## " + t.sentence() + " {#mark}"
	case 1:
		return "제목 " + t.sentence() + "\n====="
	case 2:
		return "* " + t.sentence() + "\n* " + t.sentence() + "\n    1. 안쪽\n    2. 또"
	case 3:
		return "| 구분 | 값 |\n|:--|--:|\n| " + t.place() + " | `a|b` |\n| **굵게** | 2 |"
	case 4:
		return "```go\nif a < b { x[\"" + t.place() + "\"]++ } // {{ x }} ![](no.png)\n# 제목 아님\n```"
	case 5:
		return "![" + t.thing() + "](" + t.picture() + " \"제목\") 과 [글](" + t.link() + ")"
	case 6:
		return "본문[^1] 과 또[^둘]\n\n[^1]: " + t.sentence() + "\n[^둘]: 주"
	case 7:
		return "> " + t.sentence() + "\n게으른 줄\n>> 겹침"
	case 8:
		return "<div onclick=x>\n\n**굵게** " + t.sentence() + "\n\n</div>"
	case 9:
		return "그는 **\"인용\"**이라고, 또**(강조)** _기울임_ ~한 물결~ ~~지움~~ \\*별\\*"
	case 10:
		return "<!-- # 주석 속 제목 ![](x.png) -->"
	case 11:
		return "[참조][a b] ![그림][a b]\n\n[A  B]: <https://cdn.example.org/사진 1.png> \"제목\""
	case 12:
		return "* 차례\n{:toc}\n\n문단\n{: .lead}\n\n{% if a %}앞{% endif %}{{ page.title }} {% raw %}{{ b }}{% endraw %}"
	case 13:
		return "<script>x()</script> " + t.sentence() + "  \n다음 줄<br>끝"
	case 14:
		return "https://example.org/a 와 <https://example.org/나> 와 desk@news.example.org &copy; &amp;lt;"
	case 15:
		return "- [ ] 할 일\n- [x] 한 일\n\n---\n\n***"
	case 16:
		return "    들여 쓴 코드\n    <b>\n\n1) 하나\n2) 둘"
	case 17:
		return "<!--more-->"
	}
	return t.sentences(1 + t.IntN(4))
}
