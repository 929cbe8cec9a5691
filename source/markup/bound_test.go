package markup_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"herald/source"
	"herald/source/hostile"
	"herald/source/markup"
)

// checkMost holds that no text costs more than what is known without parsing it: else Bound would let through what it should
// refuse.
func checkMost(t *testing.T, name, text string) {
	t.Helper()
	for _, as := range []source.Markup{source.Markdown, source.Kramdown} {
		spent, most := markup.Costs(source.Body{Markup: as, Text: text})
		for kind, n := range spent {
			if n > most[kind] {
				t.Errorf("%s as %s, cost %d: %d, but at most %d: %.3000q", name, as, kind, n, most[kind], text)
			}
		}
	}
}

// TestMost tries each construct, and texts of many.
func TestMost(t *testing.T) {
	var pieces []string
	for _, in := range hostile.Articles() {
		if !strings.HasPrefix(in.Name, "bare Markdown: ") {
			continue
		}
		for _, size := range []int{1, 100, 3000} {
			text := string(in.Make(size))
			checkMost(t, in.Name, text)
			if size < 3000 && len(text) < 1000 {
				pieces = append(pieces, text)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var text strings.Builder
		for range 1 + random.IntN(8) {
			piece := pieces[random.IntN(len(pieces))]
			if random.IntN(3) == 0 {
				piece = piece[:random.IntN(len(piece)+1)]
			}
			text.WriteString(strings.Repeat(piece, 1+random.IntN(3)) + []string{"", "\n", "\r", "\n\n", "\n> ", "\n- ", " \n\t\n"}[random.IntN(7)])
		}
		checkMost(t, "a mix", text.String())
	}
}

// FuzzMost is TestMost for any text.
func FuzzMost(f *testing.F) {
	f.Add("| a | b |\n|-|-|\n|\n\n> [^1] ![^1]\n\n[^1]: [a](b \"\n\n[a]: /c 'd'\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 4096 {
			checkMost(t, "fuzzed", text)
		}
	})
}
