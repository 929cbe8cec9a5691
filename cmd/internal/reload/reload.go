// Package reload sees when a config is to be read again: its file changed, or the process was told so by a signal.
package reload

import (
	"context"
	"fmt"
	"os"
	"time"
)

// Every is how often the file is looked at. An edit is taken once the file has stood still from one look to the next, so that
// a half-written one is not.
const Every = 500 * time.Millisecond

// Causes of reading a config again.
const (
	Changed = "the file changed"
	Told    = "SIGHUP"
)

// File is a config of which one version is taken.
type File struct{ path, taken string }

// Look takes the file at path as it is now. It is to be called before the file is read, so that no edit is missed in between. What
// path leads to is looked at, over links: a Kubernetes volume swaps these.
func Look(path string) *File { return &File{path, stamp(path)} }

// Watch calls read whenever the file has changed since it was taken and stands still, and whenever hangups tells so, until read
// reports that no more is wanted, or ctx ends.
func (f *File) Watch(ctx context.Context, hangups <-chan os.Signal, read func(cause string) (enough bool)) {
	looks := time.NewTicker(Every)
	defer looks.Stop()
	last := f.taken
	for {
		cause := ""
		select {
		case <-ctx.Done():
			return
		case <-hangups:
			last, cause = stamp(f.path), Told
		case <-looks.C:
			now := stamp(f.path)
			if now == last && now != f.taken && now != "" {
				cause = Changed
			}
			last = now
		}
		if cause == "" {
			continue
		}
		if f.taken = last; read(cause) {
			return
		}
	}
}

// stamp tells one version of a file from another; "": it is not there now.
func stamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	real, err := os.Readlink(path)
	if err != nil {
		real = ""
	}
	return fmt.Sprint(info.Size(), info.ModTime().UnixNano(), inode(info), real)
}
