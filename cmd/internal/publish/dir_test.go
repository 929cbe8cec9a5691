package publish_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/publish"
)

func open(t *testing.T) (*publish.Dir, string) {
	t.Helper()
	root := filepath.Join(t.TempDir(), "public")
	d, err := publish.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	return d, root
}

func put(t *testing.T, d *publish.Dir, pairs ...string) {
	t.Helper()
	if err := d.Put(t.Context(), documents(pairs...)); err != nil {
		t.Fatal(err)
	}
}

func documents(pairs ...string) []publish.Document {
	var docs []publish.Document
	for i := 0; i < len(pairs); i += 2 {
		docs = append(docs, publish.Document{Path: pairs[i], Body: []byte(pairs[i+1])})
	}
	return docs
}

// tree lists every file below root as "path=content", folders as "path/".
func tree(t *testing.T, root string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || p == root {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		switch {
		case e.IsDir():
			all = append(all, rel+"/")
			return nil
		case !e.Type().IsRegular():
			all = append(all, rel)
			return nil
		}
		body, err := os.ReadFile(p)
		all = append(all, rel+"="+string(body))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantTree(t *testing.T, root string, want ...string) {
	t.Helper()
	if got := tree(t, root); !slices.Equal(got, want) {
		t.Errorf("tree:\n got %q\nwant %q", got, want)
	}
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("no error; want one with %q", parts)
		return
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("error %q lacks %q", err, p)
		}
	}
}

func TestOpenDirMakesTheFolder(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o077))
	root := filepath.Join(t.TempDir(), "www", "사이트", "public")
	if _, err := publish.OpenDir(root); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{root, filepath.Dir(root)} {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o755 {
			t.Errorf("%s: %v, %v; want mode 0755", dir, info, err)
		}
	}
}

func TestOpenDirLeavesAnIdleFolderAlone(t *testing.T) {
	_, root := open(t)
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	if err := os.Chtimes(root, old, old); err != nil {
		t.Fatal(err)
	}
	if _, err := publish.OpenDir(root); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(root); err != nil || !info.ModTime().Equal(old) {
		t.Errorf("the folder's time moved: %v, %v", info.ModTime(), err)
	}
}

func TestOpenDirRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{file, filepath.Join(file, "public"), link} {
		_, err := publish.OpenDir(root)
		wantError(t, err, "open folder "+root, "user id")
	}
}

func TestWritable(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{root, filepath.Join(root, "a", "b")} {
		if err := publish.Writable(p); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
	for _, p := range []string{file, filepath.Join(file, "a")} {
		wantError(t, publish.Writable(p), "write to folder "+p, "user id")
	}
	if names, err := os.ReadDir(root); err != nil || len(names) != 1 {
		t.Errorf("asking made something: %v, %v", names, err)
	}
}

func TestRead(t *testing.T) {
	d, root := open(t)
	put(t, d, "feed.xml", "소식", "정치/feed.xml", "정치 소식")
	if err := syscall.Mkfifo(filepath.Join(root, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{"out": "../../secret", "abs": "/etc/hostname", "gone": "nowhere", "in": "feed.xml", "folder": "정치", "away": ".."} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(root, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path  string
		limit int64
		want  string
		err   error // nil with want "": any error
	}{
		{path: "feed.xml", limit: 6, want: "소식"},
		{path: "feed.xml", limit: 1<<63 - 1, want: "소식"},
		{path: "정치/feed.xml", limit: 100, want: "정치 소식"},
		{path: "in", limit: 100, err: publish.ErrNotFile},
		{path: "folder/feed.xml", limit: 100, want: "정치 소식"},
		{path: "empty", limit: 5, err: publish.ErrNotFile},
		{path: "away/feed.xml", limit: 5, err: publish.ErrNotFile},
		{path: "feed.xml", limit: 5, err: publish.ErrTooLarge},
		{path: "none.xml", limit: 5, err: fs.ErrNotExist},
		{path: "none/feed.xml", limit: 5, err: fs.ErrNotExist},
		{path: "feed.xml/feed.xml", limit: 5, err: fs.ErrNotExist},
		{path: "정치", limit: 5, err: publish.ErrNotFile},
		{path: "pipe", limit: 5, err: publish.ErrNotFile},
		{path: "gone", limit: 5, err: publish.ErrNotFile},
		{path: "out", limit: 5},
		{path: "abs", limit: 5},
		{path: "../secret", limit: 5, err: fs.ErrInvalid},
		{path: "/feed.xml", limit: 5, err: fs.ErrInvalid},
		{path: "", limit: 5, err: fs.ErrInvalid},
		{path: "a\x00b", limit: 5, err: fs.ErrInvalid},
		{path: "\xff", limit: 5, err: fs.ErrInvalid},
	}
	for _, tt := range tests {
		got, err := d.Read(t.Context(), tt.path, tt.limit)
		if tt.want != "" {
			if string(got) != tt.want || err != nil {
				t.Errorf("Read(%q) = %q, %v; want %q", tt.path, got, err, tt.want)
			}
			continue
		}
		if err == nil || (tt.err != nil && !errors.Is(err, tt.err)) {
			t.Errorf("Read(%q) = %q, %v; want error %v", tt.path, got, err, tt.err)
		}
		_, serr := d.Stat(tt.path)
		if tt.err != publish.ErrTooLarge && (serr == nil || (tt.err != nil && !errors.Is(serr, tt.err))) {
			t.Errorf("Stat(%q) = %v; want error %v", tt.path, serr, tt.err)
		}
	}
	if info, err := d.Stat("feed.xml"); err != nil || info.Size != 6 || info.ModTime.IsZero() {
		t.Errorf("Stat = %+v, %v", info, err)
	}
}

func TestNames(t *testing.T) {
	d, root := open(t)
	put(t, d, "b.txt", "b", "a.txt", "a", "정치/feed.xml", "x")
	if err := os.WriteFile(filepath.Join(root, ".herald-other"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string][]string{".": {"a.txt", "b.txt"}, "정치": {"feed.xml"}, "none": nil} {
		if got, err := d.Names(folder); err != nil || !slices.Equal(got, want) {
			t.Errorf("Names(%q) = %q, %v; want %q", folder, got, err, want)
		}
	}
}

func TestViewTouchesNothing(t *testing.T) {
	root := filepath.Join(t.TempDir(), "public")
	v := publish.View(root)
	if _, err := v.Read(t.Context(), "feed.xml", 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Read = %v", err)
	}
	if names, err := v.Names("."); len(names) != 0 || err != nil {
		t.Errorf("Names = %v, %v", names, err)
	}
	wantError(t, v.Put(t.Context(), documents("a", "b")), "put a", "for reading")
	wantError(t, v.Remove(t.Context(), []string{"a"}), "remove a", "for reading")
	if _, err := os.Stat(root); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}
