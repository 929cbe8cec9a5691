package engine

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"herald/source"
)

// checkRootEvery is how often it is asked whether a source's folder is still the one that is watched.
const checkRootEvery = 2 * time.Second

// watcher sees changes below a source's folder. It only says where to look: whatever it misses,
// the next scan by schedule finds. Each folder is watched just before a scan reads it, so that nothing
// happens in it unseen between the two; the watches are those of the tree after every scan.
type watcher struct {
	engine *Engine
	source string
	folder source.Folder
	fs     *fsnotify.Watcher
	root   os.FileInfo // what the folder's path led to; nil: it was not there
	mounts string      // what was mounted at or below it

	mu      sync.Mutex
	folders map[string]bool // that scans went into; true: it is watched
	limited bool            // the system's limit was met; logged once
}

// newWatcher returns a watcher of a source; nil where it is not to be watched, or the system cannot.
func newWatcher(e *Engine, s Source) *watcher {
	if s.Watched == nil {
		return nil
	}
	w := &watcher{engine: e, source: s.Name, folder: s.Watched.Folder(), folders: map[string]bool{}}
	var err error
	if w.fs, err = fsnotify.NewWatcher(); err != nil {
		e.config.Log.Warn("folder is not watched; changes are seen by schedule", "source", s.Name, "error", err, "remedy", remedy(err, "max_user_instances"))
		return nil
	}
	w.root, _ = os.Stat(w.folder.Root)
	w.mounts = mountsBelow(w.folder.Root)
	s.Watched.OnEnter(w.enter)
	return w
}

// remedy says how the system's limit is raised; "" where it was not met.
func remedy(err error, limit string) string {
	if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EMFILE) {
		return ""
	}
	return "raise the limit: sysctl fs.inotify." + limit + " on Linux, ulimit -n elsewhere"
}

// run tells the engine of changes until ctx ends.
func (w *watcher) run(ctx context.Context) {
	defer w.fs.Close()
	losses := lossesOf(w.fs)
	roots := time.NewTicker(checkRootEvery)
	defer roots.Stop()
	for {
		var changes *pendingChanges
		select {
		case <-ctx.Done():
			return
		case <-roots.C:
			if w.rootChanged() {
				changes = w.begin()
			}
		case event := <-w.fs.Events:
			changes = w.changesOf(event)
		case <-losses:
			w.engine.config.Log.Debug("changes were lost; the source is looked at whole", "source", w.source)
			changes = w.begin()
		case <-w.engine.scanned[w.source]:
			w.compare()
		}
		if changes != nil {
			select {
			case w.engine.seen <- seenChanges{w.source, changes}:
			case <-ctx.Done():
			}
		}
	}
}

// begin forgets all that is watched: the next scan watches it anew.
func (w *watcher) begin() *pendingChanges {
	w.forget(w.folder.Root)
	return changedAnywhere()
}

// lossesOf returns a channel that tells when events were lost, until the watcher is closed. Errors are taken at once, for the
// watcher may hold its lock until one is.
func lossesOf(fs *fsnotify.Watcher) <-chan struct{} {
	lost := make(chan struct{}, 1)
	go func() {
		for range fs.Errors {
			wake(lost)
		}
	}()
	return lost
}

// changesOf returns where a source is to be looked at after an event; nil: nowhere. A change of rights counts too: what could not
// be read may be readable now.
func (w *watcher) changesOf(event fsnotify.Event) *pendingChanges {
	path := event.Name
	if event.Op&(fsnotify.Create|fsnotify.Remove|fsnotify.Rename) != 0 && w.forget(path) {
		return changedAnywhere() // it was a folder; the scan watches what it finds in its place
	}
	if !w.folder.Watchable(path) && !swapsLinks(w.folder, path) {
		return nil
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || w.folder.Key == nil {
		return changedAnywhere()
	}
	key, inside := w.folder.Key(path)
	if !inside {
		return changedAnywhere()
	}
	return changedKey(key)
}

// swapsLinks reports the hidden name over which the files of a Kubernetes volume are links ("..data"): a new version is
// put in its place.
func swapsLinks(folder source.Folder, path string) bool {
	return filepath.Dir(path) == folder.Root && strings.HasPrefix(filepath.Base(path), "..")
}

// enter watches a folder that a scan is about to read. What cannot be read, or is gone, the scan reports.
func (w *watcher) enter(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.folders[path] {
		return
	}
	err := w.fs.Add(path)
	w.folders[path] = err == nil
	if err != nil && !w.limited && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
		w.limited = true
		w.engine.config.Log.Warn("not every folder is watched; changes in the others are seen by schedule",
			"source", w.source, "folder", path, "error", err, "remedy", remedy(err, "max_user_watches"))
	}
}

// forget ends the watches of a folder and of those below it. It reports whether scans went into any.
func (w *watcher) forget(folder string) (known bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known = w.folders[folder]; !known {
		return false
	}
	for path := range w.folders {
		if rel, err := filepath.Rel(folder, path); err == nil && filepath.IsLocal(rel) {
			_ = w.fs.Remove(path) // it may have ended by itself
			delete(w.folders, path)
		}
	}
	return true
}

// compare ends watches that no scan asked for, and has the next scan watch what is watched no more.
func (w *watcher) compare() {
	w.mu.Lock()
	defer w.mu.Unlock()
	watched := map[string]bool{}
	for _, path := range w.fs.WatchList() {
		if watched[path] = true; !w.folders[path] {
			_ = w.fs.Remove(path)
		}
	}
	for path, is := range w.folders {
		if is && !watched[path] {
			w.folders[path] = false
		}
	}
}

// rootChanged reports whether the source's path leads to another folder than before, over links or mounts, or something was
// mounted below it or unmounted. None of that is an event.
func (w *watcher) rootChanged() bool {
	was, mounts := w.root, w.mounts
	w.root, _ = os.Stat(w.folder.Root)
	w.mounts = mountsBelow(w.folder.Root)
	switch {
	case w.root == nil:
		return false // the scan by schedule says so
	case was == nil:
		return true
	}
	return !os.SameFile(was, w.root) || mounts != w.mounts
}
