package engine

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"herald/source"
)

// Changes are gathered for a moment before a source is looked at. A file that stands where it was
// written is complete soon; any other change may be half of a move, whose other half is to be seen
// by the same scan.
const (
	gatherEdits = 20 * time.Millisecond
	gatherMoves = 100 * time.Millisecond
)

// findRootsEvery is how often a source's folder that was missing is looked for.
const findRootsEvery = 2 * time.Second

// watcher sees changes below the sources' folders. It only says where to look: whatever it misses,
// the next scan by schedule finds.
type watcher struct {
	engine     *Engine
	fs         *fsnotify.Watcher
	sources    []watchedSource
	missing    map[string]bool   // by source: its folder is not watched, for it is not there
	real       map[string]string // by source: the folder that its path leads to, over links
	created    []createdFolder   // since changes were last handed on
	incomplete bool              // the system gives no more watches; logged once
}

// watchedSource is a source with the folder that is watched for it.
type watchedSource struct {
	name   string
	folder source.Folder
}

// createdFolder is a folder that came into a source's.
type createdFolder struct {
	folder source.Folder
	path   string
}

// newWatcher returns a watcher that has looked for the folders once; nil where no source is to be
// watched, or the system cannot.
func newWatcher(e *Engine) *watcher {
	w := &watcher{engine: e, missing: map[string]bool{}, real: map[string]string{}}
	for _, s := range e.config.Sources {
		if s.Watched != nil {
			w.sources = append(w.sources, watchedSource{s.Name, s.Watched.Folder()})
			w.missing[s.Name] = true
		}
	}
	if len(w.sources) == 0 {
		return nil
	}
	var err error
	if w.fs, err = fsnotify.NewWatcher(); err != nil {
		e.config.Log.Warn("folders are not watched; changes are seen by schedule", "error", err)
		return nil
	}
	w.findRoots()
	return w
}

// run hands changes to the engine until ctx ends.
func (w *watcher) run(ctx context.Context) {
	defer w.fs.Close()
	gathered := map[string]*pendingChanges{} // by source
	wait := time.Duration(0)                 // of the timer; 0: it does not run
	timer := time.NewTimer(gatherMoves)
	timer.Stop()
	roots := time.NewTicker(findRootsEvery)
	defer roots.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-roots.C:
			w.followLinks()
			w.findRoots()
		case event := <-w.fs.Events:
			if longer := w.record(event, gathered); longer > wait {
				wait = longer
				timer.Reset(wait)
			}
		case err := <-w.fs.Errors:
			w.mayHaveMissed(err)
		case <-timer.C:
			// Where a folder was renamed, its watch under the old name is dropped late, and the new one with it.
			for _, c := range w.created {
				w.addTree(c.folder, c.path)
			}
			w.created = nil
			for name, changes := range gathered {
				w.engine.addChanges(name, changes)
			}
			clear(gathered)
			wait = 0
		}
	}
}

// record adds an event to the changes of the sources that it concerns, a change of rights among them: what could not be
// read may be readable now. It returns how long to gather more; 0: it concerns none.
func (w *watcher) record(event fsnotify.Event, gathered map[string]*pendingChanges) (wait time.Duration) {
	for _, s := range w.sources {
		if !s.folder.Watchable(event.Name) && !swapsLinks(s.folder, event.Name) {
			continue
		}
		if gathered[s.name] == nil {
			gathered[s.name] = &pendingChanges{}
		}
		changes := changesAt(s.folder, event.Name)
		gathered[s.name].add(changes)
		if wait = max(wait, gatherEdits); changes.anywhere {
			wait = gatherMoves
		}
		if event.Name == s.folder.Root && event.Op&(fsnotify.Remove|fsnotify.Rename) != 0 {
			w.missing[s.name] = true
		} else if event.Op&fsnotify.Create != 0 {
			w.addTree(s.folder, event.Name)
			w.created = append(w.created, createdFolder{s.folder, event.Name})
		}
	}
	return wait
}

// swapsLinks reports the hidden name over which the files of a Kubernetes volume are links ("..data"): a new version is
// put in its place.
func swapsLinks(folder source.Folder, path string) bool {
	return filepath.Dir(path) == folder.Root && strings.HasPrefix(filepath.Base(path), "..")
}

// changesAt returns the key of the file that stands at path now; where none does, anywhere.
func changesAt(folder source.Folder, path string) *pendingChanges {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return changedAnywhere()
	}
	key, inside := folder.Key(path)
	if !inside {
		return changedAnywhere()
	}
	return changedKey(key)
}

// findRoots takes up folders of sources that were not there before.
func (w *watcher) findRoots() {
	for _, s := range w.sources {
		if !w.missing[s.name] {
			continue
		}
		if info, err := os.Stat(s.folder.Root); err != nil || !info.IsDir() {
			continue
		}
		delete(w.missing, s.name)
		w.real[s.name], _ = filepath.EvalSymlinks(s.folder.Root)
		w.addTree(s.folder, s.folder.Root)
		w.engine.addChanges(s.name, changedAnywhere())
	}
}

// followLinks takes up folders anew whose path leads elsewhere: the path itself, or one above it, may be a link.
func (w *watcher) followLinks() {
	for _, s := range w.sources {
		real, err := filepath.EvalSymlinks(s.folder.Root)
		if err != nil || w.missing[s.name] || real == w.real[s.name] {
			continue
		}
		for _, path := range w.fs.WatchList() {
			if rel, err := filepath.Rel(s.folder.Root, path); err == nil && filepath.IsLocal(rel) {
				_ = w.fs.Remove(path)
			}
		}
		w.missing[s.name] = true
	}
}

// addTree watches a folder and those below it that may hold articles. A source's folder itself may be a link; other links
// are not followed.
func (w *watcher) addTree(folder source.Folder, from string) {
	if from == folder.Root {
		from += string(filepath.Separator) + "." // what a link leads to
	}
	_ = filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		path = filepath.Clean(path)
		if err != nil || !entry.IsDir() && path != folder.Root {
			return nil
		}
		if !folder.Watchable(path) {
			return fs.SkipDir
		}
		if err := w.fs.Add(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			w.mayHaveMissed(err)
			return fs.SkipAll
		}
		return nil
	})
}

// mayHaveMissed makes every source be looked at as a whole.
func (w *watcher) mayHaveMissed(err error) {
	if err == nil {
		return
	}
	if !w.incomplete {
		w.incomplete = true
		w.engine.config.Log.Warn("watching is not complete; what it misses is seen by schedule", "error", err)
	}
	for _, s := range w.sources {
		w.engine.addChanges(s.name, changedAnywhere())
	}
}
