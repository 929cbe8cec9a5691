//go:build unix

package publish

import "golang.org/x/sys/unix"

// writable asks whether this process may make files in dir, without making one.
func writable(dir string) error {
	return unix.Faccessat(unix.AT_FDCWD, dir, unix.W_OK|unix.X_OK|unix.R_OK, unix.AT_EACCESS)
}
