package publish

import (
	"context"
	"errors"
	"time"
)

// Modes of what Put makes, whatever the process' umask says: web servers run as other users.
const (
	fileMode   = 0o644
	folderMode = 0o755
)

// tempPrefix begins the name of every temporary file. Web servers and site generators pass over
// names with a leading dot.
const tempPrefix = ".herald-"

// ErrNotFile says that something other than a regular file stands at a document's path: a folder,
// a pipe, a link that leads nowhere.
var ErrNotFile = errors.New("not a regular file")

// ErrTooLarge says that a file is larger than the reader allows.
var ErrTooLarge = errors.New("larger than allowed")

// Document is one output, whole.
type Document struct {
	Path      string // decoded UTF-8 slash path below the root, without leading slash: "정치/feed.xml"
	Body      []byte
	MediaType string // for targets that keep it, as buckets do; a folder does not
	Replace   bool   // it takes the place of what is no document, such as a link or an empty folder
}

// Info is what a folder knows of a document without reading it.
type Info struct {
	Size    int64 // bytes
	ModTime time.Time
}

// Sink is where documents go. Paths are decoded UTF-8 slash paths below the sink's root, without a leading slash.
// What is missing is an error that wraps fs.ErrNotExist. Put and Remove are called by one goroutine at a time; the
// others may be called beside them. Each implementation passes publishtest.
type Sink interface {
	// Put makes documents stand whole, in the order given: a reader sees each as it was or as it will be. When
	// Put returns nil, all of them survive a power failure. An error may leave the first ones put; a bad path (fs.ErrInvalid),
	// one that is named twice, or a ctx that has ended before, leaves all as they were. What stands with the same bytes is not
	// written. What stands at a path and is no document is never followed. It is an error, its Obstacle, unless Document.Replace
	// is set, and an Obstacle that Stays is one always.
	Put(ctx context.Context, docs []Document) error
	// Read returns what stands at a path; ErrTooLarge over limit bytes, which then are not read, an Obstacle where something
	// stands there that is no document. It waits for nobody: not for the writer of a pipe.
	Read(ctx context.Context, path string, limit int64) ([]byte, error)
	// Stat returns what is known of a document without reading it, with the errors of Read.
	Stat(path string) (Info, error)
	// Remove takes documents away; one that is missing is no error. What is no document stays.
	Remove(ctx context.Context, paths []string) error
	// Names returns the names of the documents that stand directly in a folder, in order.
	Names(folder string) ([]string, error)
	// Folders returns the names of the folders directly in a folder, in order; an empty one may be left out.
	Folders(folder string) ([]string, error)
}

// MaxDocument bounds what is read back of one standing document, in bytes.
const MaxDocument = 64 << 20
