package blocks_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

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

// counter is a reader of a text that counts what is asked of it.
type counter struct {
	text.Reader
	seen  int // bytes of lines, each time that they are looked at
	texts int // how often the whole text was asked for
}

func (c *counter) PeekLine() ([]byte, text.Segment) {
	line, at := c.Reader.PeekLine()
	c.seen += len(line)
	return line, at
}

func (c *counter) Source() []byte {
	c.texts++
	return c.Reader.Source()
}

// parse parses a text and returns what was asked of it, and how many bytes that allocated.
func parse(s string) (c *counter, allocated uint64) {
	var before, after runtime.MemStats
	c = &counter{Reader: text.NewReader([]byte(s))}
	runtime.ReadMemStats(&before)
	bounded().Parser().Parse(c)
	runtime.ReadMemStats(&after)
	return c, after.TotalAlloc - before.TotalAlloc
}

// TestSteps holds that the work grows as the text does: eight times the text takes some more than eight times the looks at
// its bytes and eight times the memory. Where each piece looked at all others, it would be sixty times.
func TestSteps(t *testing.T) {
	for _, piece := range []string{"> ", "- a\n  ", "> - ", "[a]: b\n", "[a]:\n", "[a\n", "\t", " ", "1. ", "* *\n", "> a\n- b\n", "- a\n\n", ">", "\t-", "   >"} {
		const n = 1 << 11
		small, allocated := parse(strings.Repeat(piece, n))
		large, allocated8 := parse(strings.Repeat(piece, 8*n))
		if large.seen > 12*small.seen {
			t.Errorf("%q: %d bytes seen for eight times the text of %d", piece, large.seen, small.seen)
		}
		if allocated8 > 12*allocated+1<<20 {
			t.Errorf("%q: %d bytes allocated for eight times the text of %d", piece, allocated8, allocated)
		}
	}
}

// TestTargetsInParts holds that long runs of targets are handed to goldmark in parts: it takes the square of a part.
func TestTargetsInParts(t *testing.T) {
	const lines = 5000
	targets := strings.Repeat("[a]: b\n", lines)
	own, _ := parse(targets)
	plain := &counter{Reader: text.NewReader([]byte(targets))}
	goldmark.DefaultParser().Parse(plain)
	if parts := own.texts - plain.texts; parts < lines/100 {
		t.Errorf("%d lines were taken in at most %d parts, want %d", lines, parts, lines/100)
	}
}
