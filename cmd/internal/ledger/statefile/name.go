// Package statefile is the state file as the system sees it: which file a name leads to, who holds it, who may read it,
// and how it is read without a trace.
package statefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// maxLinks bounds a chain of symbolic links, as systems do.
const maxLinks = 40

// sides are the endings of the files that SQLite keeps beside a state; what stands in them belongs to it.
var sides = []string{"-wal", "-shm", "-journal"}

// Resolve returns the path of the very file that a name of a state leads to, which need not be there yet. Links are
// followed to their end, so that one file has one path: SQLite's own files and our lock stand beside the name by which it is
// opened, and by two names there would be two of each.
func Resolve(name string) (string, error) {
	path, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	for range maxLinks {
		folder, err := realFolder(filepath.Dir(path))
		if err != nil {
			return "", fmt.Errorf("state %s: %w", name, err)
		}
		path = filepath.Join(folder, filepath.Base(path))
		to, err := os.Readlink(path)
		if err != nil { // no link: the file itself, or what is not there yet
			return path, nil
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(folder, to)
		}
		path = to
	}
	return "", fmt.Errorf("state %s: its links lead in a circle", name)
}

// realFolder follows the links of a folder, as far as there is one.
func realFolder(folder string) (string, error) {
	real, err := filepath.EvalSymlinks(folder)
	if !errors.Is(err, fs.ErrNotExist) || folder == filepath.Dir(folder) {
		return real, err
	}
	above, err := realFolder(filepath.Dir(folder))
	return filepath.Join(above, filepath.Base(folder)), err
}

// Exists reports whether a state stands at path; one that may not be looked at does, and an empty file, which is what a
// start leaves that ends at once, does not.
func Exists(path string) bool {
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return filled(path + "-wal")
	}
	return !errors.Is(err, fs.ErrNotExist)
}

// filled reports whether a file is there and holds something.
func filled(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// Remove takes a state away with the files beside it; one that is missing is no error.
func Remove(path string) (err error) {
	for _, file := range append([]string{""}, sides...) {
		if gone := os.Remove(path + file); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}
