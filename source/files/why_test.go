package files_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"herald/source/files"
	"herald/source/reader"
)

// What is listed may be an article; of all else somebody may ask why it is none.
func TestWhyNot(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("a.md", "_posts/b.md", "_drafts/c.md", "node_modules/x/d.md", ".git/e.md", "README.md", ".f.md", "g.md~", "h.jpg", "old/i.md",
		"old/j/k.md", "out/l.md", "naver1.html"))
	write(t, root, map[string]string{"0123456789abcdef.txt": "0123456789abcdef", "m.md": "---\ntitle: 글\n---\n본문\n"})
	outside := t.TempDir()
	write(t, outside, named("n.md"))
	link(t, filepath.Join(outside, "n.md"), filepath.Join(root, "n.md"))
	link(t, "a.md", filepath.Join(root, "o.md"))
	config := files.Config{Root: root, Exclude: []string{"old/**"}, Skip: []string{filepath.Join(root, "out")}}
	s := open(t, config)
	tests := map[string]string{
		"a.md": "", "_posts/b.md": "", "m.md": "", "o.md": "",
		"_drafts/c.md": "folder _drafts never", "node_modules/x/d.md": "folder node_modules never", ".git/e.md": "folder .git never",
		"README.md": "of this name", ".f.md": "of this name", "g.md~": "of this name", "naver1.html": "of this name",
		"h.jpg": "include", "old/i.md": "exclude", "old/j/k.md": "exclude", "out/l.md": "outputs",
		"0123456789abcdef.txt": "IndexNow key", "n.md": "symbolic link",
	}
	listed := map[string]bool{}
	keys, err := list(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		listed[k] = true
	}
	for key, want := range tests {
		got := s.WhyNot(context.Background(), key)
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
		if isKey := strings.Contains(want, "IndexNow"); listed[key] != (got == "" || isKey) {
			t.Errorf("%s: listed %v, why not: %q", key, listed[key], got)
		}
	}
	config.Reading = reader.Reading{FrontMatterRequired: true}
	s = open(t, config)
	for key, want := range map[string]string{"a.md": "front_matter: required", "m.md": ""} {
		if got := s.WhyNot(context.Background(), key); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}
