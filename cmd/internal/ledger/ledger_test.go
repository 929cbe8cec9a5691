package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/ledger"
)

func TestWriteIsAllOrNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		stop := errors.New("stop")
		err := l.Write(t.Context(), func(tx *ledger.Tx) error {
			if err := tx.SetMeta("a", "1"); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || get(t, l, func(tx *ledger.Tx) (string, error) { return tx.Meta("a") }) != "" {
			t.Errorf("half a transaction: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		err = l.Write(ctx, func(tx *ledger.Tx) error {
			cancel()
			return tx.SetMeta("a", "1")
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled write: %v", err)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.SetMeta("a", "2") }) // and the connection is free again
	})
}

func TestReadSeesOneMomentAndWritesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error { return tx.SetMeta("a", "before") })
		read(t, l, func(tx *ledger.Tx) error {
			if before, err := tx.Meta("a"); err != nil || before != "before" {
				t.Errorf("%q, %v", before, err)
			}
			write(t, l, func(tx *ledger.Tx) error { return tx.SetMeta("a", "after") })
			now, err := tx.Meta("a")
			if now != "before" {
				t.Errorf("the moment went on: %q", now)
			}
			return err
		})
		if err := l.Read(t.Context(), func(tx *ledger.Tx) error { return tx.SetMeta("a", "x") }); err == nil {
			t.Error("a reading wrote")
		}
	})
}

func TestTwoProgramsWriteOneAfterTheOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "herald.db")
	var wait sync.WaitGroup
	for range 3 {
		l, err := ledger.Open(t.Context(), path)
		must(t, err)
		defer l.Close()
		wait.Go(func() {
			for range 50 {
				err := l.Write(t.Context(), func(tx *ledger.Tx) error {
					id, err := tx.AddRequest("build", "", 1)
					if err == nil && id == 0 {
						err = errors.New("no number")
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	l, err := ledger.Open(t.Context(), path)
	must(t, err)
	defer l.Close()
	read(t, l, func(tx *ledger.Tx) error {
		_, found, err := tx.Request(150)
		if !found {
			t.Error("a request got lost")
		}
		return err
	})
}

// A state file that is broken is named, with what to do, and is not touched.
func TestABrokenStateIsNamed(t *testing.T) {
	sound := openFile(t)
	write(t, sound, func(tx *ledger.Tx) error {
		for i := range 500 {
			if err := tx.SetMeta(fmt.Sprint(i), strings.Repeat("가", 100)); err != nil {
				return err
			}
		}
		return nil
	})
	must(t, sound.Close())
	whole, err := os.ReadFile(sound.Path())
	must(t, err)
	holed := bytes.Clone(whole)
	for i := 4096; i < len(holed); i++ {
		holed[i] = 0xa5
	}
	for name, content := range map[string][]byte{"text": []byte("title: 이것은 데이터베이스가 아니다\n"), "holed": holed, "cut": whole[:5000]} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "herald.db")
			must(t, os.WriteFile(path, content, 0o644))
			l, err := ledger.Open(t.Context(), path)
			if err == nil {
				l.Close()
				t.Fatal("it was opened")
			}
			for _, part := range []string{path, "move the file away", "recovered"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if now, _ := os.ReadFile(path); !bytes.Equal(now, content) {
				t.Error("the file was changed")
			}
		})
	}
}

// A state that another program is writing for long is waited for, then named as such.
func TestALockedStateIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "herald.db")
	one, err := ledger.Open(t.Context(), path)
	must(t, err)
	defer one.Close()
	two, err := ledger.Open(t.Context(), path)
	must(t, err)
	defer two.Close()
	write(t, one, func(*ledger.Tx) error {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		start := time.Now()
		err := two.Write(ctx, func(*ledger.Tx) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "locked") || !strings.Contains(err.Error(), "run again") {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		return nil
	})
	write(t, two, func(tx *ledger.Tx) error { return tx.SetMeta("a", "1") })
}

func TestAStateThatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "none", "herald.db"), dir} {
		l, err := ledger.Open(t.Context(), path)
		if err == nil {
			l.Close()
			t.Fatalf("%s was opened", path)
		}
		if !strings.HasPrefix(err.Error(), "open state "+path+": ") || !strings.Contains(err.Error(), "user id") {
			t.Errorf("%v", err)
		}
	}
}

func TestTimesBetweenTheLedgerAndTheProgram(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 123e6, time.FixedZone("", 9*3600))
	if got := ledger.Time(ledger.Millis(now)); !got.Equal(now) || got.Location() != time.UTC {
		t.Errorf("%v", got)
	}
	if ledger.Millis(time.Time{}) != 0 || !ledger.Time(0).IsZero() {
		t.Error("no time is no longer none")
	}
}

func TestOpeningAgainChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "herald.db")
	var before []byte
	for range 3 {
		l, err := ledger.Open(t.Context(), path)
		must(t, err)
		must(t, l.Close())
		now, err := os.ReadFile(path)
		must(t, err)
		if before != nil && !bytes.Equal(before, now) {
			t.Error("opening wrote")
		}
		before = now
	}
}
