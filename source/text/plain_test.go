package text_test

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"herald/source/text"
)

// TestIsPlain holds that no character taken for plain needs a change, alone or behind another.
func TestIsPlain(t *testing.T) {
	plain := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		s := string(r)
		if !text.IsPlain(s) {
			continue
		}
		plain++
		p := norm.NFC.PropertiesString(s)
		if clean, _, _ := text.Clean([]byte(s)); clean != s || !norm.NFC.IsNormalString(s) || p.CCC() != 0 || !p.BoundaryBefore() {
			t.Errorf("%U is not plain", r)
		}
	}
	if plain < 40_000 {
		t.Errorf("only %d characters are plain", plain)
	}
	for _, s := range []string{"가\xea", "\xea\xb0", "\xc2", "\xeb\x80\xc0", "a\r\n", "\x00", "\ufffe", "\xed\xa0\x80", "\xf0\x9f\x98"} {
		if text.IsPlain(s) {
			t.Errorf("%q is not plain", s)
		}
	}
}

// TestIsPlainAnywhere holds that a text is plain where each of its characters is, wherever it stands among the
// eight bytes that are looked at together.
func TestIsPlainAnywhere(t *testing.T) {
	parts := []string{"a", " ", "\n", "\t", "~", "가", "나다", "휴", "힣", "꿿", "\ud6ff", "中", "“", "·", "…", "Ａ", "😀", // plain
		"\r", "\x01", "\x08", "\v", "\x1f", "\x7f", "\u0085", "\U0001fffe", "é", "\u0301", "\uabff", "\ud7a4", "\ud7b0", "\u302a", "\u3099", "\ufffe", "\ufeff", "\xea\xb0", "\xb0\x80", "\xed\xa0\x80", "\xe9", "\xff"}
	const plain = 17
	r := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		s, want := "", true
		for range r.IntN(12) {
			n := r.IntN(plain)
			if r.IntN(16) == 0 {
				n = r.IntN(len(parts))
			}
			s += parts[n]
		}
		for _, c := range s {
			want = want && text.IsPlain(string(c)) && c != utf8.RuneError
		}
		if got := text.IsPlain(s); got != want {
			t.Fatalf("%q: plain %t", s, got)
		}
	}
}
