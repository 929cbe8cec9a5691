package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"
)

// DryRun wraps a sink so that readings go through and writings are only remembered, as plan needs
// it. What was written is read back.
func DryRun(s Sink) Sink { return &drySink{Sink: s, put: map[string][]byte{}} }

type drySink struct {
	Sink
	mu  sync.Mutex
	put map[string][]byte // nil: removed
}

// Put remembers documents.
func (d *drySink) Put(ctx context.Context, docs []Document) error {
	if err := errors.Join(ctx.Err(), checkDocuments(docs)); err != nil {
		return fmt.Errorf("put: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, doc := range docs {
		d.put[doc.Path] = append([]byte{}, doc.Body...)
	}
	return nil
}

// Remove remembers removals.
func (d *drySink) Remove(ctx context.Context, paths []string) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range paths {
		if err := checkPath(p); err != nil {
			return fmt.Errorf("remove %s: %w", p, err)
		}
		d.put[p] = nil
	}
	return nil
}

// Read returns what was put, else what stands.
func (d *drySink) Read(ctx context.Context, path string, limit int64) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	d.mu.Lock()
	body, known := d.put[path]
	d.mu.Unlock()
	switch {
	case !known:
		return d.Sink.Read(ctx, path, limit)
	case body == nil:
		return nil, fmt.Errorf("read %s: %w", path, fs.ErrNotExist)
	case int64(len(body)) > limit:
		return nil, fmt.Errorf("read %s: %w", path, ErrTooLarge)
	}
	return slices.Clone(body), nil
}

// Names returns the names of what would stand in a folder.
func (d *drySink) Names(folder string) ([]string, error) {
	names, err := d.Sink.Names(folder)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for p, body := range d.put {
		if path.Dir(p) != folder {
			continue
		}
		name := path.Base(p)
		names = slices.DeleteFunc(names, func(n string) bool { return n == name })
		if body != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// Folders returns the names of the folders that would stand in a folder.
func (d *drySink) Folders(folder string) ([]string, error) {
	names, err := d.Sink.Folders(folder)
	d.mu.Lock()
	defer d.mu.Unlock()
	for p, body := range d.put {
		for at := path.Dir(p); at != "."; at = path.Dir(at) {
			if body != nil && path.Dir(at) == folder && !slices.Contains(names, path.Base(at)) {
				names = append(names, path.Base(at))
			}
		}
	}
	slices.Sort(names)
	return names, err
}

// Stat returns the size of what was put, else of what stands.
func (d *drySink) Stat(path string) (Info, error) {
	d.mu.Lock()
	body, known := d.put[path]
	d.mu.Unlock()
	switch {
	case !known:
		return d.Sink.Stat(path)
	case body == nil:
		return Info{}, fmt.Errorf("stat %s: %w", path, fs.ErrNotExist)
	}
	return Info{Size: int64(len(body))}, nil
}
