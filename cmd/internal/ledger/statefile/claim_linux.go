package statefile

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// What we lock of the state itself is a byte that no file reaches and SQLite does not use, with a lock that belongs to the open
// file and not to the process. sharedByte is where SQLite holds a lock of the process as long as it has the file open
// (SHARED_FIRST in its os.h).
const (
	ourByte    = 1 << 61
	sharedByte = 0x40000000 + 2
	sharedSize = 510
)

// claim locks a state for this process; where another has it, pid is its number if that can be told, else 0.
func claim(f *os.File) (pid int, err error) {
	lock := unix.Flock_t{Type: unix.F_WRLCK, Start: ourByte, Len: 1}
	err = unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, &lock)
	if !errors.Is(err, unix.EAGAIN) && !errors.Is(err, unix.EACCES) {
		return 0, nil // ours, or the file system keeps no such locks
	}
	_, pid = claimed(f)
	return pid, err
}

// claimed reports whether another process has claimed a state, and takes nothing.
func claimed(f *os.File) (held bool, pid int) {
	lock := unix.Flock_t{Type: unix.F_WRLCK, Start: ourByte, Len: 1}
	if err := unix.FcntlFlock(f.Fd(), unix.F_OFD_GETLK, &lock); err != nil || lock.Type == unix.F_UNLCK {
		return false, 0
	}
	shared := unix.Flock_t{Type: unix.F_WRLCK, Start: sharedByte, Len: sharedSize}
	if err := unix.FcntlFlock(f.Fd(), unix.F_GETLK, &shared); err == nil && shared.Type != unix.F_UNLCK {
		pid = max(int(shared.Pid), 0)
	}
	return true, pid
}
