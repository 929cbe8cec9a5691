package newfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A dump's file is whole or not there, and takes the place of nothing.
func TestAFileIsWrittenWholeOrNot(t *testing.T) {
	dir := t.TempDir()
	names := func() string {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(entries)
	}
	path := filepath.Join(dir, "backup.jsonl")
	stop := errors.New("the disk is full")
	half := func(w io.Writer) error {
		_, err := io.WriteString(w, "half")
		return errors.Join(err, stop)
	}
	if err := Write(path, half); !errors.Is(err, stop) || names() != "[]" {
		t.Errorf("%v: %s", err, names())
	}
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, s)
			return err
		}
	}
	if err := Write(path, text("first")); err != nil {
		t.Fatal(err)
	}
	late := func(w io.Writer) error { // somebody else is quicker
		return os.WriteFile(filepath.Join(dir, "late.jsonl"), []byte("theirs"), 0o644)
	}
	for name, err := range map[string]error{
		"there before": Write(path, text("second")), "there meanwhile": Write(filepath.Join(dir, "late.jsonl"), late),
	} {
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	got, err := os.ReadFile(path)
	theirs, err2 := os.ReadFile(filepath.Join(dir, "late.jsonl"))
	if err != nil || err2 != nil || string(got) != "first" || string(theirs) != "theirs" || strings.Contains(names(), ".tmp") {
		t.Errorf("%q %q %v %v: %s", got, theirs, err, err2, names())
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// Some file systems know no links. A folder has none on any, and so stands for a file there.
func TestANameIsGivenWithoutLinks(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	if err := errors.Join(os.Mkdir(from, 0o755), putNew(from, to)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Mkdir(from, 0o755), os.WriteFile(filepath.Join(to, "a"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := putNew(from, to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(to, "a")); err != nil {
		t.Errorf("it was replaced: %v", err)
	}
}
