package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Changes are gathered before a source is looked at: those of files that stand where they were written
// for a moment, all others, which may be half of a move, for longer.
const (
	brief = 20 * time.Millisecond
	quiet = 100 * time.Millisecond
)

// rootEvery is how often a source's folder that was missing is looked for.
const rootEvery = 2 * time.Second

// watch sees changes below the sources' folders. It only says where to look: whatever it misses,
// the next scan by schedule finds.
type watch struct {
	*daemon
	fs      *fsnotify.Watcher
	sources []wiredSource
	lost    map[string]bool // sources whose folder is not watched, by name
	full    bool            // the system gives no more watches; said once
}

// watcher gives the part that watches; nil where no source asks for it or the system cannot.
func (d *daemon) watcher() func(context.Context) {
	w := &watch{daemon: d, lost: map[string]bool{}}
	for _, s := range d.sources {
		if s.watch {
			w.sources = append(w.sources, s)
			w.lost[s.name] = true
		}
	}
	if len(w.sources) == 0 {
		return nil
	}
	var err error
	if w.fs, err = fsnotify.NewWatcher(); err != nil {
		d.app.log.Warn("folders are not watched; changes are seen by schedule", "error", err)
		return nil
	}
	w.findRoots()
	return w.run
}

func (w *watch) run(ctx context.Context) {
	defer w.fs.Close()
	seen := map[string]*dirt{}
	gathered := time.NewTimer(quiet)
	gathered.Stop()
	wait := time.Duration(0) // of the timer; 0: it does not run
	roots := time.NewTicker(rootEvery)
	defer roots.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-roots.C:
			w.findRoots()
		case event := <-w.fs.Events:
			if at := w.note(event, seen); at > wait {
				wait = at
				gathered.Reset(wait)
			}
		case err := <-w.fs.Errors:
			w.trouble(err)
		case <-gathered.C:
			for name, where := range seen {
				w.changed(name, where)
			}
			clear(seen)
			wait = 0
		}
	}
}

// note records which sources an event concerns. It gives how long to gather more; 0: it concerns none.
func (w *watch) note(event fsnotify.Event, seen map[string]*dirt) (wait time.Duration) {
	if event.Op == fsnotify.Chmod {
		return 0
	}
	for _, s := range w.sources {
		if !s.files.Watchable(event.Name) {
			continue
		}
		if seen[s.name] == nil {
			seen[s.name] = &dirt{keys: map[string]bool{}}
		}
		at := place(s, event)
		seen[s.name].add(at)
		if wait = max(wait, brief); at.all {
			wait = quiet
		}
		if event.Name == s.files.Root() && event.Op&(fsnotify.Remove|fsnotify.Rename) != 0 {
			w.lost[s.name] = true
		} else if event.Op&fsnotify.Create != 0 {
			w.addTree(s, event.Name)
		}
	}
	return wait
}

// place gives the file that an event is about, where a file stands there now; else anywhere.
func place(s wiredSource, event fsnotify.Event) *dirt {
	info, err := os.Lstat(event.Name)
	if err != nil || !info.Mode().IsRegular() {
		return &dirt{all: true}
	}
	rel, err := filepath.Rel(s.files.Root(), event.Name)
	if err != nil {
		return &dirt{all: true}
	}
	return &dirt{keys: map[string]bool{filepath.ToSlash(rel): true}}
}

// findRoots takes up folders of sources that were not there before.
func (w *watch) findRoots() {
	for _, s := range w.sources {
		if !w.lost[s.name] {
			continue
		}
		if info, err := os.Stat(s.files.Root()); err != nil || !info.IsDir() {
			continue
		}
		delete(w.lost, s.name)
		w.addTree(s, s.files.Root())
		w.changed(s.name, &dirt{all: true})
	}
}

// addTree watches a folder and those below it that may hold articles. Links are not followed.
func (w *watch) addTree(s wiredSource, folder string) {
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() && path != s.files.Root() {
			return nil
		}
		if !s.files.Watchable(path) {
			return fs.SkipDir
		}
		if err := w.fs.Add(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			w.trouble(err)
			return fs.SkipAll
		}
		return nil
	})
}

// trouble makes every source be looked at, since changes may have been missed.
func (w *watch) trouble(err error) {
	if err == nil {
		return
	}
	if !w.full {
		w.full = true
		w.app.log.Warn("watching is not complete; what it misses is seen by schedule", "error", err)
	}
	for _, s := range w.sources {
		w.changed(s.name, &dirt{all: true})
	}
}
