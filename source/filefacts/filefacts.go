// Package filefacts is what the source kinds that read files ask the file system.
package filefacts

import "time"

// Facts is what the file system reports of a file. Equal Facts mean the same file, unchanged, unless it changed within the
// last tick of the file system's clock.
type Facts struct {
	Regular      bool
	Size         int64
	Mtime, Ctime time.Time // Ctime is zero seconds since 1970 where the system has none
	Inode        uint64
}

// ChangedSince reports whether content, name or rights changed after a moment.
func (f Facts) ChangedSince(t time.Time) bool { return f.Mtime.After(t) || f.Ctime.After(t) }

// ChangedLater reports whether something beside the content changed last: the name, or the rights.
func (f Facts) ChangedLater() bool { return f.Ctime.After(f.Mtime) }

// HasCtime reports whether the system told when the file's facts last changed.
func (f Facts) HasCtime() bool { return f.Ctime.Unix() != 0 }
