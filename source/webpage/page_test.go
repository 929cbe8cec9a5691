package webpage_test

import (
	"strings"
	"testing"

	"herald/source/webpage"
)

func TestReadTitleAndBody(t *testing.T) {
	for _, c := range []struct{ name, in, title, body string }{
		{"og:title, article", `<html><head><title>사이트 &amp; 글</title><meta property="og:title" content="글 &lt;1&gt;"/></head><body><nav>x</nav><article><p>본문</p><article>안</article></article><article>다른</article></body></html>`, "글 <1>", "<p>본문</p><article>안</article>"},
		{"title, main", "<title> 제목\n하나</title><main>본문</main>", "제목 하나", "본문"},
		{"h1, body", "<body class=a><h1>제<b>목</b></h1><p>글</body>", "제목", "<p>글"},
		{"nothing", "<p>글", "", "<p>글"},
		{"unclosed", "<title>가</title><article>나", "가", "나"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if p := webpage.Read(c.in, "a.html"); p.Title != c.title || strings.TrimSpace(p.Body) != c.body {
				t.Errorf("got title %q, body %q; want %q, %q", p.Title, p.Body, c.title, c.body)
			}
		})
	}
}
