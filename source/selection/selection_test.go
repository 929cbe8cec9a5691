package selection_test

import (
	"strings"
	"testing"

	"herald/source/selection"
)

// A path is taken in where no folder above it keeps it out, and whoever asks why not is told the same.
func TestSelection(t *testing.T) {
	s, err := selection.New(nil, []string{"old/**", "보관"})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"a.md": "", "b/_posts/c.MD": "", "가/나.html": "", "d.txt": "",
		"old/e.md": "exclude", "\u1107\u1169\u1100\u116a\u11ab/f.md": "exclude", "g.jpg": "include", "node_modules/h.md": "folder node_modules never",
		"b/.git/i.md": "folder b/.git never", "README.md": "of this name", "j.md~": "of this name", "_k.md": "of this name", "": "of this name",
		"../l.md": "folder .. never", "m//n.md": "never holds articles", "google123.html": "of this name",
	} {
		if got := s.WhyNot(path); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("WhyNot(%q): got %q, want %q", path, got, want)
		}
		if got := s.Path(path); got != (want == "") {
			t.Errorf("Path(%q): got %t, want %t", path, got, want == "")
		}
	}
	for path, want := range map[string]bool{"g.jpg": true, "a.md": false, "old/g.jpg": false, "node_modules/g.jpg": false, ".g.jpg": false} {
		if got := s.Missed(path); got != want {
			t.Errorf("Missed(%q): got %t, want %t", path, got, want)
		}
	}
	for name, want := range map[string]string{"a.mdown": "its extension is .mdown", "a.htmll": "nearly .html", "a.json": ""} {
		if got, _ := selection.Resembles(name); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("Resembles(%q): got %q, want %q", name, got, want)
		}
	}
	for _, bad := range []string{"a[", ""} {
		if _, err := selection.New([]string{bad}, nil); err == nil || !strings.HasPrefix(err.Error(), "include: ") {
			t.Errorf("%q: got %v, want a fault of include", bad, err)
		}
	}
}
