package frontmatter_test

import (
	"testing"

	"herald/source/frontmatter"
)

func TestMisspelt(t *testing.T) {
	for text, want := range map[string]int{
		"--\ntitle: 장터\n--\n글":               1,
		"----\ntitle: 장터\n----\n글":           1,
		"\n—\ndraft: true\n—\n글":             2,
		" ---\ntitle: 장터\n ---\n글":           1,
		"---title: 장터\n---\n글":               1,
		"<!-- 초안 -->\n---\ntitle: 장터\n---\n": 2,
		"++\ntitle = \"장터\"\n++\n":           1,
		"장터\n====\n\n글: 하나":                  0,
		"장터가 선다.\n\n----\n\n글":               0,
		"- 하나\n- 둘: 셋\n":                     0,
		"title: 장터\n글":                       0,
		"--":                                 0,
		"":                                   0,
	} {
		if front, err := frontmatter.Split(text); err != nil || front.Present {
			t.Fatalf("%q: %v: it has front matter", text, err)
		}
		if _, got := frontmatter.Misspelt(text); got != want {
			t.Errorf("%q: got line %d, want %d", text, got, want)
		}
	}
}
