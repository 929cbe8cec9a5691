//go:build !linux

package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// statAt asks for the facts of a name in an open folder.
func statAt(dir *os.File, name string) (facts, error) {
	info, err := os.Lstat(filepath.Join(dir.Name(), name))
	if err != nil {
		return facts{}, err
	}
	return factsOf(info), nil
}

// statPath asks for the facts of what a path leads to.
func statPath(path string) (facts, error) {
	info, err := os.Stat(path)
	if err != nil {
		return facts{}, err
	}
	return factsOf(info), nil
}

// readFolder returns what stands in a folder.
func readFolder(dir *os.File, each func(fs.DirEntry)) error { return readEntries(dir, each) }

// factsOf takes the facts out of what the os package knows; size and mtime alone, with a fixed
// ctime.
func factsOf(info fs.FileInfo) facts {
	return facts{regular: info.Mode().IsRegular(), size: info.Size(), mtime: info.ModTime(), ctime: time.Unix(0, 0)}
}
