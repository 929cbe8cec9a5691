package files_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"herald/source/files"
	"herald/source/preset"
	"herald/source/reader"
)

// handed opens a folder whose files read their fields from _index.md above them, too.
func handed(t *testing.T, root string, now time.Time) *files.Source {
	t.Helper()
	as := preset.Named("hugo")
	return open(t, files.Config{Root: root, Reading: reader.Reading{Preset: as, Pattern: as.Permalink}, Now: func() time.Time { return now }})
}

// prints returns the fingerprints by key.
func prints(t *testing.T, s *files.Source) map[string]string {
	t.Helper()
	all := map[string]string{}
	for e, err := range s.List(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		all[e.Key] = e.Fingerprint
	}
	return all
}

// TestFieldsOfFolders: what a folder hands on is read with its files, and a change of it is one of theirs.
func TestFieldsOfFolders(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a/x.md": "---\ntitle: X\n---\n", "b/y.md": "---\ntitle: Y\n---\n", "a/_index.md": "---\ncascade: {draft: true}\n---\n"})
	s := handed(t, root, time.Now().Add(time.Hour))
	draft := func(key string) bool {
		t.Helper()
		a, err := s.Load(context.Background(), key)
		if err != nil {
			t.Fatal(err)
		}
		return a.Draft
	}
	if !draft("a/x.md") || draft("b/y.md") {
		t.Errorf("a/x.md draft %t, b/y.md %t, want true and false", draft("a/x.md"), draft("b/y.md"))
	}
	before := prints(t, s)
	write(t, root, map[string]string{"a/_index.md": "---\ncascade: {draft: false}\n---\n"})
	after := prints(t, s)
	if before["a/x.md"] == after["a/x.md"] || before["b/y.md"] != after["b/y.md"] {
		t.Errorf("before %v, after %v: want that of a/x.md alone changed", before, after)
	}
	if draft("a/x.md") {
		t.Error("a/x.md is still a draft")
	}
	if err := os.Remove(filepath.Join(root, "a", "_index.md")); err != nil {
		t.Fatal(err)
	}
	if gone := prints(t, s); gone["a/x.md"] == after["a/x.md"] {
		t.Error("the fingerprint is the same though _index.md is gone")
	}
	for key := range after {
		if key != "a/x.md" && key != "b/y.md" {
			t.Errorf("%s is listed", key)
		}
	}
}

// TestFreshFieldsOfFolders: a folder's file that changed just now makes its articles be read again.
func TestFreshFieldsOfFolders(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a/x.md": "---\ntitle: X\n---\n"})
	old := time.Now().Add(-time.Hour)
	later := time.Now().Add(10 * time.Second)
	if got := prints(t, handed(t, root, later)); got["a/x.md"] == "" {
		t.Fatal("no fingerprint though nothing changed lately")
	}
	write(t, root, map[string]string{"a/_index.md": "---\ntitle: A\n---\n"})
	if err := os.Chtimes(filepath.Join(root, "a", "_index.md"), old, later); err != nil {
		t.Fatal(err)
	}
	if got := prints(t, handed(t, root, later)); got["a/x.md"] != "" {
		t.Errorf("got %q, want none", got["a/x.md"])
	}
}

// TestFieldsOfFoldersAreWatched: a change of such a file may change what the source holds.
func TestFieldsOfFoldersAreWatched(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a/_index.md": "x", "a/_other.md": "x"})
	folder := handed(t, root, time.Now()).Folder()
	for name, want := range map[string]bool{"a/_index.md": true, "_index.md": true, "a/_other.md": false} {
		if got := folder.Watchable(filepath.Join(root, name)); got != want {
			t.Errorf("%s: got %t, want %t", name, got, want)
		}
	}
}

// TestUnreadableFieldsRefuse: where a folder's file cannot be read, nobody knows what it would hide.
func TestUnreadableFieldsRefuse(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a/x.md": "---\ntitle: X\n---\n", "a/_index.md": "---\ncascade: [\n---\n"})
	if a, err := handed(t, root, time.Now()).Load(context.Background(), "a/x.md"); err == nil {
		t.Errorf("got %+v, want it refused", a)
	}
}
