package reader_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/safehtml"
)

func parse(text string) (*source.Article, error) {
	return reader.Parse("posts/a.md", []byte(text), reader.Reading{Path: "a.md", Zone: time.FixedZone("Asia/Seoul", 9*3600)})
}

func TestLiteralLines(t *testing.T) {
	tests := []struct{ line, want string }{
		{"title: [속보] 강풍 주의보", "[속보] 강풍 주의보"},
		{"title: [속보]", "[속보]"},
		{"Title: [속보] 강풍", "[속보] 강풍"},
		{"TITLE: 5·18: 기념식", "5·18: 기념식"},
		{`title: "인용" 뒤에 말`, `"인용" 뒤에 말`},
		{"title: 5·18: 기념식", "5·18: 기념식"},
		{"title: 추진위 #1 회의", "추진위 #1 회의"},
		{"title: #속보 개각", "#속보 개각"},
		{"title: @공지 새 소식", "@공지 새 소식"},
		{"title: *강조* 제목", "*강조* 제목"},
		{"title: &함께 걷는 길", "&함께 걷는 길"},
		{"title: !긴급 단수 안내", "!긴급 단수 안내"},
		{"title: {단독} 새 노선", "{단독} 새 노선"},
		{"title: 'It's 축제", "'It's 축제"},
		{"title: > 화살표", "> 화살표"},
		{"title: - 줄표", "- 줄표"},
		{"title: 쌍점:", "쌍점:"},
		{"title: %할인", "%할인"},
		{"title: `코드`", "`코드`"},
	}
	for _, tt := range tests {
		a, err := parse("---\ndate: 2024-01-02\n" + tt.line + "\ntags: [a]\n---\n본문\n")
		if err != nil {
			t.Errorf("%s: %v", tt.line, err)
			continue
		}
		if a.Title != safehtml.PlainText(tt.want) || len(a.Warnings) != 1 || a.Warnings[0].Line != 3 || a.Warnings[0].Column != 8 {
			t.Errorf("%s: title %q, warnings %v", tt.line, a.Title, a.Warnings)
		}
	}
}

func TestYAMLTitles(t *testing.T) {
	tests := []struct{ block, want string }{
		{"title: 2024", "2024"},
		{"title: 1.10", "1.10"},
		{"title: yes", "yes"},
		{"title: 2024-01-02", "2024-01-02"},
		{"title: 0x1F", "0x1F"},
		{"title: 1_000", "1_000"},
		{`title: "제목" # 메모`, "제목"},
		{"title: 여러\n  줄의 제목", "여러 줄의 제목"},
		{"title: \"들여 쓰지\n않은 줄\"", "들여 쓰지 않은 줄"},
		{"title: >\n  접은\n  제목", "접은 제목"},
		{"base: &t 같은 제목\ntitle: *t", "같은 제목"},
		{"base: &b {title: 이어받은 제목}\n<<: *b", "이어받은 제목"},
		{"title: !!str 2024", "2024"},
		{"title: \"탭\\t과 \\u0008제어\"", "탭 과 제어"},
		{"title: 제\u007f목", "제목"},
		{"title: 제목\u2028이어짐\nexcerpt: >\n  글\u2028글\n  글\u0085글", "제목 이어짐"},
	}
	for _, tt := range tests {
		a, err := parse("---\n" + tt.block + "\n---\n본문")
		if err != nil || a.Title != tt.want {
			t.Errorf("%q: %+v, %v; want %q", tt.block, a, err, tt.want)
		}
	}
}

func TestFrontMatterRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no end", "---\ntitle: 제목\n", `posts/a.md:1:1: front matter has no end: a line "---" is missing`},
		{"no end of TOML", "\n+++\ntitle = \"제목\"\n", `posts/a.md:2:1: front matter has no end: a line "+++" is missing`},
		{"no end of JSON", "{\"title\": \"제목\"", `posts/a.md:1:14: front matter has no end: a "}" is missing`},
		{"a text between rules", "---\n그냥 글\n---\n", `posts/a.md:2:1: front matter: want lines such as "title: 제목"`},
		{"tab", "---\ntitle: 제목\ncategories:\n\t- 사회\n---\n", `posts/a.md:4:1: front matter: indent with spaces, not with tabs (found character that cannot start any token)`},
		{"open quote", "---\ntitle: 제목\nimage: '/a.jpg\ntags: a\n---\n", `posts/a.md:3:8: front matter: the quote that opens here has no end (found unexpected end of stream)`},
		{"not one line", "---\ntitle: \"제목\" 뒤에\n  말\n---\n", `posts/a.md:2:8: front matter: quote a value that begins with [, @, *, % or a quote and goes on after it (did not find expected key)`},
		{"another key", "---\ntitle: 제목\nimage: [a\n---\n", `posts/a.md:3:8: front matter: the [ that opens here has no ] (did not find expected ',' or ']')`},
		{"unknown alias", "---\r\ntitle: 제목\r\ntags: *t\r\n---\r\n", `posts/a.md:3:1: front matter: unknown anchor 't' referenced`},
		{"second document", "---\ntitle: 제목\n--- x\n---\n", `posts/a.md:3:1: front matter: a second YAML document begins here`},
		{"TOML", "+++\ntitle = \"제목\"\ndate = 2024-13-01\n+++\n", `posts/a.md:3:8: front matter: invalid datetime: "2024-13-01"`},
		{"JSON", "{\n  \"title\": 제목\n}\n", `posts/a.md:2:11: front matter: no valid JSON here`},
		{"date", "---\ntitle: 제목\ndate: 2024-02-30\n---\n", `posts/a.md:3:7: date: "2024-02-30": no calendar has the day 2024-02-30`},
		{"date of a kind", "---\ntitle: 제목\ndate: [2024]\n---\n", `posts/a.md:3:7: date: want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"`},
		{"draft", "---\ntitle: 제목\ndraft: 아마\n---\n", `posts/a.md:3:8: draft: want true or false`},
		{"no title", "---\ndate: 2024-01-02\n---\n\n", `posts/a.md:1:1: no title: front matter has none, and there is no heading and no line of text`},
		{"empty file", "", `posts/a.md:1:1: no title: front matter has none, and there is no heading and no line of text`},
		{"too large", "---\ntitle: 제목\nx: " + strings.Repeat("가", 400_000) + "\n---\n", `posts/a.md:1:1: front matter is larger than 1048576 bytes`},
		{"deep YAML", "---\ntitle: 제목\nx: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "\n---\n", `posts/a.md:3:68: front matter is nested too deeply`},
		{"deep TOML", "+++\nx = " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "\n+++\n", `posts/a.md:2:1: front matter is nested too deeply`},
		{"deep JSON", "{\"x\": " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "}\n", `posts/a.md:1:70: front matter is nested too deeply`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parse(tt.text)
			var refused *source.ArticleError
			if !errors.As(err, &refused) || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

// bomb nests aliases: nine levels of nine are 387 million nodes.
func bomb() string {
	var b strings.Builder
	b.WriteString("---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 9; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	return b.String() + "title: 제목\n---\n본문\n"
}

func TestYAMLBombIsRefusedFast(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err := parse(bomb())
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "holds more than 10000 values") {
		t.Errorf("err = %v", err)
	}
	if took, used := time.Since(start), after.TotalAlloc-before.TotalAlloc; took > 30*time.Second || used > 64<<20 {
		t.Errorf("took %v and %d bytes", took, used)
	}
}

// TestHostileFrontMatterIsQuick holds shapes that cost a careless reader seconds or gigabytes.
func TestHostileFrontMatterIsQuick(t *testing.T) {
	tests := map[string]string{
		"keys":             "---\ntitle: 제목\n" + numbered("k%d: v\n", 70_000) + "---\n",
		"titles":           "---\n" + strings.Repeat("title: [가\n", 70_000) + "---\n",
		"authors":          "---\ntitle: 제목\nauthors: " + numbered("%d,", 130_000) + "\n---\n",
		"tags":             "---\ntitle: 제목\ntags: " + numbered("%d ", 130_000) + "\n---\n",
		"flow lists":       "---\ntitle: 제목\nx: " + strings.Repeat("[", 900_000) + "\n---\n",
		"block lists":      "---\ntitle: 제목\nx: " + strings.Repeat("- ", 400_000) + "\n---\n",
		"merges":           "---\nb: &b {" + numbered("k%d: v, ", 2_000) + "}\n<<: [" + strings.Repeat("*b,", 100) + "]\ntitle: 제목\n---\n",
		"JSON values":      "{\"title\": \"제목\", \"x\": [" + strings.Repeat("1,", 400_000) + "1]}",
		"JSON lists":       "{\"title\": \"제목\", \"x\": " + strings.Repeat("[", 900_000),
		"TOML tables":      "+++\ntitle = '제목'\n" + numbered("[t%d]\n", 90_000) + "+++\n",
		"TOML keys":        "+++\ntitle = '제목'\n" + strings.Repeat("a.", 400_000) + "a = 1\n+++\n",
		"TOML lists":       "+++\nx = " + strings.Repeat("[", 900_000) + "\n+++\n",
		"a long date":      "---\ntitle: 제목\ndate: " + strings.Repeat("2024 ", 200_000) + "\n---\n",
		"keys near others": "---\ntitle: 제목\n" + numbered("titl%d: v\n", 9) + numbered("imag%d: v\n", 9) + numbered("draft%d: v\n", 9_000) + "---\n",
		"keys twice":       "---\ntitle: 제목\n" + strings.Repeat("a: v\nA: v\n", 4_900) + "---\n",
		"TOML keys twice":  "+++\ntitle = '제목'\n" + strings.Repeat("a = 1\n", 100_000) + "+++\n",
		"a header":         "Title: 제목\n" + strings.Repeat("a: v\n", 200_000),
		"a loose header":   "title: 제목\n" + strings.Repeat("a: v\n", 150) + "x: " + strings.Repeat("[", 900_000) + "\n---\n",
		"Hexo's JSON":      ";;;\n" + strings.Repeat("\"a\": [", 100_000) + "\n;;;\n",
		"Nikola":           "<!--\n" + strings.Repeat(".. title: 제목\n", 100_000) + "-->\n",
		"marks":            "---\ntitle: 제목\nimage: '" + strings.Repeat("{{", 400_000) + "'\n---\n",
		"a broken quote":   "---\ntitle: 제목\nx: '" + strings.Repeat("가\n", 250_000) + "---\n",
	}
	for name, text := range tests {
		start := time.Now()
		_, err := parse(text)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: took %v", name, took)
		}
		if err != nil && len(err.Error()) > 500 {
			t.Errorf("%s: a message of %d bytes", name, len(err.Error()))
		}
		t.Logf("%s: %v, %v", name, time.Since(start), err)
	}
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestWhatIsNoFrontMatter(t *testing.T) {
	for _, text := range []string{"{속보} 강풍\n본문", "{% raw %} 강풍", "----\n강풍", "--- 강풍 ---\n본문", "강풍\n---\ntitle: x\n---\n"} {
		if a, err := parse(text); err != nil || a.Title == "" {
			t.Errorf("%q: %+v, %v", text, a, err)
		}
		if _, err := reader.Parse("a.md", []byte(text), reader.Reading{FrontMatterRequired: true}); !errors.Is(err, reader.ErrNotArticle) {
			t.Errorf("%q: %v, want ErrNotArticle", text, err)
		}
	}
}
