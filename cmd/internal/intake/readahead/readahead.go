// Package readahead reads a sequence in a goroutine of its own, so that what it costs to read and what is done with it overlap.
package readahead

import (
	"iter"
	"sync"
)

// batch is how many values go from one goroutine to the other together.
const batch = 500

// Pull is iter.Pull2 with the reading in a goroutine of its own, which stop ends and waits for. An error is the last of a sequence;
// next returns it with more true. It is used by one goroutine.
func Pull[T any](seq iter.Seq2[T, error]) (next func() (T, error, bool), stop func()) {
	type page struct {
		values []T
		err    error
	}
	pages, done := make(chan page, 4), make(chan struct{})
	go func() {
		defer close(pages)
		send := func(p page) bool {
			select {
			case pages <- p:
				return true
			case <-done:
				return false
			}
		}
		var values []T
		for v, err := range seq {
			if err != nil {
				send(page{values, err})
				return
			}
			if values = append(values, v); len(values) == batch {
				if !send(page{values, nil}) {
					return
				}
				values = make([]T, 0, batch)
			}
		}
		send(page{values, nil})
	}()
	var current page
	next = func() (v T, err error, more bool) {
		for len(current.values) == 0 {
			if current.err != nil {
				return v, current.err, true
			}
			if current, more = <-pages; !more {
				return v, nil, false
			}
		}
		v, current.values = current.values[0], current.values[1:]
		return v, nil, true
	}
	stop = sync.OnceFunc(func() {
		close(done)
		for range pages {
		}
	})
	return next, stop
}
