package files

import (
	"errors"
	"herald/source/filefacts"
	"io"
	"io/fs"
	"os"
)

// batchSize is how many files are looked at before any is handed on.
const batchSize = 512

// facts is what the file system reports of a file.
type facts = filefacts.Facts

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
