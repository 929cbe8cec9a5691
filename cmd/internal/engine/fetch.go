package engine

import (
	"context"
	"sync"

	"herald/cmd/internal/intake"
)

// ready reports whether a source may be scanned now, which is due by its schedule or seen to have changed. Of a source.Fetching
// the origin is asked first, beside all else, and the loop is woken at the end of that. Where somebody says that it has changed, it is asked whatever
// its server said before.
func (l *loop) ready(ctx context.Context, s Source, due, changed bool) bool {
	if !s.Fetched {
		return due || changed
	}
	e := l.engine
	e.mu.Lock()
	defer e.mu.Unlock()
	asked, asking := e.fetches[s.Name]
	if asking && changed { // it came after the origin was asked, whose answer may be older
		e.changes[s.Name] = changedAnywhere()
	}
	if asked {
		delete(e.fetches, s.Name)
		return true
	}
	if asking || !due && !changed {
		return false
	}
	e.fetches[s.Name] = false
	l.asking.Go(func() {
		e.config.Pipeline.Fetch(ctx, s.Name, intake.ScanOptions{Scheduled: !changed, Force: changed})
		e.mu.Lock()
		e.fetches[s.Name] = true
		e.mu.Unlock()
		wake(e.work)
	})
	return false
}

// fetchAll asks all origins at once, before a pass has its turn; force says whatever their servers said before.
func (e *Engine) fetchAll(ctx context.Context, force bool) {
	var asking sync.WaitGroup
	for _, s := range e.config.Sources {
		if s.Fetched {
			asking.Go(func() { e.config.Pipeline.Fetch(ctx, s.Name, intake.ScanOptions{Force: force}) })
		}
	}
	asking.Wait()
}
