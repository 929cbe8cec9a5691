package statefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Running looks at a lock by taking it together with others for a moment; a start that meets that tries again.
const (
	tries    = 10
	tryAgain = 5 * time.Millisecond
)

// Lock is the right to scan and publish with one state file. The kernel returns it when the process ends, however it
// ends.
type Lock struct {
	file  *flock.Flock // of the name: a file beside the state, which bears the holder's process number
	claim *os.File     // of the state itself, whatever names it
}

// LockedError says that another process holds the state; PID is 0 when it could not be read.
type LockedError struct {
	Path string
	PID  int
}

// Error names the other process.
func (e *LockedError) Error() string {
	return fmt.Sprintf("state %s is held by %s", e.Path, process(e.PID))
}

func process(pid int) string {
	if pid == 0 {
		return "another process"
	}
	return fmt.Sprintf("process %d", pid)
}

// TryLock takes the instance lock of the state file at path, which Resolve has returned, or returns a *LockedError. The
// file is made where there is none. One that has a second name is refused. Call it before the state is opened, and Unlock
// after it is closed: a process that closes a file loses SQLite's locks of it.
func TryLock(path string) (*Lock, error) {
	file := flock.New(path+".lock", flock.SetPermissions(0o644))
	got, err := file.TryLock()
	for i := 1; i < tries && err == nil && !got; i++ {
		time.Sleep(tryAgain)
		got, err = file.TryLock()
	}
	if err != nil {
		return nil, fmt.Errorf("lock state %s: %w", path, err)
	}
	if !got {
		return nil, &LockedError{Path: path, PID: holder(path)}
	}
	l := &Lock{file: file}
	if err := l.claimFile(path); err != nil {
		return nil, errors.Join(err, l.Unlock())
	}
	if err := os.WriteFile(path+".lock", []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644); err != nil {
		return nil, errors.Join(fmt.Errorf("lock state %s: %w", path, err), l.Unlock())
	}
	return l, nil
}

// holder returns the process number that the lock file bears; 0: none.
func holder(path string) int {
	text, err := os.ReadFile(path + ".lock")
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid
}

// Holder returns the number of the process that holds the state at path, 0 where it cannot be told; false where none holds it.
func Holder(path string) (pid int, held bool) {
	if !Running(path) {
		return 0, false
	}
	return holder(path), true
}

// claimFile takes the state itself, of which another process may know another name: a hard link, or a mount.
func (l *Lock) claimFile(path string) (err error) {
	if err := Create(path); err != nil {
		return fmt.Errorf("make state %s: %w", path, err)
	}
	if l.claim, err = os.OpenFile(path, os.O_RDWR, 0); err != nil {
		return fmt.Errorf("lock state: %w", err)
	}
	if pid, err := claim(l.claim); err != nil {
		return otherName(path, pid)
	}
	return names(l.claim, path)
}

func otherName(path string, pid int) error {
	return fmt.Errorf("state %s is held by %s by another name of the file: use that name, or a state of its own", path, process(pid))
}

// names refuses a file that has a second name.
func names(f *os.File, path string) error {
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("lock state: %w", err)
	}
	if n := linksOf(info); n > 1 {
		return fmt.Errorf("state %s has %d names (hard links), and what is written by one of them is missing by the others until it is closed: "+
			"keep one name (find / -samefile %s shows them, rm takes one away), or copy the state (herald state dump, herald state load)", path, n, path)
	}
	return nil
}

// Unlock returns the right. The lock file stays: removing it would let two processes lock two files of one name.
func (l *Lock) Unlock() error {
	var err error
	if l.claim != nil {
		err = l.claim.Close()
	}
	return errors.Join(err, l.file.Unlock())
}

// Running reports whether some process holds the state at path, and writes nothing. Where that may not be looked at, it
// does not.
func Running(path string) bool {
	if _, err := os.Stat(path + ".lock"); err != nil {
		return false
	}
	file := flock.New(path+".lock", flock.SetFlag(os.O_RDONLY))
	got, err := file.TryRLock()
	if got {
		_ = file.Unlock()
	}
	return err == nil && !got
}

// Obstacle returns what keeps TryLock from taking a state, or SQLite from writing it, without a trace; nil: nothing. A process that
// holds the state by this very name is none.
func Obstacle(path string) error {
	if Running(path) {
		return nil
	}
	for _, file := range []string{path, path + "-wal", path + "-shm", path + ".lock"} {
		if err := writable(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("write state: %w; user id %d must be able to", &fs.PathError{Op: "open", Path: file, Err: err}, os.Getuid())
		}
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read state: %w", err)
	}
	defer f.Close()
	if held, pid := claimed(f); held {
		return otherName(path, pid)
	}
	return names(f, path)
}
