package engine

import (
	"context"
	"time"

	"herald/cmd/internal/live"
)

const (
	askFor      = 2 * time.Minute  // how long one pass asks for URLs
	askRoundFor = 30 * time.Second // and one round of the daemon
	askWait     = 2 * time.Second  // the longest wait between two looks at what is due; clocks may jump
	askIdle     = 30 * time.Second // and while nothing waits
)

// runQuestions asks for URLs when they are due, until ctx ends.
func (e *Engine) runQuestions(ctx context.Context) {
	for ctx.Err() == nil {
		t := time.NewTimer(e.ask(ctx))
		select {
		case <-ctx.Done():
		case <-t.C:
		case <-e.question:
		}
		t.Stop()
	}
}

// ask asks for the URLs that are due, and returns how long the next may wait.
func (e *Engine) ask(ctx context.Context) time.Duration {
	r, err := e.config.Pipeline.Ask(ctx, live.Options{Within: askRoundFor})
	switch {
	case ctx.Err() != nil:
		return 0
	case err != nil:
		e.config.Log.Error("URLs not asked for", "error", err)
		return askIdle
	}
	if r.Asked > 0 {
		e.config.Log.Info("asked for URLs that articles wait for", "asked", r.Asked, "live", r.Arrived)
	}
	if r.Arrived > 0 {
		e.arrived.Store(true)
		wake(e.work)
	}
	if r.Next.IsZero() {
		return askIdle
	}
	return min(max(r.Next.Sub(e.config.Now()), pollEvery), askWait)
}
