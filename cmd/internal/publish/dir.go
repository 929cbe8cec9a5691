// Package publish puts finished documents where readers fetch them: a folder that a web server, or
// herald itself, serves.
//
// A reader of the folder sees each document either as it was or as it will be, never a part of it,
// also when the process is killed or the power fails. For one Put the system calls are, in this order:
//
//	openat(root)                                     one os.Root: no link leads out of the folder
//	for each document
//	    mkdirat, fchmodat 0755                       folders that are missing, parents first
//	    openat(folder/.herald-PID-N.tmp, O_EXCL)     in the folder of the document: rename stays in one file system
//	    write, fchmod 0644, fsync, close
//	for each document, in the order given
//	    renameat(temporary name, document)           the moment at which readers see it
//	for each folder in which something changed
//	    openat, fsync, close                         the renames survive a power failure
//
// Until the first rename every fault (a full disk, a folder in the way, the end of the context)
// leaves all documents as they were. A document whose bytes already stand there is not written.
//
// What a crash leaves behind, temporary files of a process that no longer lives, is removed when a
// folder is next written to.
package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// Dir is a folder of documents. Its methods may be called from several goroutines at once; writing
// ones wait for each other. One process opens a folder for writing once.
//
// The folder is looked up anew at each call: one that was emptied, removed or replaced beneath a
// running process is simply filled again.
type Dir struct {
	root     string // absolute
	readOnly bool

	mu      sync.Mutex      // held by Put and Remove
	made    int             // temporary names given out
	cleaned map[string]bool // folders whose leftovers are gone
}

// OpenDir opens the folder root for writing. A missing one is made, with its parents, mode 0755. It
// is an error if the folder cannot be written; the message names the folder and the user id. An
// existing folder is not written to, so that its times stay.
func OpenDir(root string) (*Dir, error) {
	abs, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("open folder %s: %w", root, err)
	}
	if err := makeRoot(abs); err != nil {
		return nil, fmt.Errorf("open folder %s as user id %d: %w", root, os.Getuid(), err)
	}
	if err := writable(abs); err != nil {
		return nil, fmt.Errorf("write to folder %s as user id %d: %w", root, os.Getuid(), err)
	}
	d := &Dir{root: abs, cleaned: map[string]bool{}}
	r, err := os.OpenRoot(abs)
	if err != nil {
		return nil, fmt.Errorf("open folder %s: %w", root, cause(err))
	}
	defer func() { _ = r.Close() }()
	d.clean(r, ".")
	return d, nil
}

// Writable says why OpenDir would refuse the folder root, without making or changing anything; nil where
// it would not.
func Writable(root string) error {
	abs, err := filepath.Abs(root)
	if err != nil {
		return fmt.Errorf("open folder %s: %w", root, err)
	}
	info, err := os.Stat(abs)
	for parent := filepath.Dir(abs); errors.Is(err, fs.ErrNotExist) && parent != abs; parent = filepath.Dir(abs) {
		abs = parent
		info, err = os.Stat(abs)
	}
	if err == nil && !info.IsDir() {
		err = errors.New("a file stands at " + abs)
	}
	if err == nil {
		err = writable(abs)
	}
	if err != nil {
		return fmt.Errorf("write to folder %s as user id %d: %w", root, os.Getuid(), cause(err))
	}
	return nil
}

// View returns the folder root for reading only: nothing is made, checked or removed, and a missing
// folder is one without documents. Put and Remove fail.
func View(root string) *Dir {
	if abs, err := filepath.Abs(root); err == nil {
		root = abs
	}
	return &Dir{root: root, readOnly: true}
}

// Read returns the bytes that stand at p. The error is fs.ErrNotExist where nothing does, an Obstacle
// for anything but a regular file that can be read, ErrTooLarge above limit bytes. A link at p is not followed; one to a folder
// above it is, inside the root.
func (d *Dir) Read(ctx context.Context, p string, limit int64) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", p, err)
	}
	var body []byte
	err := d.look(p, func(r *os.Root) (err error) {
		body, err = readFile(r, p, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", p, err)
	}
	return body, nil
}

// Stat tells size and time of what stands at p, with the errors of Read.
func (d *Dir) Stat(p string) (Info, error) {
	var info fs.FileInfo
	err := d.look(p, func(r *os.Root) (err error) {
		if info, err = r.Lstat(p); err == nil {
			err = regular(r, p, info)
		}
		return err
	})
	if err != nil {
		return Info{}, fmt.Errorf("stat %s: %w", p, err)
	}
	return Info{Size: info.Size(), ModTime: info.ModTime()}, nil
}

// Names lists the regular files that lie directly in folder ("." is the root), sorted, without
// temporary ones. A missing folder has none.
func (d *Dir) Names(folder string) ([]string, error) {
	return d.names(folder, func(e fs.DirEntry) bool { return e.Type().IsRegular() && !strings.HasPrefix(e.Name(), tempPrefix) })
}

// Folders implements Sink.
func (d *Dir) Folders(folder string) ([]string, error) { return d.names(folder, fs.DirEntry.IsDir) }

func (d *Dir) names(folder string, which func(fs.DirEntry) bool) ([]string, error) {
	var names []string
	err := d.look(folder, func(r *os.Root) error {
		entries, err := fs.ReadDir(r.FS(), folder)
		for _, e := range entries {
			if which(e) {
				names = append(names, e.Name())
			}
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list %s: %w", folder, err)
	}
	slices.Sort(names)
	return names, nil
}

// look runs f on the root and returns its error without the names of system calls, or what stands in the way of p
// (Obstacle). A folder that is not there is fs.ErrNotExist.
func (d *Dir) look(p string, f func(*os.Root) error) error {
	if err := checkPath(p); err != nil && p != "." {
		return err
	}
	r, err := os.OpenRoot(d.root)
	if err != nil {
		return cause(err)
	}
	defer func() { _ = r.Close() }()
	if err := f(r); err != nil {
		return obstacle(r, p, err)
	}
	return nil
}

// readFile reads a regular file. It looks first, and opens without waiting: a pipe in the folder must not hang its reader.
func readFile(r *os.Root, p string, limit int64) ([]byte, error) {
	info, err := r.Lstat(p)
	if err == nil {
		err = regular(r, p, info)
	}
	if err != nil {
		return nil, err
	}
	f, err := r.OpenFile(p, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err = f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, ErrNotFile // it came between the two looks
	case info.Size() > limit:
		return nil, ErrTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(f, min(limit, math.MaxInt64-1)+1))
	if err == nil && int64(len(body)) > limit {
		return nil, ErrTooLarge
	}
	return body, err
}

// checkPath allows what lies below the root under a name that no temporary file has.
func checkPath(p string) error {
	if _, err := filepath.Localize(p); err != nil || p == "." {
		return fmt.Errorf("%w: not a path below the root", fs.ErrInvalid)
	}
	for _, part := range strings.Split(p, "/") {
		if strings.HasPrefix(part, tempPrefix) {
			return fmt.Errorf("%w: names that begin with %s are for temporary files", fs.ErrInvalid, tempPrefix)
		}
	}
	return nil
}
