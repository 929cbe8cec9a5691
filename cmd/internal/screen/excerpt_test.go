package screen

import (
	"bytes"
	"strings"
	"testing"

	"herald/cmd/internal/words"
)

// The mark stands below the character, however wide those before it are, and in a long line too.
func TestExcerpt(t *testing.T) {
	for _, c := range []struct {
		text         string
		line, column int
		want         string
	}{
		{" title: 장터", 3, 2, "  3 |  title: 장터\n    |  ^\n"},
		{"title: 5·18: 기념식", 12, 8, "  12 | title: 5·18: 기념식\n     |        ^\n"},
		{"제목: 둘: 셋", 1, 5, "  1 | 제목: 둘: 셋\n    |       ^\n"},
		{"\ta: b\x1b[31m", 1, 2, "  1 |  a: b\uFFFD[31m\n    |  ^\n"},
		{strings.Repeat("x", 200), 1, 101, "  1 | …" + strings.Repeat("x", 120) + "…\n    | " + strings.Repeat(" ", 61) + "^\n"},
		{"a", 1, 9, "  1 | a\n    |  ^\n"},
		{"", 1, 1, ""},
		{"a", 0, 1, ""},
	} {
		var out bytes.Buffer
		New(&out, nil, words.Language{}).Excerpt(c.text, c.line, c.column)
		if out.String() != c.want {
			t.Errorf("%q: got\n%swant\n%s", c.text, out.String(), c.want)
		}
	}
}
