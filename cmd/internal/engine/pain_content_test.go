package engine_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"herald/cmd/internal/intake"
	"herald/feeds"
	"herald/source/files"
	"herald/source/reader"
	"herald/source/text"
)

// The tests here hold what readers have of an article's words and URLs, in every format, from the file to the document.

// one is a newsroom with one article in a file.
func one(t *testing.T, name, text string, tweak ...func(*settings)) *newsroom {
	t.Helper()
	n := newNewsroom(t, tweak...)
	n.write(name, text)
	if scan, _ := n.pass(); scan.Added != 1 {
		t.Fatalf("%s: added %d, refused %+v", name, scan.Added, scan.Refused)
	}
	n.sameAsClean()
	return n
}

// dayed is an article with more front matter.
func dayed(more, body string) string {
	return "---\ntitle: 나루터 소식\ndate: 2026-05-05T10:00:00Z\n" + more + "---\n\n" + body + "\n"
}

// pattern reads the articles of a newsroom by another permalink.
func pattern(n *newsroom, permalink string) {
	n.t.Helper()
	src, err := files.New(files.Config{Root: n.path("articles"), Place: "articles", Reading: reader.Reading{Pattern: permalink}, Now: later})
	n.must(err)
	n.tweak = append(n.tweak, func(s *settings) {
		s.Sources[0] = intake.Source{Name: "articles", Source: src, ReadAs: src.ReadAs()}
	})
	n.open()
}

var addressed = regexp.MustCompile(`(?:href|src|srcset|poster|cite|action|data)="([^"]*)"`)

func TestC1EveryURLIsAbsolute(t *testing.T) {
	body := `[앞 글](../봄/) ![지도](지도.png) [편지](mailto:desk@news.example.org) [저쪽](https://other.example/a?b=1&c=2)

<img src="/a.png" srcset="a.png 1x, ../b.png 2x"> <video src="//cdn.example/v.mp4" poster="p.jpg"><source src="w.webm"></video>
<blockquote cite="/q">말</blockquote> <img src="data:image/png;base64,AAAA"> <form action="/send"><button>보내기</button></form> <a href="?쪽=2">다음</a>
`
	n := one(t, "2026/여름.md", dayed("", body))
	want := []string{
		base + "/2026/%EB%B4%84/", base + "/2026/%EC%97%AC%EB%A6%84/%EC%A7%80%EB%8F%84.png", "mailto:desk@news.example.org", "https://other.example/a?b=1&amp;c=2",
		base + "/a.png", base + "/2026/%EC%97%AC%EB%A6%84/a.png 1x, " + base + "/2026/b.png 2x", "https://cdn.example/v.mp4", base + "/2026/%EC%97%AC%EB%A6%84/p.jpg",
		base + "/2026/%EC%97%AC%EB%A6%84/w.webm", base + "/q", base + "/2026/%EC%97%AC%EB%A6%84/?%EC%AA%BD=2",
	}
	n.oneSeen(func(name string, s seen) {
		var got []string
		for _, found := range addressed.FindAllStringSubmatch(s.Content, -1) {
			got = append(got, found[1])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: URLs\n got %q\nwant %q", name, got, want)
		}
	})
}

func TestC2OneControlCharacterHarmsNothing(t *testing.T) {
	n := newNewsroom(t)
	n.write("글.md", dayed("tags: [\"가\\u0008\\u0085나\"]\n", "앞\x0b뒤 \x00\x01\x1f &#8; &#xFFFE; \ufffe\x7f\u0085 깨진 \xff\xc0\xaf 끝"))
	n.write("곁.md", article("곁", "성한 글"))
	scan, _ := n.pass()
	if !slices.ContainsFunc(scan.Warnings, func(w string) bool { return strings.Contains(w, "글.md:7:") }) {
		t.Errorf("warnings %q, want one that names the line of the characters", scan.Warnings)
	}
	n.seenBy(func(name string, all []seen) {
		if len(all) != 2 {
			t.Fatalf("%s has %d articles, want 2", name, len(all))
		}
		for _, s := range all {
			for _, r := range s.Title + s.Content + s.Summary {
				if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0xfffe {
					t.Errorf("%s holds %U: %q", name, r, s.Content)
				}
			}
			if s.Title == "나루터 소식" && (!strings.Contains(s.Content, "앞뒤") || !strings.Contains(s.Content, "\ufffd") || !strings.Contains(s.Content, "끝")) {
				t.Errorf("%s: words are lost: %q", name, s.Content)
			}
		}
	})
}

func TestC3TheEndOfCDATAIsText(t *testing.T) {
	n := one(t, "글.html", dayed("", "<p>]]&gt; &amp;lt; &lt;!-- ]]> ]]]]><![CDATA[></p>\n<pre>]]>\n]]&amp;gt;</pre>"))
	n.oneSeen(func(name string, s seen) {
		if want := "<p>]]&gt; &amp;lt; &lt;!-- ]]&gt; ]]]]&gt;</p>\n<pre>]]&gt;\n]]&amp;gt;</pre>"; s.Content != want {
			t.Errorf("%s: content\n got %q\nwant %q", name, s.Content, want)
		}
	})
}

func TestC4TitlesAreWhatTheirAuthorWrote(t *testing.T) {
	for written, want := range map[string]string{
		`'<3 R&D &lt;b&gt; "따옴표"'`:        `<3 R&D <b> "따옴표"`,
		`AT&T와 <속보>`:                      "AT&T와 <속보>",
		"'**굵게** 쓴 `<b>` 와 <em>기울임</em>'": "**굵게** 쓴 `<b>` 와 기울임",
		`"AT&amp;T"`:           "AT&T",
		`'1 < 2 && 3 > 2 ]]>'`: "1 < 2 && 3 > 2 ]]>",
	} {
		n := one(t, "글.md", "---\ntitle: "+written+"\n---\n\n본문\n")
		n.oneSeen(func(name string, s seen) {
			if s.Title != want {
				t.Errorf("%s: %s is shown as %q, want %q", name, written, s.Title, want)
			}
		})
	}
}

func TestC5NoMarksOfGeneratorsLeak(t *testing.T) {
	body := "* 차례\n{:toc}\n\n{% include ad.html %}앞 {{ page.title }}뒤 [글](/b){:target=\"_blank\"}\n{: .lead}\n\n{% raw %}{{ 글자 }}{% endraw %} `{{ code }}`\n\n" +
		"::: note\n알림\n:::\n\n{% highlight go %}\na < b\n{% endhighlight %}\n"
	n := newNewsroom(t)
	n.write("글.md", dayed("", body))
	scan, _ := n.pass()
	if !slices.ContainsFunc(scan.Warnings, func(w string) bool { return strings.Contains(w, "include") }) {
		t.Errorf("warnings %q, want one that names the tag", scan.Warnings)
	}
	code := regexp.MustCompile(`(?s)<code>.*?</code>`)
	n.oneSeen(func(name string, s seen) {
		shown := code.ReplaceAllString(s.Content, "")
		for _, mark := range []string{"{%", "{:", ":::", "page.title", "```"} {
			if strings.Contains(shown, mark) {
				t.Errorf("%s: %q leaks: %s", name, mark, shown)
			}
		}
		for _, word := range []string{"앞", "뒤", "{{ 글자 }}", "<code>{{ code }}</code>", "알림", "a &lt; b"} {
			if !strings.Contains(s.Content, word) {
				t.Errorf("%s lacks %q: %s", name, word, s.Content)
			}
		}
	})
}

func TestC6APathIsEncodedOnce(t *testing.T) {
	const encoded = base + "/2024/01/%ED%95%9C%EA%B8%80%20%EC%A0%9C%EB%AA%A9/"
	for _, written := range []string{"/2024/01/한글 제목/", "/2024/01/%ED%95%9C%EA%B8%80%20%EC%A0%9C%EB%AA%A9/", "/2024/01/%ed%95%9c글%20제목/"} {
		n := one(t, "글.md", dayed("permalink: '"+written+"'\n", "본문"))
		n.oneSeen(func(name string, s seen) {
			if s.Link != encoded {
				t.Errorf("%s: %s is %s, want %s", name, written, s.Link, encoded)
			}
		})
		if !strings.Contains(n.read("sitemap.xml"), "<loc>"+encoded+"</loc>") {
			t.Errorf("the sitemap has another URL of %s:\n%s", written, n.read("sitemap.xml"))
		}
		n.write("글.md", dayed("permalink: '"+written+"'\n", "고친 본문"))
		n.pass()
		n.deliver()
		if urls, _ := n.world.heard(); !slices.Equal(urls, []string{encoded}) {
			t.Errorf("told %q, want %q", urls, encoded)
		}
	}
}

func TestC7NamesOfAMacAreTheSame(t *testing.T) {
	composed := "한글 이름.md"
	decomposed := text.NFD(composed)
	n := one(t, decomposed, article("이름", "본문"))
	want := base + "/%ED%95%9C%EA%B8%80%20%EC%9D%B4%EB%A6%84/"
	n.oneSeen(func(name string, s seen) {
		if s.Link != want || s.ID != want {
			t.Errorf("%s: %s with the id %s, want %s", name, s.Link, s.ID, want)
		}
	})
	before := n.documents()
	n.rename(decomposed, composed)
	n.pass()
	for name, doc := range n.documents() {
		if doc != before[name] {
			t.Errorf("%s: the composed name is a change:\n%s", name, doc)
		}
	}
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
		t.Errorf("told of %q and %q, want nobody told", urls, topics)
	}
}

func TestC8KoreanSlugsStay(t *testing.T) {
	for _, c := range []struct{ permalink, file, more, want string }{
		{"/:categories/:year/:title/", "2026-05-05-새벽 시장 열리다.md", "categories: [경제]\n", "/경제/2026/새벽-시장-열리다/"},
		{"/:slug/", "눈.md", "slug: 첫눈 오는 날\n", "/첫눈-오는-날/"},
		{"/:path/", "소식/🎉 잔치.md", "", "/소식/🎉 잔치/"},
		{"/:slug/", "ㅋㅋ 웃음.md", "", "/ㅋㅋ-웃음/"},
	} {
		n := newNewsroom(t)
		pattern(n, c.permalink)
		n.write(c.file, "---\ntitle: 글\ndate: 2026-05-05T10:00:00Z\n"+c.more+"---\n본문\n")
		n.pass()
		want, err := n.settings.Site.URL.Join(c.want)
		n.must(err)
		n.oneSeen(func(name string, s seen) {
			if s.Link != want {
				t.Errorf("%s: %s of %s is %s, want %s", name, c.permalink, c.file, s.Link, want)
			}
		})
	}
	n := newNewsroom(t)
	pattern(n, "/:slug/")
	n.write("!!!.md", article("느낌표", "본문"))
	n.write("곁.md", article("곁", "본문"))
	if scan, _ := n.pass(); scan.RefusedCount != 1 || len(n.items()) != 1 {
		t.Errorf("refused %+v, want the one whose slug is empty", scan.Refused)
	}
}

func TestC9SummariesEndWhereReadersWould(t *testing.T) {
	const family = "👩‍👩‍👧‍👦"
	for what, words := range map[string]string{
		"spaces":    strings.Repeat("나루터에 배가 들어온다 ", 60),
		"no spaces": strings.Repeat("나루터에배가들어온다", 60),
		"sentences": strings.Repeat("배가 들어온다. ", 60),
		"japanese":  strings.Repeat("渡し場に船が着く。", 60),
		"families":  strings.Repeat(family, 300),
		"letters":   strings.Repeat("\u1112\u1161\u11ab\u1100\u116e\u11a8", 200), // each three are a syllable
	} {
		n := one(t, "글.html", dayed("", "<p>"+words[:len(words)/2]+"<b>"+words[len(words)/2:]+"</b></p>"))
		whole := strings.ReplaceAll(text.NFC(strings.TrimSpace(words)), family, "가")
		n.oneSeen(func(name string, s seen) {
			short := strings.ReplaceAll(s.Summary, family, "가") // a character each
			if count := utf8.RuneCountInString(short); count < 40 || count > 201 || !strings.HasPrefix(whole, strings.TrimSuffix(short, "…")) {
				t.Errorf("%s, %s: %d characters: %q", name, what, count, s.Summary)
			}
		})
	}
}

func TestC10OldKoreanEncodingsAreRead(t *testing.T) {
	// What is below as UTF-8, in CP949: EUC-KR lacks one of its letters.
	cp949 := "---\ntitle: \xc0\xe5\xc5\xcd\xc0\xc7 \x94\xee\n---\n\xc0\xe5\xc5\xcd\xbf\xa1 \xbb\xe7\xb6\xf7\xc0\xcc \xb8\xb9\xc0\xcc \xb8\xf0\xbf\xb4\xb0\xed \xbc\xb3\xb8\xb6 \x94\xee \xc7\xcf\xb4\xd9\n"
	for what, text := range map[string]string{"CP949": cp949, "a byte order mark": "\ufeff---\ntitle: 장터의 뷁\n---\n장터에 사람이 많이 모였고 설마 뷁 하다\n"} {
		n := one(t, "글.md", text)
		n.oneSeen(func(name string, s seen) {
			if s.Title != "장터의 뷁" || s.Content != "<p>장터에 사람이 많이 모였고 설마 뷁 하다</p>" {
				t.Errorf("%s, %s: title %q, content %q", name, what, s.Title, s.Content)
			}
		})
		for name, doc := range n.documents() {
			if strings.HasPrefix(doc, "\ufeff") || !utf8.ValidString(doc) {
				t.Errorf("%s, %s: no UTF-8 without a byte order mark", name, what)
			}
		}
	}
}

func TestC11LazyImagesAreShown(t *testing.T) {
	body := `<p><img src="data:image/gif;base64,R0lGOD" data-src="/a.jpg"> <img src="/blank.gif" data-original="/b.jpg"> <img class="lazy" data-srcset="/c.jpg 1x, /c2.jpg 2x"> <img src="/spin.gif"><noscript><img src="/d.jpg"></noscript></p>`
	n := one(t, "글.html", dayed("", body))
	n.oneSeen(func(name string, s seen) {
		for _, image := range []string{"/a.jpg", "/b.jpg", "/c.jpg", "/d.jpg"} {
			if !strings.Contains(s.Content, `src="`+base+image+`"`) {
				t.Errorf("%s does not show %s: %s", name, image, s.Content)
			}
		}
		for _, stand := range []string{"data:", "blank.gif", "spin.gif"} {
			if strings.Contains(s.Content, stand) {
				t.Errorf("%s shows %s: %s", name, stand, s.Content)
			}
		}
		if s.Image != base+"/a.jpg" && name != "atom.xml" {
			t.Errorf("%s: the image is %q, want %s/a.jpg", name, s.Image, base)
		}
	})
}

func TestC12FootnotesJumpWithinTheItem(t *testing.T) {
	for file, body := range map[string]string{
		"글.md":   "값[^1]은 크다.\n\n[^1]: 어제의 값.\n",
		"글.html": `<p>값<sup id="fnref:1"><a href="#fn:1">1</a></sup>은 크다.</p><ol><li id="fn:1">어제의 값. <a href="#fnref:1">↩</a></li></ol>`,
	} {
		n := one(t, file, dayed("", body))
		n.oneSeen(func(name string, s seen) {
			links := addressed.FindAllStringSubmatch(s.Content, -1)
			if len(links) != 2 {
				t.Fatalf("%s has the links %q, want two: %s", name, links, s.Content)
			}
			for _, link := range links {
				if id, local := strings.CutPrefix(link[1], "#"); !local || strings.Count(s.Content, ` id="`+id+`"`) != 1 {
					t.Errorf("%s: the link to %s leads nowhere: %s", name, link[1], s.Content)
				}
			}
			if s.Summary != "값은 크다." {
				t.Errorf("%s: the summary is %q", name, s.Summary)
			}
		})
	}
}

func TestC13EmbedsSwallowNothing(t *testing.T) {
	body := `<p>앞</p><iframe src="https://video.example/embed/1" title="장터 영상"></iframe><script>alert(1)</script><style>p{}</style>` +
		`<x-note onclick="a()"><p onmouseover="b()">알림</p></x-note><pre>  첫 줄
    둘째	줄
</pre><p>뒤</p>`
	n := one(t, "글.html", dayed("", body))
	want := "<p>앞</p>\n" + `<p><a href="https://video.example/embed/1">장터 영상</a></p>` + "\n<p>알림</p>\n<pre>  첫 줄\n    둘째\t줄\n</pre>\n<p>뒤</p>"
	n.oneSeen(func(name string, s seen) {
		if s.Content != want {
			t.Errorf("%s: content\n got %q\nwant %q", name, s.Content, want)
		}
	})
}

func TestC14AFeedShowsAsMuchAsItIsAskedFor(t *testing.T) {
	for content, want := range map[feeds.Content]seen{
		feeds.Full:    {Summary: "한 줄", Content: "<p>온 글</p>"},
		feeds.Summary: {Summary: "한 줄"},
		feeds.None:    {},
	} {
		n := one(t, "글.html", dayed("excerpt: 한 줄\n", "<p>온 글</p>"), func(s *settings) { s.Feed.Content = content })
		n.oneSeen(func(name string, s seen) {
			if name == "feed.json" && content != feeds.Full { // which demands some content
				s.Content = ""
			}
			if name == "atom.xml" && content == feeds.None { // which demands one of the two
				s.Summary = ""
			}
			if s.Summary != want.Summary && !(name == "feed.json" && content == feeds.None) || s.Content != want.Content {
				t.Errorf("%s, %s: summary %q, content %q, want %q, %q", name, content, s.Summary, s.Content, want.Summary, want.Content)
			}
		})
	}
}

func TestC15FilesHaveURLTypeAndLength(t *testing.T) {
	for written, want := range map[string]string{
		"enclosure: {url: /소리/1.mp3, length: 1234, type: audio/mpeg}\n": base + "/%EC%86%8C%EB%A6%AC/1.mp3 audio/mpeg 1234",
		"enclosure: v.webm\n": base + "/%EA%B8%80/v.webm video/webm 0",
		"enclosure: /a.bin\n": base + "/a.bin application/octet-stream 0",
	} {
		n := one(t, "글.md", dayed(written+"image: /표지.png\n", "본문"))
		n.oneSeen(func(name string, s seen) {
			if got := strings.TrimSuffix(s.Enclosure, " 0"); got != strings.TrimSuffix(want, " 0") || name == "feed.xml" && s.Enclosure != want {
				t.Errorf("%s: %q, want %q", name, s.Enclosure, want)
			}
			if s.Image != base+"/%ED%91%9C%EC%A7%80.png" && name != "atom.xml" {
				t.Errorf("%s: the image is %q", name, s.Image)
			}
		})
	}
}
