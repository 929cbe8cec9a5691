package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"herald/source"
	"herald/source/filefacts"
)

// workers is how many goroutines ask the file system at once: its calls wait more than they work.
const workers = 4

// looked is what became of one file of a batch.
type looked struct {
	entry source.Entry
	skip  bool
	err   error
}

// files hands on the entries of one batch, in order.
func (l *listing) files(key, prefix string, batch []child) error {
	results := make([]looked, len(batch))
	if len(batch) < 64 {
		l.look(key, prefix, batch, results)
	} else {
		var group sync.WaitGroup
		size := (len(batch) + workers - 1) / workers
		for begin := 0; begin < len(batch); begin += size {
			end := min(begin+size, len(batch))
			group.Go(func() { l.look(key, prefix, batch[begin:end], results[begin:end]) })
		}
		group.Wait()
	}
	for _, r := range results {
		switch {
		case r.err != nil:
			return r.err
		case r.skip:
		default:
			r.entry.Fingerprint = l.withData(r.entry.Key, r.entry.Fingerprint)
			if !l.yield(r.entry, nil) {
				return errStopped
			}
		}
	}
	return nil
}

// look asks for the facts of some files of a folder.
func (l *listing) look(key, prefix string, batch []child, results []looked) {
	dir, err := l.root.Open(relative(key))
	if err != nil {
		for i := range results {
			results[i] = looked{err: fmt.Errorf("list %s: %w", l.source.place(key), plain(err))}
		}
		return
	}
	defer dir.Close()
	for i, c := range batch {
		results[i] = l.lookAt(dir, prefix+c.name, c)
	}
}

// lookAt makes the entry of one file. A file that is gone by now, a link that leads nowhere or
// outside and what is no regular file are passed over.
func (l *listing) lookAt(dir *os.File, key string, c child) looked {
	var f facts
	var err error
	if c.link {
		target, inside := insideTarget(l.real, filepath.Join(l.real, filepath.FromSlash(key)))
		if !inside || l.skips.covers(filepath.Join(l.real, target)) {
			return looked{skip: true}
		}
		var info fs.FileInfo
		if info, err = l.root.Lstat(target); err == nil {
			f = filefacts.Of(info)
		}
	} else {
		f, err = statAt(dir, c.name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return looked{skip: true}
	case err != nil:
		return looked{err: fmt.Errorf("list %s: %w", l.source.place(key), plain(err))}
	case !f.Regular:
		return looked{skip: true}
	}
	looks := fingerprint(f, l.since)
	if looks != "" && l.stamp != "" {
		looks += "-" + l.stamp
	}
	return looked{entry: source.Entry{Key: key, Fingerprint: l.committed(key, looks)}}
}

// fingerprint is empty for a file that changed too lately.
func fingerprint(f facts, since time.Time) string {
	if f.ChangedSince(since) {
		return ""
	}
	b := make([]byte, 0, 64)
	b = strconv.AppendInt(b, f.Size, 36)
	b = append(b, '-')
	b = strconv.AppendInt(b, f.Mtime.UnixNano(), 36)
	b = append(b, '-')
	b = strconv.AppendInt(b, f.Ctime.UnixNano(), 36)
	b = append(b, '-')
	b = strconv.AppendUint(b, f.Inode, 36)
	return string(b)
}

// committed marks the fingerprint of a file that no commit dates yet: once one does, the file is looked at again.
func (l *listing) committed(key, fingerprint string) string {
	if l.source.history == nil || fingerprint == "" || l.source.history.Committed(key) {
		return fingerprint
	}
	return fingerprint + "-new"
}

// insideTarget follows a symbolic link to its end. It returns the target's path below root, and
// whether it lies there; root has no symbolic links itself.
func insideTarget(root, link string) (target string, inside bool) {
	real, err := filepath.EvalSymlinks(link)
	if err != nil {
		return "", false
	}
	target, err = filepath.Rel(root, real)
	return target, err == nil && filepath.IsLocal(target)
}
