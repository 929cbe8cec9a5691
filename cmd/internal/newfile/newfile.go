// Package newfile writes files that stand there whole and durable, or not at all, and that replace nothing.
package newfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write makes a file of what f writes. It stands there whole and durable, or not at all;
// fs.ErrExist where something stands already. The mode lets its owner read it only: drafts are in it.
func Write(path string, f func(io.Writer) error) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".herald-dump-*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if gone := os.Remove(temp.Name()); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	if err := errors.Join(f(temp), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := putNew(temp.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// putNew renames a file unless the new name exists. A hard link never replaces a file; where the
// file system has no links, a check before the rename must do.
func putNew(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(from, to)
}

// syncFolder makes a new name in the folder survive a loss of power, where the system can.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = f.Sync() // some file systems cannot, and keep no promise that we could wait for
	return f.Close()
}
