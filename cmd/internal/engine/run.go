package engine

import (
	"context"
	"sync"
)

// Run scans every source, then does what is due until ctx ends. It returns when all that it
// started has ended.
func (e *Engine) Run(ctx context.Context) {
	loops := []func(context.Context){newLoop(e).run, e.runDeliveries, e.gather}
	if e.config.Ledger != nil {
		loops = append(loops, e.runRequests)
	}
	if e.config.Pipeline.Live != nil {
		loops = append(loops, e.runQuestions)
	}
	for _, s := range e.config.Sources {
		if w := newWatcher(e, s); w != nil {
			loops = append(loops, w.run)
		}
		if s.Calling != nil {
			loops = append(loops, func(ctx context.Context) { e.listen(ctx, s) })
		}
	}
	if w := newOutputWatcher(e); w != nil {
		loops = append(loops, w.run)
	}
	var all sync.WaitGroup
	for _, run := range loops {
		all.Go(func() { run(ctx) })
	}
	all.Wait()
}
