package engine

import (
	"context"
	"sync"
)

// ready reports whether a source that is due may be scanned now. Of a source.Fetching the origin is asked first, beside all
// else, and the loop is woken at the end of that.
func (l *loop) ready(ctx context.Context, s Source, due bool) bool {
	if !s.Fetched {
		return due
	}
	e := l.engine
	e.mu.Lock()
	defer e.mu.Unlock()
	asked, asking := e.fetches[s.Name]
	if asked {
		delete(e.fetches, s.Name)
		return true
	}
	if asking || !due {
		return false
	}
	e.fetches[s.Name] = false
	l.asking.Go(func() {
		e.config.Pipeline.Fetch(ctx, s.Name)
		e.mu.Lock()
		e.fetches[s.Name] = true
		e.mu.Unlock()
		wake(e.work)
	})
	return false
}

// fetchAll asks all origins at once, before a pass has its turn.
func (e *Engine) fetchAll(ctx context.Context) {
	var asking sync.WaitGroup
	for _, s := range e.config.Sources {
		if s.Fetched {
			asking.Go(func() { e.config.Pipeline.Fetch(ctx, s.Name) })
		}
	}
	asking.Wait()
}
