package engine

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

// gatherOutputs is how long changes of outputs are gathered: what cleans a folder takes many files.
const gatherOutputs = 100 * time.Millisecond

// outputWatcher sees when something else than us removes or changes a published document: the loop then publishes, which puts
// back what is missing. Where it cannot watch, the next publication finds it.
type outputWatcher struct {
	engine *Engine
	fs     *fsnotify.Watcher
	paths  map[string]bool // of documents, as files
}

// newOutputWatcher returns a watcher of the published documents; nil where they are not files, or the system cannot.
func newOutputWatcher(e *Engine) *outputWatcher {
	if !filepath.IsAbs(e.config.Outputs) {
		return nil
	}
	fs, err := fsnotify.NewWatcher()
	if err != nil {
		e.config.Log.Warn("outputs are not watched; what is missing is seen at the next publication", "error", err)
		return nil
	}
	return &outputWatcher{engine: e, fs: fs}
}

// run wakes the loop where outputs changed, until ctx ends.
func (w *outputWatcher) run(ctx context.Context) {
	defer w.fs.Close()
	losses := lossesOf(w.fs)
	w.find(ctx)
	timer := time.NewTimer(gatherOutputs)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.engine.published:
			if w.find(ctx) {
				timer.Reset(gatherOutputs)
			}
		case event := <-w.fs.Events:
			if event.Op != fsnotify.Chmod && (w.paths[event.Name] || event.Op&(fsnotify.Remove|fsnotify.Rename) != 0 && w.above(event.Name)) {
				timer.Reset(gatherOutputs)
			}
		case <-losses:
			timer.Reset(gatherOutputs)
		case <-timer.C:
			w.engine.outputsChanged.Store(true)
			wake(w.engine.work)
		}
	}
}

// find watches the folders in which documents stand. It reports whether one was not watched before: what happened to it since
// it was written is not known.
func (w *outputWatcher) find(ctx context.Context) (more bool) {
	documents, err := w.engine.config.Pipeline.Edition.Paths(ctx)
	if err != nil {
		return false
	}
	watched := w.fs.WatchList()
	w.paths = map[string]bool{}
	for _, path := range documents {
		file := filepath.Join(w.engine.config.Outputs, filepath.FromSlash(path))
		w.paths[file] = true
		if folder := filepath.Dir(file); !slices.Contains(watched, folder) {
			watched, more = append(watched, folder), true
			_ = w.fs.Add(folder) // one that is not there is put back by the next publication
		}
	}
	return more
}

// above reports whether a document stood below a folder that is gone.
func (w *outputWatcher) above(folder string) bool {
	for path := range w.paths {
		if rel, err := filepath.Rel(folder, path); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}
