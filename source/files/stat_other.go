//go:build !linux

package files

import (
	"herald/source/filefacts"
	"io/fs"
	"os"
	"path/filepath"
)

// statAt asks for the facts of a name in an open folder.
func statAt(dir *os.File, name string) (facts, error) {
	info, err := os.Lstat(filepath.Join(dir.Name(), name))
	if err != nil {
		return facts{}, err
	}
	return filefacts.Of(info), nil
}

// statPath asks for the facts of what a path leads to.
func statPath(path string) (facts, error) {
	info, err := os.Stat(path)
	if err != nil {
		return facts{}, err
	}
	return filefacts.Of(info), nil
}

// readFolder returns what stands in a folder.
func readFolder(dir *os.File, each func(fs.DirEntry)) error { return readEntries(dir, each) }
