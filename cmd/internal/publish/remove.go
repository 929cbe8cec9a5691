package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"syscall"
)

// Remove takes documents away, then those of their folders that are empty by it, up to but without
// the root, and returns when that would survive a power failure. A document that is not there is
// fine, and what is no document, such as a link, stays. A fault with one does not keep the others; all faults are returned together.
func (d *Dir) Remove(ctx context.Context, paths []string) error {
	if len(paths) == 0 {
		return nil
	}
	if d.readOnly {
		return fmt.Errorf("remove %s: %w: folder opened for reading", paths[0], fs.ErrPermission)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	r, err := os.OpenRoot(d.root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("remove %s: %w", paths[0], cause(err))
	}
	b := &batch{dir: d, root: r, touched: map[string]bool{}}
	defer b.end()
	var faults []error
	for _, p := range paths {
		if err := ctx.Err(); err != nil {
			faults = append(faults, fmt.Errorf("remove %s: %w", p, err))
			break
		}
		if err := b.remove(p); err != nil {
			faults = append(faults, fmt.Errorf("remove %s: %w", p, err))
		}
	}
	b.prune()
	return errors.Join(append(faults, b.sync())...)
}

func (b *batch) remove(p string) error {
	if err := checkPath(p); err != nil {
		return err
	}
	info, err := b.root.Lstat(p)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil
	}
	if err != nil {
		return cause(err)
	}
	if !info.Mode().IsRegular() {
		return nil
	}
	if err := b.root.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cause(err)
	}
	b.touched[path.Dir(p)] = true
	return nil
}

// prune removes touched folders that are empty, and then their parents. rmdir itself tells which are.
func (b *batch) prune() {
	for _, folder := range slices.Sorted(maps.Keys(b.touched)) {
		b.dir.clean(b.root, folder)
		for f := folder; f != "."; f = path.Dir(f) {
			info, err := b.root.Lstat(f)
			if err != nil || !info.IsDir() || b.root.Remove(f) != nil {
				break
			}
			delete(b.touched, f)
			delete(b.dir.cleaned, f)
			b.touched[path.Dir(f)] = true
		}
	}
}
