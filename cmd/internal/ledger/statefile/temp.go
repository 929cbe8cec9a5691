package statefile

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

const (
	tempPrefix = "herald-copy-"
	inUse      = "in-use" // the file in a temporary folder that its process holds a lock of
)

// tempFolder is a folder that only we may enter, and that is removed at the latest when somebody else makes one.
type tempFolder struct {
	path string
	held *flock.Flock
}

// newTempFolder makes a folder where the system lets us make one, and removes those that a process has left that was killed.
func newTempFolder() (*tempFolder, error) {
	sweep(os.TempDir())
	path, err := os.MkdirTemp("", tempPrefix)
	if err != nil {
		const room = "/dev/shm" // often a container's only one
		sweep(room)
		other, again := os.MkdirTemp(room, tempPrefix)
		if again != nil {
			return nil, err
		}
		path = other
	}
	t := &tempFolder{path, flock.New(filepath.Join(path, inUse))}
	if _, err := t.held.TryLock(); err != nil {
		return nil, errors.Join(err, t.remove())
	}
	return t, nil
}

func (t *tempFolder) remove() error { return errors.Join(os.RemoveAll(t.path), t.held.Unlock()) }

// sweep removes the folders in a folder that nobody uses any more. One that is just being made has no lock yet.
func sweep(folder string) {
	left, _ := filepath.Glob(filepath.Join(folder, tempPrefix+"*", inUse))
	for _, file := range left {
		held := flock.New(file, flock.SetFlag(os.O_RDONLY))
		if got, err := held.TryLock(); err != nil || !got {
			continue
		}
		_ = (&tempFolder{filepath.Dir(file), held}).remove() // those of others cannot be removed
	}
}
