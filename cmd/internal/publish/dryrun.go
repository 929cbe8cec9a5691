package publish

import (
	"context"
	"fmt"
	"io/fs"
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
func (d *drySink) Put(_ context.Context, docs []Document) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, doc := range docs {
		d.put[doc.Path] = append([]byte{}, doc.Body...)
	}
	return nil
}

// Remove remembers removals.
func (d *drySink) Remove(_ context.Context, paths []string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range paths {
		d.put[p] = nil
	}
	return nil
}

// Read returns what was put, else what stands.
func (d *drySink) Read(ctx context.Context, path string, limit int64) ([]byte, error) {
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
	return body, nil
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
