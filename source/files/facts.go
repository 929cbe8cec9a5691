package files

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// batchSize is how many files are looked at before any is handed on.
const batchSize = 512

// facts is what the file system reports of a file.
type facts struct {
	regular      bool
	size         int64
	mtime, ctime time.Time // ctime is zero where the system has none
	inode        uint64
}

// readEntries calls each for what stands in a folder, some at a time.
func readEntries(dir *os.File, each func(fs.DirEntry)) error {
	for {
		entries, err := dir.ReadDir(1024)
		for _, e := range entries {
			each(e)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// errStopped ends a listing whose consumer has seen enough.
var errStopped = errors.New("stopped")

// changedLater reports whether something beside the content changed last: the name, or the rights.
func (f facts) changedLater() bool { return f.ctime.After(f.mtime) }

// hasCtime reports whether the system told when the file's facts last changed.
func (f facts) hasCtime() bool { return f.ctime.Unix() != 0 }
