package engine_test

import (
	"context"
	"strings"
	"testing"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/outsidertest"
)

// hostileArticles are texts that try to come out of the documents that hold them.
func hostileArticles() map[string]string {
	front := func(fields, body string) string { return "---\n" + fields + "\n---\n\n" + body + "\n" }
	return map[string]string{
		"끝 표시.md":     front(`title: "끝 ]]> 표시 <![CDATA[ 열기"`, "가 ]]> 나 <![CDATA[ 다 ]]]]><![CDATA[> 라 `]]>`"),
		"실체.md":       front(`title: "&lt;b&gt; &amp;amp; &nbsp; &#x0; &nosuch;"`, "&#0; &#8; &#xFFFF; &#xD800; &nosuch; &amp;lt; &"),
		"문서형.html":    front("title: 문서형", `<!DOCTYPE x [<!ENTITY a "b">]><?xml version="1.0"?><?php echo 1 ?><p>&a;</p>`),
		"제어 문자.md":    front("title: 가\u0085나\u2028다\u200b라", "가\x01나\x0b다\x7f라\u0080마\ufffe바\uffff사"),
		"깨진 글자.md":    front("title: 깨진 글자", "가\xff\xfe나\xc0\xaf다\xed\xa0\x80라"),
		"오른쪽.md":      front("title: \u202e거꾸로\u202c", "\u202e거꾸로\u2066갇힘"),
		"꺾쇠 <이름>.md":  front("title: <속보> a<b>c & 'd' \"e\"", "x < y && y > z"),
		"따옴표\"'&.md":  front("title: 따옴표", `<a title='"><script>x</script>' href='"&<>'>글</a>`),
		"열린 채.html":   front("title: 열린 채", "<div><p><b><table><tr><td><ul><li><!-- 끝나지 않는 <p>글"),
		"닫기만.html":    front("title: 닫기만", "</channel></rss></item></content></entry></feed></url></urlset>글"),
		"분류.md":       front(`{title: 분류, categories: ["<a>", "&b;", "c\"d", "]]>"], tags: ["", " ", "\t"], author: "<편집> & 국"}`, "글"),
		"아이디.md":      front(`{title: 아이디, id: "100% <b>&\"' ]]> 글"}`, "글"),
		"아이디 둘.md":    front(`{title: 아이디 둘, id: "urn:x:%zz"}`, "글"),
		"그림.md":       front(`{title: 그림, image: "/그림 (1)&\"<>.png"}`, `![a](/b&c<d>.png "e\"f") <img src="//x.example/y?a=1&b=2&copy=3" srcset="/a 1x, /b&c 2x">`),
		"첨부.md":       front(`{title: 첨부, enclosure: {url: "/소리 &1.mp3", type: "audio/mpeg", length: 12}}`, "글"),
		"수식.md":       front("title: 수식", "$a<b$ $$\\sum_{i<n} x_i & y$$ <math><mi>x</mi></math><svg><title>t</title></svg>"),
		"긴 제목.md":     front("title: "+strings.Repeat("긴", 5000), "글"),
		"주소.md":       front(`{title: 주소, permalink: "/a&b'c(d)/글 %zz/?q=<x>&r#조각"}`, "[가](<javascript:alert(1)>) [나](/x?a&b) <http://x.example/?a=1&b=2>"),
		"빈 본문.md":     front("title: 빈 본문", ""),
		"그림 문자.md":    front("title: 👩‍👩‍👧‍👦 🇰🇷 e\u0301 \u1112\u1161\u11ab", "👩‍👩‍👧‍👦🏳️‍🌈 \U0001F1F0\U0001F1F7 \U0010FFFF \U000E0001"),
		"글 안의 문서.md":  front("title: 글 안의 문서", "```xml\n<?xml version=\"1.0\"?><rss><![CDATA[x]]></rss>\n```"),
		"요약.md":       front(`{title: 요약, excerpt: "a<b && c>d ]]> &lt;"}`, "글"),
		"날짜 %s %d.md": front("title: '%s %d {{.Title}} ${HOME} $(id)'", "%s %!d(MISSING) {{ page.title }} ${HOME}"),
	}
}

// What hostile articles become is read by others as it should be, in every content that a feed may have.
func TestHostileArticlesAreReadByOutsiders(t *testing.T) {
	articles := hostileArticles()
	n := newNewsroom(t, func(s *settings) { s.Sitemap.URLsPerFile = 10 })
	for name, text := range articles {
		n.write(name, text)
	}
	scan, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	n.must(err)
	pub, err := n.rooms.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	if len(pub.Failed) > 0 || int(scan.RefusedCount) > 2 || int(pub.Public) < len(articles)-2 {
		t.Errorf("of %d articles %d are public; refused %+v; failed %q", len(articles), pub.Public, scan.Refused, pub.Failed)
	}
	docs := map[string][]byte{}
	for name, doc := range n.documents() {
		docs[name] = []byte(doc)
	}
	outsidertest.Read(t, docs)
	n.sameAsClean()
}
