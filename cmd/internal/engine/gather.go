package engine

import (
	"context"
	"time"
)

// Changes are gathered for a moment before a source is looked at. A change of one file is complete soon;
// any other may be half of a move, perhaps to another source, whose other half is to be seen by the same pass.
const (
	gatherEdits = 20 * time.Millisecond
	gatherMoves = 100 * time.Millisecond
)

// gather hands what watchers see to the loop, a moment's changes of all sources together, until ctx ends.
func (e *Engine) gather(ctx context.Context) {
	gathered := map[string]*pendingChanges{}
	wait := time.Duration(0) // of the timer; 0: it does not run
	timer := time.NewTimer(gatherMoves)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case seen := <-e.seen:
			if gathered[seen.source] == nil {
				gathered[seen.source] = &pendingChanges{}
			}
			gathered[seen.source].add(seen.changes)
			longer := gatherEdits
			if seen.changes.anywhere {
				longer = gatherMoves
			}
			if longer > wait {
				wait = longer
				timer.Reset(wait)
			}
		case <-timer.C:
			e.addChanges(gathered)
			clear(gathered)
			wait = 0
		}
	}
}
