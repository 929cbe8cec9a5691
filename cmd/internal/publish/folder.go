package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
)

// makeRoot makes the folder at the absolute path dir with all its parents.
func makeRoot(dir string) error {
	info, err := os.Stat(dir)
	if err == nil {
		if !info.IsDir() {
			return errors.New("a file stands there")
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return cause(err)
	}
	parent := filepath.Dir(dir)
	if parent == dir {
		return cause(err)
	}
	if err := makeRoot(parent); err != nil {
		return err
	}
	if err := os.Mkdir(dir, folderMode); errors.Is(err, fs.ErrExist) {
		return makeRootRace(dir)
	} else if err != nil {
		return fmt.Errorf("make folder %s: %w", dir, cause(err))
	}
	if err := modeError(os.Chmod(dir, folderMode)); err != nil {
		return cause(err)
	}
	return syncFolder(os.Open(parent))
}

// makeRootRace judges a folder that appeared between two looks, or a link that leads nowhere.
func makeRootRace(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("folder %s: %w", dir, ErrNotFile)
	}
	return nil
}

// syncFolder takes the result of an open call and closes the folder. File systems that cannot fsync
// a folder say EINVAL or ENOTSUP; they keep no promise that we could wait for.
func syncFolder(f *os.File, err error) error {
	if err != nil {
		return err
	}
	err = f.Sync()
	if runtime.GOOS == "windows" || errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

// modeError forgives a file system that keeps no modes: what we just made is ours, so that a
// refusal can mean nothing else.
func modeError(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// cause takes the system call and the path of a temporary file off an error.
func cause(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

// parents returns the folders above p, outermost first, without the root.
func parents(p string) []string {
	var all []string
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		all = append(all, dir)
	}
	slices.Reverse(all)
	return all
}
