package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
)

// Obstacle is what stands at a document's path, or above it, and is no document that can be read: a folder, a link, a pipe,
// a file that this user may not read. It wraps ErrNotFile; fs.ErrNotExist where a file stands above the path, so that nothing
// can be below it.
type Obstacle struct {
	What  string // "a named pipe"
	Stays bool   // Put cannot take its place: somebody has to move it away
	kind  error
}

// Error returns what stands there.
func (o *Obstacle) Error() string { return o.What + " stands there" }

// Unwrap returns the kind of error.
func (o *Obstacle) Unwrap() error {
	if o.kind != nil {
		return o.kind
	}
	return ErrNotFile
}

// obstacle returns what is wrong with the path of a document where err came of it: what stands in its way, if anything
// does, else err without the names of system calls.
func obstacle(r *os.Root, p string, err error) error {
	if o := (*Obstacle)(nil); errors.As(err, &o) {
		return o
	}
	for _, folder := range parents(p) {
		info, lerr := r.Lstat(folder)
		if lerr == nil && info.Mode()&fs.ModeSymlink != 0 {
			info, lerr = r.Stat(folder) // a link to a folder inside is followed
			if lerr != nil {
				return &Obstacle{What: fmt.Sprintf("a symbolic link at %s, which leads to no folder in here,", folder), Stays: true}
			}
		}
		switch {
		case errors.Is(lerr, fs.ErrNotExist):
			return fs.ErrNotExist
		case lerr != nil:
			return &Obstacle{What: fmt.Sprintf("a folder %s that cannot be looked into (%v)", folder, cause(lerr)), Stays: true}
		case !info.IsDir():
			return &Obstacle{What: fmt.Sprintf("%s at %s, where a folder is needed,", whatIs(r, folder, info), folder), Stays: true, kind: fs.ErrNotExist}
		}
	}
	if !errors.Is(err, fs.ErrPermission) {
		return cause(err)
	}
	if _, lerr := r.Lstat(p); lerr == nil {
		return &Obstacle{What: "a file that cannot be read (permission denied)"}
	}
	return &Obstacle{What: fmt.Sprintf("a folder %s that cannot be looked into (permission denied)", path.Dir(p)), Stays: true}
}

// regular returns the Obstacle that stands at p, of which info tells without following links; nil for a regular file.
func regular(r *os.Root, p string, info fs.FileInfo) error {
	switch {
	case info.Mode().IsRegular():
		return nil
	case info.IsDir() && !empty(r, p):
		return &Obstacle{What: "a folder that is not empty", Stays: true}
	}
	return &Obstacle{What: whatIs(r, p, info)}
}

// whatIs returns what info, which did not follow links, says of p, in words.
func whatIs(r *os.Root, p string, info fs.FileInfo) string {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return "a file"
	case mode.IsDir():
		return "an empty folder"
	case mode&fs.ModeSymlink != 0:
		target, err := r.Readlink(p)
		if err != nil {
			return "a symbolic link"
		}
		return "a symbolic link to " + strconv.Quote(target)
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	}
	return "a device"
}

// empty reports whether a folder holds nothing; false where that cannot be known.
func empty(r *os.Root, folder string) bool {
	f, err := r.Open(folder)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	names, err := f.Readdirnames(1)
	return len(names) == 0 && err != nil // io.EOF
}
