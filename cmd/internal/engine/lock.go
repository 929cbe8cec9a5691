package engine

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
)

// Lock is the right to scan and publish with one state file. The kernel gives it back when the
// process ends, however it ends.
type Lock struct{ file *flock.Flock }

// LockedError says that another process holds the state; PID is 0 when it could not be read.
type LockedError struct {
	Path string
	PID  int
}

// Error names the other process.
func (e *LockedError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("state %s is held by another process", e.Path)
	}
	return fmt.Sprintf("state %s is held by process %d", e.Path, e.PID)
}

// TryLock takes the instance lock of the state file at path, or returns a *LockedError.
func TryLock(path string) (*Lock, error) {
	name := path + ".lock"
	file := flock.New(name)
	got, err := file.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock state %s: %w", path, err)
	}
	if !got {
		held := &LockedError{Path: path}
		if text, err := os.ReadFile(name); err == nil {
			held.PID, _ = strconv.Atoi(strings.TrimSpace(string(text)))
		}
		return nil, held
	}
	if err := os.WriteFile(name, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644); err != nil {
		return nil, errors.Join(fmt.Errorf("lock state %s: %w", path, err), file.Unlock())
	}
	return &Lock{file}, nil
}

// Unlock returns the right back. The lock file stays: removing it would let two processes lock two
// files of one name.
func (l *Lock) Unlock() error { return l.file.Unlock() }
