package screen

import (
	"bytes"
	"strings"
	"testing"

	"herald/cmd/internal/words"
)

// What others wrote cannot steer the terminal: controls of either range, in names as in titles.
func TestControlsDoNotReachTheTerminal(t *testing.T) {
	for text, want := range map[string]string{
		"a\x1b[31mb": "a\uFFFD[31mb", "a\u009b31mb": "a\uFFFD31mb", "a\u0080\u009fb": "a\uFFFD\uFFFDb", "a\u007fb\rc": "a\uFFFDb\uFFFDc",
		"탭\t과 é\u00a0ÿ": "탭\t과 é\u00a0ÿ",
	} {
		if got := Printable(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		var out bytes.Buffer
		New(&out, nil, words.Language{}).row("name", text)
		if strings.ContainsAny(out.String(), "\x1b\u009b\u0080\u009f\u007f\r") {
			t.Errorf("a row of %q: got %q", text, out.String())
		}
	}
}
