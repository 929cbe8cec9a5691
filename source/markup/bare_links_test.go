package markup_test

import (
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/markup"
)

// TestBareLinks lists where a bare address ends; the brackets ‹› stand around what is a link.
func TestBareLinks(t *testing.T) {
	for _, marked := range []string{
		"‹https://a.example/글›",
		"‹https://a.example/C언어›\n뒤",
		"- ‹https://a.example/path에›",
		"앞 ‹https://a.example/글/나라› 뒤",
		"앞 ‹https://a.example/path›를 뒤, ‹https://a.example/wiki/C언어› 뒤",
		"앞 ‹https://a.example›은 뒤, ‹https://a.example›한국 뒤",
		"앞 (‹https://a.example/b›)는 뒤 (‹https://a.example/가_(나)›) 뒤",
		"앞 ‹https://a.example/가_(나)›를 뒤",
		"앞 ‹https://a.example/path›をご覧 ‹https://a.example/日本›、 ‹https://a.example/c›页面",
		"앞 ‹https://a.example/가?나=다#라›. ‹https://a.example/b›.그리고 뒤",
		"앞 “ ‹https://a.example/가›” ‹https://a.example/b›”라고",
		"앞 ‹https://한글.example/가› ‹www.a.example/가›, ‹https://user-1.a.example:8080/b›!",
		"앞 ‹https://a.example/b?c=d&e=f›&amp; ‹https://a.example/~b/c_d›_ 뒤",
		"앞 https://localhost/b https:// https://_a.b_/ http://a_b.c_d/ www. 뒤",
	} {
		in := strings.NewReplacer("‹", "", "›", "").Replace(marked)
		got := markup.Render(source.Body{Markup: source.Markdown, Text: in}, page)
		for link := range strings.SplitSeq(marked, "‹") {
			label, _, found := strings.Cut(link, "›")
			if want := ">" + strings.ReplaceAll(label, "&", "&amp;") + "</a>"; found && !strings.Contains(got, want) {
				t.Errorf("%s:\n got %s\nwant %s in it", in, got, want)
			}
		}
		if got, want := strings.Count(got, "</a>"), strings.Count(marked, "‹"); got != want {
			t.Errorf("%s: got %d links, want %d", in, got, want)
		}
	}
}

// TestBareLinksTime holds that addresses without spaces between them cost no more than their number.
func TestBareLinksTime(t *testing.T) {
	for _, piece := range []string{"(https://a.bc/d页", "(https://", "(https://a.bc/(", " www.a.b가", "https://a.b/;"} {
		const n = 1 << 11
		time1 := renderTime(strings.Repeat(piece, n))
		if time8 := renderTime(strings.Repeat(piece, 8*n)); time8 > 30*time1+time.Second {
			t.Errorf("%q: %s for eight times the text of %s", piece, time8, time1)
		}
	}
}
