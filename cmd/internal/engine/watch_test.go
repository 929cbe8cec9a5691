package engine

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source"
)

// articles is a watched folder of which only Markdown and folders without a dot count.
type articles string

func (a articles) Folder() source.Folder {
	return source.Folder{
		Root:      string(a),
		Watchable: func(path string) bool { return filepath.Ext(path) == ".md" || filepath.Ext(path) == "" },
		Key: func(path string) (string, bool) {
			rel, err := filepath.Rel(string(a), path)
			return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
		},
	}
}

// changesOf waits for changes of a source; "" after a while without any.
func (b *bench) changesOf(t *testing.T, name string) string {
	t.Helper()
	for range 200 {
		if c := b.engine.takeChanges(name); c != nil {
			keys := strings.Join(slices.Sorted(maps.Keys(c.keys)), " ")
			if c.anywhere {
				keys = strings.TrimSpace(keys + " anywhere")
			}
			return keys
		}
		time.Sleep(5 * time.Millisecond)
	}
	return ""
}

func TestWatching(t *testing.T) {
	root := filepath.Join(t.TempDir(), "articles")
	if err := os.MkdirAll(filepath.Join(root, "2026"), 0o755); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, &rooms{}, func(c *Config) { c.Sources[1].Watched = articles(root) })
	w := newWatcher(b.engine)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { w.run(ctx); close(ended) }()
	defer func() { cancel(); <-ended }()

	write := func(name string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(root, name), []byte("본문"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := func(when, want string) {
		t.Helper()
		if got := b.changesOf(t, "b"); got != want {
			t.Errorf("%s: got changes %q, want %q", when, got, want)
		}
	}
	want("at the start", "anywhere")
	write("2026/a.md")
	want("a file was written", "2026/a.md")
	write("2026/a.jpg")
	want("a file that is no article was written", "")
	if err := os.Rename(filepath.Join(root, "2026/a.md"), filepath.Join(root, "b.md")); err != nil {
		t.Fatal(err)
	}
	want("a file was moved", "b.md anywhere")
	if err := os.Mkdir(filepath.Join(root, "new"), 0o755); err != nil {
		t.Fatal(err)
	}
	want("a folder was made", "anywhere")
	write("new/c.md")
	want("a file was written in the new folder", "new/c.md")
	if got := b.engine.takeChanges("a"); got != nil {
		t.Errorf("got changes %+v of a source that is not watched, want none", got)
	}
}

// A folder that comes later is taken up.
func TestAMissingFolderIsLookedFor(t *testing.T) {
	root := filepath.Join(t.TempDir(), "articles")
	b := newBench(t, &rooms{}, func(c *Config) { c.Sources[0].Watched = articles(root) })
	w := newWatcher(b.engine)
	defer w.fs.Close()
	if got := b.engine.takeChanges("a"); got != nil || !w.missing["a"] {
		t.Errorf("got changes %+v, want the folder missing", got)
	}
	if err := os.Mkdir(root, 0o755); err != nil {
		t.Fatal(err)
	}
	w.findRoots()
	if got := b.changesOf(t, "a"); got != "anywhere" || w.missing["a"] {
		t.Errorf("got changes %q, missing %t, want the folder taken up", got, w.missing["a"])
	}
}

func TestNothingToWatch(t *testing.T) {
	if w := newWatcher(newBench(t, &rooms{}, nil).engine); w != nil {
		t.Errorf("got %+v, want no watcher", w)
	}
}
