package statefile

import (
	"errors"
	"io/fs"
	"os"
)

// mode lets the owner of a state read it, and nobody else: drafts and the addresses of those who are told are in it.
const mode fs.FileMode = 0o600

// Create makes an empty state where none is. Files that SQLite makes beside a state have its mode.
func Create(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// Narrow lets nobody but its owner read a state and the files beside it, and reports whether somebody else could. Call it
// before the state is opened.
func Narrow(path string) (wider bool, err error) {
	for _, side := range append([]string{""}, sides...) {
		info, found := os.Stat(path + side)
		if found != nil || info.Mode().Perm()&^mode == 0 {
			continue
		}
		wider = true
		err = errors.Join(err, os.Chmod(path+side, info.Mode().Perm()&mode))
	}
	return wider, err
}
