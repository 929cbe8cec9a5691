package safehtml_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source/safehtml"
)

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		`<3 R&D &lt;b&gt; "따옴표"`:        `<3 R&D <b> "따옴표"`, // C4
		"<속보> 국회":                       "<속보> 국회",
		"AT&amp;T":                      "AT&T",
		"AT&amp;amp;T":                  "AT&amp;T",
		"a?b=1&copy=2 &notit; &nosuch;": "a?b=1&copy=2 &notit; &nosuch;",
		`<b class="x>y">굵은</b> <a href='/'>글</a>`: "굵은 글",
		"가<br/>나":                           "가 나",
		"가<!-- 주석 -->나":                     "가나",
		"1 < 2 > 0, <b 없음":                  "1 < 2 > 0, <b 없음",
		"<strongly> <k-pop>":                "<strongly> <k-pop>",
		" 가\n\t나\u3000다 ":                   "가 나 다",
		"가\u3000나\u00a0다":                   "가 나 다",
		"가“나”  다":                           "가“나” 다",
		"&#8;&#x1F600;\u1112\u1161\u11ab":   "😀한",
		"**굵게** 그대로":                        "**굵게** 그대로",
		"":                                  "",
		"Use `<b>` now":                     "Use `<b>` now",
		"``<dl>`` 와 `a<b>c`, <b>굵게</b>":     "``<dl>`` 와 `a<b>c`, 굵게",
		"홀로 선 ` 뒤의 <b>굵게</b>":               "홀로 선 ` 뒤의 굵게",
		"i<p 이고 q>0":                        "i<p 이고 q>0",
		"if a <b and c> d":                  "if a <b and c> d",
		"<a href=/x>글</a> <input disabled>": "글",
	} {
		if got := safehtml.PlainText(in); got != want {
			t.Errorf("PlainText(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestSummarize holds C9: a limit in graphemes, no reliance on spaces, never inside a cluster.
func TestSummarize(t *testing.T) {
	sentence := "국회는 오늘 본회의를 열고 새해 예산안을 여야 합의로 처리했다고 국회사무처가 밝혔다. "
	family := "👨‍👩‍👧"
	for _, c := range []struct{ name, in, want string }{
		{"short", "<h2>제목</h2><p>본문 <b>굵게</b></p>", "제목 본문 굵게"},
		{"table", "<table><tr><th>구분</th><th>값</th></tr></table>", "구분 값"},
		{"script", "<script>x</script><style>y</style>가", "가"},
		{"sentence", "<p>" + strings.Repeat(sentence, 9), strings.TrimSpace(strings.Repeat(sentence, 4))},
		{"no spaces", strings.Repeat("가", 300), strings.Repeat("가", 200) + "…"},
		{"clusters", strings.Repeat(family, 300), strings.Repeat(family, 200) + "…"},
		{"words", strings.Repeat("가나다 ", 100), strings.TrimSpace(strings.Repeat("가나다 ", 50)) + "…"},
		{"number", strings.Repeat("가", 100) + " 1. " + strings.Repeat("나", 150), strings.Repeat("가", 100) + " 1.…"},
		{"exactly", strings.Repeat("가", 200), strings.Repeat("가", 200)},
		{"empty", "<p> </p>", ""},
	} {
		if got := safehtml.Summarize(c.in); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	if got := safehtml.Summarize("e" + strings.Repeat("\u0301", 1<<20)); len(got) > 9000 || !utf8.ValidString(got) {
		t.Errorf("one endless cluster: %d bytes", len(got))
	}
}

func TestBeginsWithBlockTag(t *testing.T) {
	for in, want := range map[string]bool{
		"<p>": true, " \n<H2 class=x>": true, "<!-- c --><div>": true, "<!doctype html>": true, "\ufeff<ul>": true, "<img src=a>": true,
		"<b>": false, "<속보> 국회": false, "<3": false, "글 <p>": false, "<pp>": false, "<": false, "": false, "<span>": false, "<p": false,
	} {
		if safehtml.BeginsWithBlockTag(in) != want {
			t.Errorf("%q: %v", in, !want)
		}
	}
}

func FuzzPlainText(f *testing.F) {
	f.Add("<3 R&D &lt;b&gt; <b x='>'>")
	f.Fuzz(func(t *testing.T, text string) {
		plain := safehtml.PlainText(text)
		if !utf8.ValidString(plain) || strings.TrimSpace(plain) != plain || strings.ContainsAny(plain, "\n\x00\x08\ufffe") {
			t.Fatalf("%q -> %q", text, plain)
		}
		safehtml.Summarize(text)
	})
}
