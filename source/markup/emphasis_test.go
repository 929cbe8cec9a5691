package markup_test

import (
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/markup"
)

// TestEmphasis lists emphasis beside letters of the East, what is none, and what holds code, links and brackets.
func TestEmphasis(t *testing.T) {
	for in, want := range map[string]string{
		`**"인용"**이라고 *'강조'*를 ***(둘)***은 ~~[지움]~~이다`:    `<strong>"인용"</strong>이라고 <em>'강조'</em>를 <em><strong>(둘)</strong></em>은 <del>[지움]</del>이다`,
		"그는**“왜?”**라고, **가.**나":                        "그는<strong>“왜?”</strong>라고, <strong>가.</strong>나",
		"*「斜体」*です。**（中文）**字，**『本』**を":                  "<em>「斜体」</em>です。<strong>（中文）</strong>字，<strong>『本』</strong>を",
		"これは**終わり。**次は~~「違う」~~こと":                      "これは<strong>終わり。</strong>次は<del>「違う」</del>こと",
		"**`a*b`**는 *`c**`*가 ~~`~~`~~도":                "<strong><code>a*b</code></strong>는 <em><code>c**</code></em>가 <del><code>~~</code></del>도",
		"**[글*](/x)**을 *![그림](/y.png)*이 **<b>가</b>**는": `<strong><a href="https://news.example.org/x">글*</a></strong>을 <em><img src="https://news.example.org/y.png" alt="그림"></em>이 <strong><b>가</b></strong>는`,
		"[**\"가\"**는](/x) [*나](/y)*":                   `<a href="https://news.example.org/x"><strong>"가"</strong>는</a> <a href="https://news.example.org/y">*나</a>*`,
		`**"인용"**A씨, **(주)**2024년, ~~'가'~~B`:           `<strong>"인용"</strong>A씨, <strong>(주)</strong>2024년, <del>'가'</del>B`,
		`**"quoted"**s **(a)**b *(c)*d`:                `**"quoted"**s **(a)**b *(c)*d`,
		"기온은 3~5도, 10~15명 ~ 20명. ~한 글자~ ~~~셋~~~":       "기온은 3~5도, 10~15명 ~ 20명. ~한 글자~ ~~~셋~~~",
		"~~가~~ ~~나 다~~라 ~~ 마 ~~":                       "<del>가</del> <del>나 다</del>라 ~~ 마 ~~",
		"~~하나 **둘~~ 셋**":                               "<del>하나 **둘</del> 셋**",
		"2*(3+4)*5 = 70, a*b*c":                        "2*(3+4)<em>5 = 70, a</em>b*c",
		"snake_case_이름 _가_ __나__ _\"다\"_라":             "snake_case_이름 <em>가</em> <strong>나</strong> _\"다\"_라",
		"** 가** **나 ** \\*다\\* **":                     "** 가** **나 ** *다* **",
		"**가 *나 **다** 라* 마**":                          "<strong>가 <em>나 <strong>다</strong> 라</em> 마</strong>",
	} {
		if got, want := markup.Render(source.Body{Markup: source.Markdown, Text: in}, page), "<p>"+want+"</p>"; got != want {
			t.Errorf("%q:\n got %s\nwant %s", in, got, want)
		}
	}
}

// TestEmphasisInCode: what looks like emphasis is none in code of any kind.
func TestEmphasisInCode(t *testing.T) {
	const code = `**"인용"**이라고 ~~'가'~~나 3~5 *"다"*라`
	for name, body := range map[string]string{
		"indented":         "글\n\n    " + code + "\n",
		"in a list":        "1. 글\n\n       " + code + "\n",
		"a fence":          "```md\n" + code + "\n```",
		"a tilde fence":    "- 글\n\n  ~~~\n  " + code + "\n  ~~~",
		"in a quotation":   "> > ```\n> > " + code + "\n> > ```",
		"an unclosed one":  "> ```\n> " + code,
		"many marks":       "```\n" + strings.Repeat(">", 60) + strings.Repeat(" -", 60) + "\n" + strings.Repeat(" ", 200) + code + "\n```",
		"backticks":        "글 ``" + code + "`` 글",
		"HTML":             "<pre>" + code + "</pre>",
		"HTML in the line": "글 <!-- x --> \\*`" + code + "`",
	} {
		got := markup.Render(source.Body{Markup: source.Markdown, Text: body}, page)
		if !strings.Contains(got, code) {
			t.Errorf("%s: got %s, want %s in it", name, got, code)
		}
	}
}

// FuzzCode holds that the text of code comes out as it went in, whatever it is and wherever the code stands.
func FuzzCode(f *testing.F) {
	f.Add(`**"인용"**이라고`, uint8(0))
	f.Add("~~a~~ *b* <b> [c](d) &amp;", uint8(3))
	f.Fuzz(func(t *testing.T, code string, where uint8) {
		if strings.ContainsAny(code, "{}`\t\r\u0085\u2028\u2029") || !isPlain(code) || code != strings.TrimSpace(code) || code == "" {
			return // templates are another matter, and so are the bounds of the code itself
		}
		form := []string{"a\n\n    %\n\nb", "~~~\n%\n~~~", "> - ```\n>   %\n>   ```", "a `%` b", "- a\n\n      %\n"}[where%5]
		got := markup.Render(source.Body{Markup: source.Markdown, Text: strings.Replace(form, "%", code, 1)}, page)
		want := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(code)
		if where%5 == 3 {
			got, want = strings.ReplaceAll(got, "  ", " "), strings.ReplaceAll(want, "  ", " ")
		}
		if !strings.Contains(got, want) {
			t.Fatalf("%q in %q:\n got %s", code, form, got)
		}
	})
}

// isPlain reports whether cleaning leaves a text as it is, and rendering its white space.
func isPlain(s string) bool {
	for _, r := range s {
		if r < ' ' || r > '~' && !(r >= '가' && r <= '힣') {
			return false
		}
	}
	return !strings.Contains(s, "  ") && !strings.HasSuffix(s, "~~~")
}

// TestEmphasisTime holds that runs without partners cost no more than their number.
func TestEmphasisTime(t *testing.T) {
	for _, piece := range []string{"*a ", "_a b* ", "**a *b_c~~", "~", "*", "a**b", "*a_ ", "~~가*", "[*a](b)*", "![*a", "***가_나~~"} {
		const n = 1 << 11
		time1 := renderTime(strings.Repeat(piece, n))
		if time8 := renderTime(strings.Repeat(piece, 8*n)); time8 > 30*time1+time.Second {
			t.Errorf("%q: %s for eight times the text of %s", piece, time8, time1)
		}
	}
	halves := func(n int) string { return strings.Repeat("_a ", n) + strings.Repeat("b* ", n) }
	time1 := renderTime(halves(1 << 11))
	if time8 := renderTime(halves(1 << 14)); time8 > 30*time1+time.Second {
		t.Errorf("two halves: %s for eight times the text of %s", time8, time1)
	}
}

func renderTime(s string) time.Duration {
	begin := time.Now()
	markup.Render(source.Body{Markup: source.Markdown, Text: s}, page)
	return time.Since(begin)
}
