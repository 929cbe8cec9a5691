package publish_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/publish"
)

func TestPut(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o077))
	d, root := open(t)
	put(t, d, "feed.xml", "하나", "정치/외교/feed.xml", "둘", "sitemap.xml", "")
	put(t, d, "feed.xml", "셋")
	wantTree(t, root, "feed.xml=셋", "sitemap.xml=", "정치/", "정치/외교/", "정치/외교/feed.xml=둘")
	for p, want := range map[string]fs.FileMode{"feed.xml": 0o644, "정치": 0o755, "정치/외교": 0o755} {
		if info, err := os.Stat(filepath.Join(root, p)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v; want %v", p, info.Mode(), err, want)
		}
	}
}

func TestPutRefusesTheWholeBatch(t *testing.T) {
	d, root := open(t)
	put(t, d, "good.xml", "old", "file", "x", "folder/feed.xml", "y")
	if err := os.Symlink("../../elsewhere", filepath.Join(root, "out")); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("가", 100)
	tests := map[string][]string{
		"folder":         {"put folder: ", "a folder that is not empty stands there"},
		"file/feed.xml":  {"put file/feed.xml: ", "folder file: a file stands there"},
		"out/feed.xml":   {"put out/feed.xml: "},
		"../feed.xml":    {"not a path below the root"},
		"/feed.xml":      {"not a path below the root"},
		"a/../feed.xml":  {"not a path below the root"},
		"a//feed.xml":    {"not a path below the root"},
		"":               {"not a path below the root"},
		".":              {"not a path below the root"},
		"a\x00.xml":      {"not a path below the root"},
		"\xed\xa0.xml":   {"not a path below the root"},
		"a/.herald-x":    {"temporary"},
		"good.xml":       {"twice in one batch"},
		long + "/f.xml":  {"file name too long"},
		"new/" + long:    {"file name too long"},
		"good.xml/f.xml": {"a file stands there"},
	}
	for p, parts := range tests {
		wantError(t, d.Put(t.Context(), documents("good.xml", "new", p, "z")), parts...)
		if got, err := d.Read(t.Context(), "good.xml", 10); string(got) != "old" || err != nil {
			t.Errorf("after %q: good.xml = %q, %v", p, got, err)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "..", "..", "elsewhere")); err == nil {
		t.Error("wrote outside the folder")
	}
	noTemporaries(t, root)
}

func TestPutReplacesWhatIsNoFile(t *testing.T) {
	d, root := open(t)
	put(t, d, "feed.xml", "old")
	for name, make := range map[string]func(at string) error{
		"folder.xml": func(at string) error { return os.Mkdir(at, 0o755) },
		"pipe.xml":   func(at string) error { return syscall.Mkfifo(at, 0o600) },
		"loop.xml":   func(at string) error { return os.Symlink("loop.xml", at) },
	} {
		if err := make(filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
		docs := documents("feed.xml", "newer", name, "new")
		var obstacle *publish.Obstacle
		if err := d.Put(t.Context(), docs); !errors.As(err, &obstacle) || !errors.Is(err, publish.ErrNotFile) {
			t.Errorf("%s: got %v, want what stands there", name, err)
		}
		if got, err := d.Read(t.Context(), "feed.xml", 10); string(got) != "old" || err != nil {
			t.Errorf("beside %s: got %q, %v, want nothing put", name, got, err)
		}
		docs[0].Body, docs[1].Replace = []byte("old"), true
		if err := d.Put(t.Context(), docs); err != nil {
			t.Errorf("%s: got %v, want it replaced", name, err)
		}
		if got, err := d.Read(t.Context(), name, 10); string(got) != "new" || err != nil {
			t.Errorf("%s: got %q, %v, want it replaced", name, got, err)
		}
	}
	noTemporaries(t, root)
}

// watched is a context that calls ask at each question for its end.
type watched struct {
	context.Context
	ask func()
}

func (w watched) Err() error {
	w.ask()
	return w.Context.Err()
}

// What comes to stand at a path while documents are written stays, too.
func TestPutReplacesNothingThatCameMeanwhile(t *testing.T) {
	d, root := open(t)
	put(t, d, "a.xml", "old")
	asked := 0
	ctx := watched{t.Context(), func() {
		if asked++; asked == 2 { // the first document is written under its temporary name
			if err := errors.Join(os.Remove(filepath.Join(root, "a.xml")), os.Symlink("theirs", filepath.Join(root, "a.xml"))); err != nil {
				t.Fatal(err)
			}
		}
	}}
	wantError(t, d.Put(ctx, documents("a.xml", "new", "b.xml", "new")), "put a.xml: a symbolic link to \"theirs\" stands there")
	if target, err := os.Readlink(filepath.Join(root, "a.xml")); target != "theirs" {
		t.Errorf("got %q, %v, want the link", target, err)
	}
	noTemporaries(t, root)
}

func TestPutReplacesALinkAndNotItsTarget(t *testing.T) {
	d, root := open(t)
	outside := filepath.Join(root, "..", "outside.xml")
	if err := os.WriteFile(outside, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../outside.xml", filepath.Join(root, "feed.xml")); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), []publish.Document{{Path: "feed.xml", Body: []byte("ours"), Replace: true}}); err != nil {
		t.Fatal(err)
	}
	wantTree(t, root, "feed.xml=ours")
	if got, _ := os.ReadFile(outside); string(got) != "theirs" {
		t.Errorf("outside the folder: %q", got)
	}
}

func TestPutWritesNoEqualBytes(t *testing.T) {
	d, root := open(t)
	put(t, d, "정치/feed.xml", "같은 글")
	file := filepath.Join(root, "정치", "feed.xml")
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	for _, p := range []string{file, filepath.Dir(file), root} {
		if err := os.Chtimes(p, old, old); err != nil {
			t.Fatal(err)
		}
	}
	put(t, d, "정치/feed.xml", "같은 글")
	for _, p := range []string{file, filepath.Dir(file), root} {
		if info, err := os.Stat(p); err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was written to", p)
		}
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	put(t, d, "정치/feed.xml", "같은 글")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("a file that others cannot read stays so: %v", info.Mode())
	}
}

func TestPutFillsARemovedFolderAgain(t *testing.T) {
	d, root := open(t)
	put(t, d, "정치/feed.xml", "하나")
	if err := os.RemoveAll(root); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Stat("정치/feed.xml"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Stat = %v", err)
	}
	if err := d.Remove(t.Context(), []string{"정치/feed.xml"}); err != nil {
		t.Error(err)
	}
	put(t, d, "정치/feed.xml", "하나")
	wantTree(t, root, "정치/", "정치/feed.xml=하나")
}

func TestLeftoversAreRemoved(t *testing.T) {
	d, root := open(t)
	put(t, d, "정치/feed.xml", "하나")
	dead := fmt.Sprintf(".herald-%d-1.tmp", 1<<22+12345) // above every Linux process id
	mine := fmt.Sprintf(".herald-%d-1.tmp", os.Getpid())
	living := fmt.Sprintf(".herald-%d-1.tmp", os.Getppid())
	for _, name := range []string{dead, mine, living, ".herald-notes", ".herald-1-1.tmp.bak", "정치/" + dead, "정치/" + living} {
		if err := os.WriteFile(filepath.Join(root, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again, err := publish.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	put(t, again, "정치/feed.xml", "하나")
	wantTree(t, root, ".herald-1-1.tmp.bak=x", living+"=x", ".herald-notes=x",
		"정치/", "정치/"+living+"=x", "정치/feed.xml=하나")
}

func TestRemove(t *testing.T) {
	d, root := open(t)
	put(t, d, "feed.xml", "1", "a/b/c/feed.xml", "2", "a/feed.xml", "3", "b/feed.xml", "4", "b/keep.txt", "5", "c/d/x", "6")
	if err := os.Symlink("../feed.xml", filepath.Join(root, "b", "link.xml")); err != nil {
		t.Fatal(err)
	}
	err := d.Remove(t.Context(), []string{"a/b/c/feed.xml", "b/feed.xml", "b/link.xml", "a", "gone.xml", "feed.xml/x", "nowhere/x", "c/d/x"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(root, "b", "link.xml")); err != nil {
		t.Errorf("got %v, want a link that stays", err)
	}
	wantTree(t, root, "a/", "a/feed.xml=3", "b/", "b/keep.txt=5", "feed.xml=1")
	wantError(t, d.Remove(t.Context(), []string{"../x", "a/feed.xml"}), "remove ../x: ")
	if err := d.Remove(t.Context(), []string{"feed.xml", "b/keep.txt"}); err != nil {
		t.Fatal(err)
	}
	wantTree(t, root)
	put(t, d, "a/feed.xml", "다시")
	wantTree(t, root, "a/", "a/feed.xml=다시")
}

func noTemporaries(t *testing.T, root string) {
	t.Helper()
	for _, line := range tree(t, root) {
		if strings.Contains(line, ".herald-") {
			t.Errorf("left behind: %s", line)
		}
	}
}
