package blocks_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"

	"herald/source/blocks"
)

func bounded() goldmark.Markdown {
	return goldmark.New(goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(blocks.Parsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(blocks.Targets()))))
}

func convert(t *testing.T, m goldmark.Markdown, text string) string {
	t.Helper()
	var b bytes.Buffer
	if err := m.Convert([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// FuzzParsers holds that what anybody writes is read as goldmark reads it.
func FuzzParsers(f *testing.F) {
	f.Add("> - a\n>   > b\n\n1. c\n\n[d]: /e 'f'\n[d]")
	f.Add(strings.Repeat("[a]: b\n", 150) + "c")
	f.Add(strings.Repeat("[a]:\nb\n", 150))
	own, plain := bounded(), goldmark.New()
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Count(text, ">") > 30 || strings.Count(text, "-")+strings.Count(text, "+")+strings.Count(text, "*")+strings.Count(text, "1") > 30 || strings.Count(text, `"`)+strings.Count(text, `'`)+strings.Count(text, "(") > 30 {
			return
		}
		if got, want := convert(t, own, text), convert(t, plain, text); got != want {
			t.Fatalf("%q:\n got %s\nwant %s", text, got, want)
		}
	})
}

// TestDepth holds that blocks nest to a bound, and that what is deeper is text.
func TestDepth(t *testing.T) {
	for _, mark := range []string{"> ", "- ", "1. "} {
		got := convert(t, bounded(), strings.Repeat(mark, 500)+"a")
		if n := strings.Count(got, "<blockquote>") + strings.Count(got, "<ul>") + strings.Count(got, "<ol>"); n < 40 || n > 80 {
			t.Errorf("%q 500 times: %d deep, want 40 to 80", mark, n)
		}
		if !strings.Contains(got, "a") {
			t.Errorf("%q 500 times: the text is gone: %s", mark, got)
		}
	}
}

// TestTargets holds that all targets of a long run are known, wherever it ends.
func TestTargets(t *testing.T) {
	for _, n := range []int{1, 99, 100, 101, 200, 250} {
		for _, form := range []string{"[%d]: /%[1]d\n", "[%d]:\n  /%[1]d\n  'title'\n"} {
			var text strings.Builder
			for i := range n {
				fmt.Fprintf(&text, form, i)
			}
			got := convert(t, bounded(), text.String()+"tail\n[more]: /no\n\n"+fmt.Sprintf("[%d] [0]", n-1))
			if want := fmt.Sprintf(`<a href="/%d"`, n-1); !strings.Contains(got, want) || !strings.Contains(got, "<p>tail\n[more]: /no</p>") || strings.Count(got, "<a ") != 2 {
				t.Errorf("%d of %q: got %s", n, form, got)
			}
		}
	}
}

// TestTime holds that time is linear in the length of the text. Where the machine is busy it looks again.
func TestTime(t *testing.T) {
	took := func(text string) time.Duration {
		begin := time.Now()
		convert(t, bounded(), text)
		return time.Since(begin)
	}
	for _, piece := range []string{"> ", "- ", "> - ", "[a]: b\n", "[a]:\n", "[a\n", "\t", " ", "1. ", "* *\n", "> a\n- b\n", "- a\n\n", ">", "\t-", "   >"} {
		const n = 1 << 11
		for try := 1; ; try++ {
			time1, time8 := took(strings.Repeat(piece, n)), took(strings.Repeat(piece, 8*n))
			if time8 <= 30*time1+time.Second {
				break
			}
			if try == 5 {
				t.Errorf("%q: %s for eight times the text of %s", piece, time8, time1)
				break
			}
		}
	}
}
