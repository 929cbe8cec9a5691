package engine

import (
	"context"
	"herald/cmd/internal/outbox"
	"sync"
	"time"
)

const (
	maxDeliveryWait = 30 * time.Second // the longest wait between two deliveries; clocks may jump
	slowTarget      = time.Second      // a delivery that takes longer gets another one beside it
)

// runDeliveries sends notices when they are due, until ctx ends. A target that hangs keeps nobody
// else waiting: the others are told by deliveries beside the one that waits for it.
func (e *Engine) runDeliveries(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	for ctx.Err() == nil {
		next := make(chan time.Time, 1)
		running.Go(func() { next <- e.deliver(ctx) })
		wait := maxDeliveryWait
		select {
		case <-ctx.Done():
			return
		case at := <-next:
			if !at.IsZero() {
				wait = min(max(at.Sub(e.config.Now()), pollEvery), maxDeliveryWait)
			}
		case <-time.After(slowTarget):
			wait = slowTarget
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-t.C:
		case <-e.delivery:
		}
		t.Stop()
	}
}

// deliver sends what is due and returns when more will be; zero: nothing waits.
func (e *Engine) deliver(ctx context.Context) time.Time {
	r, err := e.config.Pipeline.Deliver(ctx, outbox.DeliverOptions{})
	switch {
	case ctx.Err() != nil:
		return time.Time{}
	case err != nil:
		e.config.Log.Error("notices not sent", "error", err)
		return time.Time{}
	}
	logDelivery(e.config.Log, r)
	return r.Next
}
