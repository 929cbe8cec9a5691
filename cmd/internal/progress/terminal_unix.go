//go:build unix

package progress

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// terminal is one that somebody may look at.
type terminal struct{ file *os.File }

// terminalOf returns the terminal that w writes to; false: to none.
func terminalOf(w io.Writer) (terminal, bool) {
	file, is := w.(*os.File)
	if !is {
		return terminal{}, false
	}
	_, err := unix.IoctlGetWinsize(int(file.Fd()), unix.TIOCGWINSZ)
	return terminal{file}, err == nil
}

// columns returns how wide the terminal is now.
func (t terminal) columns() int {
	size, err := unix.IoctlGetWinsize(int(t.file.Fd()), unix.TIOCGWINSZ)
	if err != nil || size.Col == 0 {
		return 80
	}
	return int(size.Col)
}

// ours reports whether we are what the terminal's user works with, and no job in the background.
func (t terminal) ours() bool {
	group, err := unix.IoctlGetInt(int(t.file.Fd()), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}
