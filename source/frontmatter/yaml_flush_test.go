package frontmatter_test

import (
	"testing"

	"herald/source/frontmatter"
)

// A quoted value may go on at column 1, as Ruby and JavaScript read it.
func TestQuotedValueGoesOnAtColumnOne(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: \"하나와\n둘\"\ntags: [a]\n---\n":            "하나와 둘",
		"---\ntitle: '하나와\n''둘'''\ntags: [a]\n---\n":          "하나와 '둘'",
		"---\ntitle: \"하나 \\\"와\n둘\"\ntags:\n  - a\n---\n":    "하나 \"와 둘",
		"---\ntitle: \"하나\n  둘\nkey: 셋\"\ntags: [a]\n---\n":   "하나 둘 key: 셋",
		"---\ndate: 2024-01-05\ntitle: \"하나\n둘\n\n셋\"\n---\n": "하나 둘\n셋",
	} {
		m, err := frontmatter.Split(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if _, v := frontmatter.Lookup(m.Fields, "title"); v.Text != want {
			t.Errorf("%q: got %q, want %q", text, v.Text, want)
		}
	}
	if m, err := frontmatter.Split("---\ntags: [a\ntitle: \"하나\n---\n"); err == nil {
		t.Errorf("broken front matter was read: %+v", m)
	}
}
