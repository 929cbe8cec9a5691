package engine

import (
	"context"
	"time"
)

const (
	listenRetry   = 5 * time.Second // after an origin could not be heard; doubled each time
	listenLongest = 5 * time.Minute
)

// listen has a source scanned whenever its origin says that something may have changed, until ctx ends. What is not heard the schedule sees.
func (e *Engine) listen(ctx context.Context, s Source) {
	for wait := listenRetry; ; wait = min(2*wait, listenLongest) {
		err := s.Calling.Listen(ctx, func() {
			wait = listenRetry
			select {
			case e.seen <- seenChanges{s.Name, changedAnywhere()}:
			case <-ctx.Done():
			}
		})
		if err == nil || ctx.Err() != nil {
			return
		}
		e.config.Log.Warn("the source cannot be heard; changes are seen by schedule", "source", s.Name, "error", err, "again", wait)
		if !sleep(ctx, wait) {
			return
		}
	}
}
