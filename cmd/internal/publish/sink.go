package publish

import "context"

// Sink is where documents go. Paths are decoded UTF-8 slash paths below the sink's root, without a leading slash.
// What is missing is an error that wraps fs.ErrNotExist. Put and Remove are called by one goroutine at a time; the
// others may be called beside them. Each implementation passes publishtest.
type Sink interface {
	// Put makes documents stand whole, in the order given: a reader sees each as it was or as it will be. When
	// Put returns nil, all of them survive a power failure. An error may leave the first ones put; a bad path (fs.ErrInvalid),
	// one that is named twice, or a ctx that has ended before, leaves all as they were. What stands with the same bytes is not
	// written.
	Put(ctx context.Context, docs []Document) error
	// Read returns what stands at a path; ErrTooLarge over limit bytes, ErrNotFile where no document can stand.
	Read(ctx context.Context, path string, limit int64) ([]byte, error)
	// Stat returns what is known of a document without reading it.
	Stat(path string) (Info, error)
	// Remove takes documents away; one that is missing is no error.
	Remove(ctx context.Context, paths []string) error
	// Names returns the names of the documents that stand directly in a folder, in order.
	Names(folder string) ([]string, error)
}

// MaxDocument bounds what is read back of one standing document, in bytes.
const MaxDocument = 64 << 20
