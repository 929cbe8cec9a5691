//go:build unix

package statefile

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// linksOf returns how many names a file has.
func linksOf(info os.FileInfo) uint64 {
	if stat, is := info.Sys().(*syscall.Stat_t); is {
		return uint64(stat.Nlink)
	}
	return 1
}

// writable asks whether this process may write a file, without writing it.
func writable(path string) error {
	return unix.Faccessat(unix.AT_FDCWD, path, unix.R_OK|unix.W_OK, unix.AT_EACCESS)
}
