package frontmatter_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/text"
)

// outline shows fields with their lines, then the body.
func outline(m frontmatter.Matter) string {
	var out []string
	for _, f := range m.Fields {
		shown := f.Value.Text
		for _, item := range f.Value.Items {
			shown += "[" + item.Text + "]"
		}
		out = append(out, fmt.Sprintf("%s=%s@%d:%d", f.Key, shown, f.Value.Line, f.Value.Column))
	}
	return strings.Join(out, " ") + "|" + m.Body
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a language mark: JSON", "\n---json\n{\n\"title\": \"가\"}\n\n---\n글", "title=가@4:12|글"},
		{"a language mark: TOML", "---toml\ntitle = '가'\n---\n글", "title=가@2:9|글"},
		{"a language mark: YAML", "---yaml\ntitle: 가\n---\n글", "title=가@2:8|글"},
		{"a language mark behind a space", "--- yml\ntitle: 가\n...\n글", "title=가@2:8|글"},
		{"nothing behind a language mark", "---json\n---\n글", "|글"},
		{"Hexo's JSON", ";;;\n\"title\": \"가\",\n\"x\": 1,\n;;;\n글", "title=가@2:13 x=1@3:6|글"},
		{"Hexo's JSON without an opening", "\"title\": \"가\"\n;;;\n글", "title=가@1:13|글"},
		{"Hexo's YAML without an opening", "\ntitle: 가\ntags:\n  - 나\n-----\n글", "title=가@2:8 tags=[나]@4:3|글"},
		{"Pelican", "Title: 가: 나\nTags: a b, c\nAuthors: A, B; C\nSummary: x\n    y\n\n글\n---\n", "Title=가: 나@1:8 Tags=[a b][c]@2:7 Authors=[A, B][C]@3:10 Summary=x y@4:10|글\n---\n"},
		{"MultiMarkdown with only a title", "title: 가", "title=가@1:8|"},
		{"Nikola", ".. title: 가: 나\n.. slug: a\n\n\n글", "title=가: 나@1:11 slug=a@2:10|글"},
		{"Nikola in a comment", "<!--\n.. title: 가\n\n.. tags: draft, x\n-->\n글", "title=가@2:11 tags=[draft][x]@4:10 status=draft@4:10|글"},
		{"Nikola in a comment of one line", "<!-- .. title: 가 -->\n글", "title=가@1:16|글"},
	} {
		m, err := frontmatter.Split(tt.text)
		if got := outline(m); err != nil || !m.Present || got != tt.want {
			t.Errorf("%s: got %s, %v, want %s", tt.name, got, err, tt.want)
		}
	}
}

// Texts that begin like a header and are none stay whole.
func TestSplitLeavesText(t *testing.T) {
	for _, s := range []string{
		"Note: the shop is closed.\n\nMore.", "Summary: no title and no date.\n\nMore.", "Title: a story\nIt began at night.\n\nMore.", "Title:no space\n\nMore.",
		"Category: a rule below\n---\nMore.", "<!-- a comment -->\nMore.", "<!--\nTitle: x\n-->\nMore.", "<!--\n.. title: x\nMore.", ".. image:: a.png\n\nMore.",
		"\"Quoted\" words.\n\nMore.", "---text\nMore.", "--- a rule with words ---\n\nMore.\n---\n", "----\ntitle: x\n----\n", "date\n---\nMore.", ".. note: x\n\nMore.", "",
	} {
		if m, err := frontmatter.Split(s); err != nil || m.Present || m.Body != s {
			t.Errorf("%q: got %+v, %v", s, m, err)
		}
	}
}

func TestSplitRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"---js\n{title: 1}\n---\n":      ":1:1: front matter in js is a program, and herald runs none: write it in YAML, TOML or JSON",
		"\n--- coffee\ntitle: 1\n---\n": ":2:1: front matter in coffee is a program, and herald runs none: write it in YAML, TOML or JSON",
		"---ruby\ntitle: 1\n---\n":      `:1:4: front matter in "ruby": want YAML, TOML or JSON`,
		"---json\n{\"title\": \"x\"}\n": `:1:1: front matter has no end: a line "---" is missing`,
		"---json\n{\"a\": 1} b\n---\n":  ":2:1: front matter: there is more after the JSON object",
		"---json\n\n{\"a\": b}\n---\n":  ":3:6: front matter: no valid JSON here",
		"---toml\na = \n---\n":          ":2:5: front matter: expected value but found '\\n' instead",
		"---yaml\n\ntags: [a\n---\n":    ":3:7: front matter: the [ that opens here has no ] (did not find expected ',' or ']')",
		"title: x\ntags: [a\n---\n글":    ":2:7: front matter: the [ that opens here has no ] (did not find expected ',' or ']')",
		";;;\n\"title\": x\n;;;\n":      ":2:10: front matter: no valid JSON here",
	} {
		_, err := frontmatter.Split(text)
		var refused *source.ArticleError
		if !errors.As(err, &refused) || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestSameKey(t *testing.T) {
	for _, pair := range [][2]string{{"title", "TITLE"}, {"last_modified_at", "Last-Modified-At"}, {"제목", "제목"}} {
		if !frontmatter.SameKey(pair[0], pair[1]) || frontmatter.FoldKey(pair[0]) != frontmatter.FoldKey(pair[1]) {
			t.Errorf("%q and %q are two keys", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"title", "titles"}, {"a_b", "ab"}, {"@", "`"}, {"제목", "제몫"}} {
		if frontmatter.SameKey(pair[0], pair[1]) || frontmatter.FoldKey(pair[0]) == frontmatter.FoldKey(pair[1]) {
			t.Errorf("%q and %q are one key", pair[0], pair[1])
		}
	}
}

// Whatever the text, keys are unique, and the body is the end of the text.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"---json\n{\"a\": 1}\n---\nx", ";;;\n\"a\": 1\n;;;\nx", "title: a\n---\nx", "Title: a\n\nx", "<!--\n.. title: a\n-->\nx", "---\na: 1\nA: 2\n---\nx", "+++\na = 1\na = 2\n+++\nx", "--- yaml\na: b\n---\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		clean, _, _ := text.Clean(data)
		m, err := frontmatter.Split(clean)
		if err != nil {
			var refused *source.ArticleError
			if !errors.As(err, &refused) || refused.Line < 1 || refused.Line > 2+strings.Count(clean, "\n") {
				t.Fatalf("%q: %v", clean, err)
			}
			return
		}
		if !strings.HasSuffix(clean, m.Body) || !m.Present && m.Body != clean {
			t.Fatalf("%q: body %q", clean, m.Body)
		}
		seen := map[string]bool{}
		for _, field := range m.Fields {
			if key := frontmatter.FoldKey(field.Key); seen[key] {
				t.Fatalf("%q: the key %q appears twice", clean, key)
			} else {
				seen[key] = true
			}
		}
	})
}
