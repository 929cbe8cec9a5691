package statefile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/cmd/internal/ledger/statefile"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree makes a folder with a state in it, and names that lead there.
func tree(t *testing.T) (dir, state string) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	state = filepath.Join(dir, "data", "news.db")
	must(t, os.MkdirAll(filepath.Join(dir, "data", "deep"), 0o755))
	must(t, os.MkdirAll(filepath.Join(dir, "other"), 0o755))
	must(t, os.WriteFile(state, []byte("state"), 0o600))
	for name, to := range map[string]string{
		"beside.db": "data/news.db", "other/up.db": "../data/news.db", "other/absolute.db": state, "other/chain.db": "../beside.db",
		"folder": "data", "other/folder": "../folder", "data/deep/own.db": "../news.db",
		"new.db": "data/new.db", "other/newer.db": "../new.db", "lost.db": "nowhere/lost.db", "one": "two", "two": "one",
	} {
		must(t, os.Symlink(to, filepath.Join(dir, name)))
	}
	return dir, state
}

func TestEveryNameLeadsToTheOneFile(t *testing.T) {
	dir, state := tree(t)
	t.Chdir(filepath.Join(dir, "other"))
	for name, want := range map[string]string{
		state: state, dir + "/beside.db": state, "up.db": state, "absolute.db": state, "chain.db": state, "../data/news.db": state,
		dir + "/folder/news.db": state, "folder/news.db": state, "../data/deep/own.db": state, dir + "/folder/deep/../news.db": state,
		"../new.db": dir + "/data/new.db", "newer.db": dir + "/data/new.db", "../folder/new.db": dir + "/data/new.db",
		"../lost.db": dir + "/nowhere/lost.db", "none/of/these.db": dir + "/other/none/of/these.db", "../folder/none/a.db": dir + "/data/none/a.db",
	} {
		if got, err := statefile.Resolve(name); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", name, got, err, want)
		}
	}
	if got, err := statefile.Resolve("../one"); err == nil {
		t.Errorf("links in a circle: got %s, want an error", got)
	}
}

func TestAFileWithTwoNamesHasOneOwner(t *testing.T) {
	dir, state := tree(t)
	lock, err := statefile.TryLock(state)
	must(t, err)
	for _, name := range []string{"hard.db", "data/hard.db", "other/hard.db"} {
		other := filepath.Join(dir, name)
		must(t, os.Link(state, other))
		for what, err := range map[string]error{"TryLock": tryLock(other), "Obstacle": statefile.Obstacle(other)} {
			if err == nil || !strings.Contains(err.Error(), "by another name") {
				t.Errorf("%s of %s while it is held: got %v, want the other name", what, name, err)
			}
		}
	}
	if err := statefile.Obstacle(state); err != nil {
		t.Errorf("the holder's own name: got %v, want none", err)
	}
	must(t, lock.Unlock())
	for _, name := range []string{state, filepath.Join(dir, "hard.db"), filepath.Join(dir, "other/hard.db")} {
		for what, err := range map[string]error{"TryLock": tryLock(name), "Obstacle": statefile.Obstacle(name)} {
			if err == nil || !strings.Contains(err.Error(), "4 names") || !strings.Contains(err.Error(), "-samefile") {
				t.Errorf("%s of %s: got %v, want it refused with what to do", what, name, err)
			}
		}
	}
	for _, name := range []string{"hard.db", "data/hard.db", "other/hard.db"} {
		must(t, os.Remove(filepath.Join(dir, name)))
	}
	if err := errors.Join(statefile.Obstacle(state), tryLock(state)); err != nil {
		t.Errorf("with one name again: got %v, want no error", err)
	}
}

// tryLock takes a lock and returns it.
func tryLock(path string) error {
	lock, err := statefile.TryLock(path)
	if err != nil {
		return err
	}
	return lock.Unlock()
}

// A look at the lock leaves no file, and keeps nobody from taking it.
func TestRunningTakesNothing(t *testing.T) {
	_, state := tree(t)
	if statefile.Running(state) {
		t.Error("nobody ever held it: got running")
	}
	if _, err := os.Lstat(state + ".lock"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got a lock file, %v, want none", err)
	}
	lock, err := statefile.TryLock(state)
	must(t, err)
	text, err := os.ReadFile(state + ".lock")
	must(t, err)
	if !statefile.Running(state) {
		t.Error("got nobody, want running")
	}
	if now, err := os.ReadFile(state + ".lock"); err != nil || string(now) != string(text) {
		t.Errorf("the lock file: got %q, %v, want %q as before", now, err, text)
	}
	must(t, lock.Unlock())
	if statefile.Running(state) {
		t.Error("it was released: got running")
	}
}

func TestOnlyTheOwnerReads(t *testing.T) {
	dir := t.TempDir()
	fresh := filepath.Join(dir, "fresh.db")
	must(t, tryLock(fresh))
	for _, test := range []struct {
		name        string
		state, wal  fs.FileMode
		wantChanged bool
	}{
		{"as before", 0o644, 0o644, true}, {"group", 0o660, 0o660, true}, {"all", 0o666, 0o600, true}, {"side file", 0o600, 0o640, true},
		{"own", 0o600, 0o600, false}, {"read only", 0o400, 0o400, false},
	} {
		path := filepath.Join(dir, test.name)
		for side, mode := range map[string]fs.FileMode{"": test.state, "-wal": test.wal, "-shm": test.wal} {
			must(t, os.WriteFile(path+side, nil, 0o600))
			must(t, os.Chmod(path+side, mode))
		}
		if wider, err := statefile.Narrow(path); err != nil || wider != test.wantChanged {
			t.Errorf("%s: got %v, %v, want %v", test.name, wider, err, test.wantChanged)
		}
		wantPrivate(t, path, path+"-wal", path+"-shm")
	}
	wantPrivate(t, fresh)
}

func wantPrivate(t *testing.T, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: got %v, %v, want nobody else to read it", path, info.Mode(), err)
		}
	}
}

func TestAnEmptyFileIsNoState(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	want := func(what string, exists bool) {
		t.Helper()
		if got := statefile.Exists(path); got != exists {
			t.Errorf("%s: got %v, want %v", what, got, exists)
		}
	}
	want("nothing", false)
	must(t, os.WriteFile(path, nil, 0o600))
	want("an empty file", false)
	must(t, os.WriteFile(path+"-wal", []byte("frames"), 0o600))
	want("what was written and not taken in", true)
	must(t, os.WriteFile(path, []byte("pages"), 0o600))
	want("a file", true)
	must(t, statefile.Remove(path))
	want("removed", false)
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("got %v, %v, want nothing left", left, err)
	}
}
