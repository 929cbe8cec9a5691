package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"herald/source"
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

// listing is one run of List.
type listing struct {
	source *Source
	ctx    context.Context
	yield  func(source.Entry, error) bool
	skips  skips
	since  time.Time
	stamp  string // of the files that articles include
	root   *os.Root
	real   string            // the root without symbolic links
	stamps map[string]string // of files that hold fields for others
}
