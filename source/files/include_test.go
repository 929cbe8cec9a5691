package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/source/files"
	"herald/source/reader"
)

// TestIncludes reads pieces of text from the folder in the root and the one beside it, and nothing from elsewhere.
func TestIncludes(t *testing.T) {
	top := t.TempDir()
	root := filepath.Join(top, "posts")
	write(t, top, map[string]string{
		"_includes/beside.html": "<p>옆</p>\n", "_includes/both.html": "둘째", "_includes/deep/er.html": "깊이", "_includes/large.html": strings.Repeat("가", 1<<16),
		"secret.html": "비밀", "posts/_includes/both.html": "첫째",
		"posts/a.md": "---\ntitle: 제목\n---\n{% include beside.html %}|{% include both.html %}|{% include deep/er.html %}|{% include ../secret.html %}{% include /secret.html %}{% include link.html %}{% include large.html %}{% include none.html %}",
	})
	link(t, filepath.Join(top, "secret.html"), filepath.Join(top, "_includes/link.html"))
	a, err := open(t, files.Config{Root: root, Reading: reader.Reading{}}).Load(t.Context(), "a.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := "<p>옆</p>|첫째|깊이|"; a.Body.Text != want {
		t.Errorf("got %q, want %q", a.Body.Text, want)
	}
}

// TestFingerprintOfIncludes: where an included file changes, articles are read again.
func TestFingerprintOfIncludes(t *testing.T) {
	top := t.TempDir()
	write(t, top, map[string]string{"posts/a.md": "가", "_includes/b.html": "나"})
	s := open(t, files.Config{Root: filepath.Join(top, "posts"), Now: func() time.Time { return time.Now().Add(time.Hour) }})
	print := func() string {
		for e, err := range s.List(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			return e.Fingerprint
		}
		return ""
	}
	before := print()
	if again := print(); before == "" || again != before {
		t.Errorf("nothing changed: got %q, then %q", before, again)
	}
	write(t, top, map[string]string{"_includes/b.html": "나나"})
	if after := print(); after == before {
		t.Errorf("an included file changed: the fingerprint is still %q", after)
	}
	if err := os.RemoveAll(filepath.Join(top, "_includes")); err != nil {
		t.Fatal(err)
	}
	if after := print(); after == before || after == "" {
		t.Errorf("the included file is gone: got %q", after)
	}
}

// A link to a published document, or to the state, is no article, also where these lie inside the source's folder.
func TestLinksToWhatIsSkippedAreNoArticles(t *testing.T) {
	root := t.TempDir()
	write(t, root, named("글.md", "public/a/page.html", "herald.db", "herald.db.lock"))
	for name, target := range map[string]string{"page.html": "public/a/page.html", "state.txt": "herald.db", "lock.txt": "herald.db.lock", "또.md": "글.md"} {
		link(t, target, filepath.Join(root, name))
	}
	wantKeys(t, open(t, files.Config{Root: root, Skip: []string{filepath.Join(root, "public"), filepath.Join(root, "herald.db")}}), "글.md", "또.md")
}
