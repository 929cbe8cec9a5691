package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"herald/source"
)

// freshness is how close to the start of a listing a change may lie so that another one in the
// same tick of the file system's clock could go unseen.
const freshness = 2 * time.Second

// List returns the files that may be articles, in ascending byte order of their slash paths. It
// holds the names of one folder per level at a time. A fingerprint is made of size, times and
// inode; it is empty where a file changed within two seconds of the start or later.
//
// A folder that cannot be listed is an error: what it holds is unknown, not gone.
func (s *Source) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		l := &listing{source: s, ctx: ctx, yield: yield, skips: s.skips(), since: s.config.Now().Add(-freshness), stamp: s.includesStamp(), stamps: map[string]string{}}
		if err := l.run(); err != nil && !errors.Is(err, errStopped) {
			yield(source.Entry{}, err)
		}
	}
}

func (l *listing) run() error {
	place := l.source.config.Place
	real, err := filepath.EvalSymlinks(l.source.config.Root)
	if errors.Is(err, fs.ErrNotExist) && l.source.config.Written.Path != "" {
		return l.source.config.Written.Absent(err, l.source.config.Root)
	}
	if err != nil {
		return fmt.Errorf("list %s: %w", place, plain(err))
	}
	info, err := os.Stat(real)
	if err == nil && !info.IsDir() {
		return fmt.Errorf("list %s: not a folder", place)
	}
	if l.root, err = os.OpenRoot(real); err != nil {
		return fmt.Errorf("list %s: %w", place, plain(err))
	}
	defer l.root.Close()
	l.real = real
	if history := l.source.history; history != nil {
		if err := history.Look(l.ctx); err != nil {
			return fmt.Errorf("list %s: %w", place, err)
		}
	}
	return l.folder("")
}

// plain returns the cause of an error without the path of this machine.
func plain(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// folder lists one folder; key is "" for the root.
func (l *listing) folder(key string) error {
	if enter := l.source.enter; enter != nil {
		enter(filepath.Join(l.source.config.Root, filepath.FromSlash(key)))
	}
	children, err := l.children(key)
	switch {
	case errors.Is(err, fs.ErrNotExist) && key != "":
		return nil // removed since its parent was listed
	case err != nil:
		place := l.source.config.Place
		if key != "" {
			place = l.source.place(key)
		}
		return fmt.Errorf("list %s: %w", place, plain(err))
	}
	prefix := key
	if key != "" {
		prefix += "/"
	}
	for i := 0; i < children.len(); {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		if c := children.at(i); c.folder {
			if err := l.folder(prefix + strings.TrimSuffix(c.name, "/")); err != nil {
				return err
			}
			i++
			continue
		}
		batch := children.files(i, batchSize)
		if err := l.files(key, prefix, batch); err != nil {
			return err
		}
		i += len(batch)
	}
	return nil
}

// children returns what is wanted of a folder, in the order of the whole paths.
func (l *listing) children(key string) (*names, error) {
	dir, err := l.root.Open(relative(key))
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	prefix, base := "", l.real
	if key != "" {
		prefix, base = key+"/", filepath.Join(l.real, filepath.FromSlash(key))
	}
	children := &names{}
	err = readFolder(dir, func(e fs.DirEntry) {
		c := child{name: e.Name(), folder: e.IsDir(), link: e.Type()&fs.ModeSymlink != 0}
		path := prefix + c.name
		switch {
		case c.folder && !l.source.selection.Folder(path), !c.folder && !l.source.selection.File(path):
			return
		case !c.folder && !c.link && !e.Type().IsRegular():
			return
		case len(l.skips) > 0 && l.skipped(key, base, c.name):
			return
		}
		if c.folder {
			c.name += "/"
		}
		children.add(c)
	})
	children.sort()
	return children, err
}

// skipped reports whether an entry is one of the skipped paths, by its path as configured or as
// it really is.
func (l *listing) skipped(key, base, name string) bool {
	configured := filepath.Join(l.source.config.Root, filepath.FromSlash(key), name)
	return l.skips.covers(configured) || l.skips.covers(filepath.Join(base, name))
}

// relative returns the name of a folder as os.Root wants it.
func relative(key string) string {
	if key == "" {
		return "."
	}
	return filepath.FromSlash(key)
}
