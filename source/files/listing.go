package files

import (
	"context"
	"os"
	"time"

	"herald/source"
)

// listing is one run of List.
type listing struct {
	source *Source
	ctx    context.Context
	yield  func(source.Entry, error) bool
	skips  skips
	since  time.Time
	stamp  string // of the files that articles include
	root   *os.Root
	real   string            // the root without symbolic links
	stamps map[string]string // of files that hold fields for others
}
