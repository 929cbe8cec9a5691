package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/database"
)

// shelf is a state of one value in a folder of its own, and private copies below a folder that is empty otherwise.
func shelf(t *testing.T, value string) *ledger.Ledger {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "기사 #1?.db"))
	must(t, err)
	t.Cleanup(func() { l.Close() })
	write(t, l, func(tx *ledger.Tx) error { return tx.SetMeta("a", value) })
	return l
}

// killed returns the path of a state as a process leaves it that is killed: with what lies in its -wal.
func killed(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "herald.db")
	for _, side := range []string{"", "-wal", "-shm"} {
		data, err := os.ReadFile(l.Path() + side)
		must(t, err)
		must(t, os.WriteFile(to+side, data, 0o600))
	}
	return to
}

// footprint is names, bytes and times of all that lies in the folder of a file.
func footprint(t *testing.T, path string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	var out strings.Builder
	for _, e := range entries {
		info, err := e.Info()
		must(t, err)
		data, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		must(t, err)
		fmt.Fprintf(&out, "%s %v %v %x\n", e.Name(), info.Mode(), info.ModTime(), data)
	}
	return out.String()
}

// wantRead reads a state in both ways that leave no trace, and wants a value there.
func wantRead(t *testing.T, path, want string) {
	t.Helper()
	before := footprint(t, path)
	for way, open := range map[string]func(context.Context, string) (*ledger.Ledger, error){"OpenReading": ledger.OpenReading, "OpenCopy": ledger.OpenCopy} {
		l, err := open(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", way, err)
			continue
		}
		if got := get(t, l, func(tx *ledger.Tx) (string, error) { return tx.Meta("a") }); got != want {
			t.Errorf("%s: got %q, want %q", way, got, want)
		}
		must(t, l.Close())
	}
	if after := footprint(t, path); after != before {
		t.Errorf("reading left a trace:\n%.300s\nbefore\n%.300s", after, before)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("got %v, %v, want no copy left", left, err)
	}
}

func TestReadingLeavesNoTrace(t *testing.T) {
	t.Run("killed", func(t *testing.T) { wantRead(t, killed(t, shelf(t, "in the wal")), "in the wal") })
	t.Run("killed, and its index is gone", func(t *testing.T) {
		path := killed(t, shelf(t, "in the wal"))
		must(t, os.Remove(path+"-shm"))
		wantRead(t, path, "in the wal")
	})
	t.Run("at rest", func(t *testing.T) {
		l := shelf(t, "at rest")
		must(t, l.Close())
		wantRead(t, l.Path(), "at rest")
	})
	t.Run("in a folder that cannot be written", func(t *testing.T) {
		l := shelf(t, "shut")
		must(t, l.Close())
		dir := filepath.Dir(l.Path())
		must(t, errors.Join(os.Chmod(l.Path(), 0o400), os.Chmod(dir, 0o500)))
		t.Cleanup(func() { os.Chmod(dir, 0o700) })
		wantRead(t, l.Path(), "shut")
	})
	t.Run("beside a writer", func(t *testing.T) {
		l := shelf(t, "before")
		must(t, l.Close())
		r, err := ledger.OpenReading(t.Context(), l.Path())
		must(t, err)
		defer r.Close()
		if err := r.Write(t.Context(), func(tx *ledger.Tx) error { return tx.SetMeta("a", "reader") }); err == nil {
			t.Error("a reader wrote")
		}
	})
}

// A state of any older schema is read as the newest program understands it, and stays as it is.
func TestReadingMigratesNothing(t *testing.T) {
	for version := range newest(t) - 1 {
		version++
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			path := filepath.Join(t.TempDir(), "herald.db")
			old := openAt(t, path, version)
			write(t, old, func(tx *ledger.Tx) error { return tx.SetMeta("a", "old") })
			wantRead(t, killed(t, old), "old")
			must(t, old.Close())
			wantRead(t, path, "old")
			if l, err := ledger.Join(t.Context(), path); err == nil || !strings.Contains(err.Error(), "another version") {
				t.Errorf("beside its holder: got %v, %v, want the other version named", l, err)
			}
		})
	}
}

// A state that a later program wrote is left alone by each way to open it.
func TestANewerStateIsRefused(t *testing.T) {
	l := shelf(t, "newer")
	must(t, l.Close())
	must(t, ledger.SetSchema(l.Path(), newest(t)+1))
	before := footprint(t, l.Path())
	for way, open := range map[string]func(context.Context, string) (*ledger.Ledger, error){"Open": ledger.Open, "OpenReading": ledger.OpenReading, "OpenCopy": ledger.OpenCopy} {
		if _, err := open(t.Context(), l.Path()); !errors.Is(err, database.ErrNewer) || !strings.Contains(err.Error(), l.Path()) {
			t.Errorf("%s: got %v, want ErrNewer with the state's name", way, err)
		}
	}
	if after := footprint(t, l.Path()); after != before {
		t.Error("it was changed")
	}
}

// A copy is whole whenever it is made: two values that change together are never seen apart.
func TestACopyShowsOneMoment(t *testing.T) {
	l := shelf(t, "0")
	for i := range 40 {
		value := strings.Repeat(fmt.Sprintf("%06d", i), 2000)
		written := make(chan error, 1)
		go func() {
			written <- l.Write(context.Background(), func(tx *ledger.Tx) error { return errors.Join(tx.SetMeta("a", value), tx.SetMeta("b", value)) })
		}()
		c, err := ledger.OpenCopy(t.Context(), l.Path())
		must(t, errors.Join(err, <-written))
		read(t, c, func(tx *ledger.Tx) error {
			a, err := tx.Meta("a")
			b, more := tx.Meta("b")
			if a != b && i > 0 {
				t.Errorf("copy %d: got %.6s and %.6s, want the same", i, a, b)
			}
			return errors.Join(err, more)
		})
		must(t, c.Close())
	}
}

// What a killed process left of a copy is removed by the next that makes one; a copy that is in use stays.
func TestACopyThatWasLeftIsRemoved(t *testing.T) {
	l := shelf(t, "1")
	must(t, l.Close())
	for _, file := range []string{"herald-copy-1/in-use", "herald-copy-1/herald.db", "herald-copy-2/new", "herald-theirs/in-use"} {
		path := filepath.Join(os.Getenv("TMPDIR"), file)
		must(t, errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)))
	}
	one, err := ledger.OpenCopy(t.Context(), l.Path())
	must(t, err)
	two, err := ledger.OpenCopy(t.Context(), l.Path())
	must(t, err)
	if got := get(t, one, func(tx *ledger.Tx) (string, error) { return tx.Meta("a") }); got != "1" {
		t.Errorf("the first copy: got %q, want what was copied", got)
	}
	must(t, errors.Join(one.Close(), two.Close()))
	left, err := filepath.Glob(os.Getenv("TMPDIR") + "/*")
	if want := "herald-copy-2 herald-theirs"; err != nil || len(left) != 2 || filepath.Base(left[0])+" "+filepath.Base(left[1]) != want {
		t.Errorf("got %v, %v, want %s: what is new or not ours", left, err, want)
	}
}

// What is read at rest while somebody begins to write may be half of either: that is said.
func TestAStateThatIsWrittenWhileItIsRead(t *testing.T) {
	l := shelf(t, "before")
	must(t, l.Close())
	r, err := ledger.OpenReading(t.Context(), l.Path())
	must(t, err)
	again, err := ledger.Open(t.Context(), l.Path())
	must(t, err)
	write(t, again, func(tx *ledger.Tx) error { return tx.SetMeta("a", strings.Repeat("after", 10000)) })
	must(t, again.Close())
	if err := r.Close(); err == nil || !strings.Contains(err.Error(), "run again") {
		t.Errorf("got %v, want it said", err)
	}
}
