package looseyaml

import (
	"fmt"
	"reflect"
	"testing"
)

// A generator's config is read as the generator reads it; of a broken one, what stands in lines of its own.
func TestReadYAML(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		want   map[string]any
		broken bool
	}{
		"the last of a key counts": {"permalink: pretty\npermalink: /:title/\n", map[string]any{"permalink": "/:title/"}, false},
		"a mapping twice":          {"a: {b: 1}\na: {c: 2}\n", map[string]any{"a": map[string]any{"c": 2}}, false},
		"tabs before keys":         {"a:\n\tb: 1\n\tc: x\n", map[string]any{"a": map[string]any{"b": 1, "c": "x"}}, false},
		"a mark at the beginning":  {"\uFEFFtitle: 글\n", map[string]any{"title": "글"}, false},
		"tags of Ruby":             {"a: !ruby/regexp /x/\n:b: 1\n", map[string]any{"a": "/x/", "b": 1}, false},
		"words for yes and no":     {"a: yes\nb: Off\nc: \"yes\"\nd: true\n", map[string]any{"a": true, "b": false, "c": "yes", "d": true}, false},
		"dates stay as written":    {"a: 2024-01-05\n", map[string]any{"a": "2024-01-05"}, false},
		"merged keys":              {"x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n", map[string]any{"x": map[string]any{"a": 1, "b": 2}, "y": map[string]any{"a": 1, "b": 3}}, false},
		"what can be read stays":   {"title: 글\nurl: https://x.example\nlist: [\nlang: ko\n", map[string]any{"title": "글", "url": "https://x.example", "lang": "ko"}, true},
		"nothing":                  {"", nil, false},
		"a list where keys belong": {"- a\n", nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read(c.text)
			if (err != nil) != c.broken || len(got) != len(c.want) || len(got) > 0 && !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %#v, %v, want %#v", got, err, c.want)
			}
		})
	}
}

func FuzzReadYAML(f *testing.F) {
	for _, s := range []string{"a: 1\na: 2\n", "a:\n\tb: c\n", "x: &x [*x]\n", "? a\n: b\n", "<<: {a: 1}\n", "a: !!int x\n", "---\n...\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { // it ends
		m, _ := Read(text)
		_ = fmt.Sprint(m)
	})
}
