package files_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"herald/source"
	"herald/source/files"
)

// asNobody makes this goroutine's calls to the file system those of an ordinary user, so that the
// test means something where it runs as root.
func asNobody(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	runtime.LockOSThread()
	if _, err := unix.SetfsuidRetUid(65534); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := unix.SetfsuidRetUid(0); err != nil {
			t.Fatal(err)
		}
		runtime.UnlockOSThread()
	})
}

func TestWithoutPermission(t *testing.T) {
	root := t.TempDir()
	for path := root; path != os.TempDir() && path != "/"; path = filepath.Dir(path) {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, root, named("a.md", "closed/b.md", "z.md"))
	for name, mode := range map[string]os.FileMode{"a.md": 0, "closed": 0} {
		if err := os.Chmod(filepath.Join(root, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := os.Chmod(filepath.Join(root, "closed"), 0o755); err != nil {
			t.Fatal(err)
		}
	})
	asNobody(t)
	s := open(t, files.Config{Root: root})
	keys, err := list(s)
	if !errors.Is(err, fs.ErrPermission) || err.Error() != "list articles/closed: permission denied" {
		t.Errorf("listed %q, %v", keys, err)
	}
	var refused *source.ArticleError
	if _, err := s.Load(context.Background(), "a.md"); !errors.As(err, &refused) || err.Error() != "articles/a.md:1:1: read: permission denied" {
		t.Errorf("Load: %v", err)
	}
	s = open(t, files.Config{Root: root, Exclude: []string{"closed"}})
	wantKeys(t, s, "a.md", "z.md")
}
