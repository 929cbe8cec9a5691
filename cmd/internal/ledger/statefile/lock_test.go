package statefile_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"herald/cmd/internal/ledger/statefile"
)

func TestTheInstanceLockNamesItsHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "herald.db")
	lock, err := statefile.TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	var held *statefile.LockedError
	if _, err := statefile.TryLock(path); !errors.As(err, &held) || held.PID != os.Getpid() || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("second lock: got %v, want the holder named", err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	lock, err = statefile.TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if _, err := statefile.TryLock(filepath.Join(t.TempDir(), "none", "herald.db")); err == nil {
		t.Error("lock in a folder that is missing: got none, want an error")
	}
}
