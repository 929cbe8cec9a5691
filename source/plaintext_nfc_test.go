package source_test

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"herald/source"
)

// TestIsPlain holds that no character taken for plain needs a change, alone or behind another.
func TestIsPlain(t *testing.T) {
	plain := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		s := string(r)
		if !source.IsPlain(s) {
			continue
		}
		plain++
		p := norm.NFC.PropertiesString(s)
		if clean, _ := source.Clean([]byte(s)); clean != s || !norm.NFC.IsNormalString(s) || p.CCC() != 0 || !p.BoundaryBefore() {
			t.Errorf("%U is not plain", r)
		}
	}
	if plain < 40_000 {
		t.Errorf("only %d characters are plain", plain)
	}
	for _, s := range []string{"가\xea", "\xea\xb0", "\xc2", "\xeb\x80\xc0", "a\r\n", "\x00", "\ufffe", "\xed\xa0\x80", "\xf0\x9f\x98"} {
		if source.IsPlain(s) {
			t.Errorf("%q is not plain", s)
		}
	}
}
