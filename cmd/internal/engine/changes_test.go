package engine

import (
	"fmt"
	"sync"
	"testing"
)

// What watchers see while the loop takes what they saw before is neither lost nor seen twice. The race detector sees whoever
// comes to it without the lock.
func TestChangesSeenWhileOthersAreTaken(t *testing.T) {
	e := New(Config{})
	const each = 500
	var watchers sync.WaitGroup
	for w := range 3 {
		watchers.Go(func() {
			for i := range each {
				e.addChanges(map[string]*pendingChanges{"articles": changedKey(fmt.Sprint(w, "-", i))})
				e.addChanges(map[string]*pendingChanges{fmt.Sprint("source ", i%7): changedAnywhere()})
			}
		})
	}
	ended := make(chan struct{})
	go func() { watchers.Wait(); close(ended) }()
	taken, anywhere := map[string]bool{}, false
	take := func() {
		seen := e.takeChanges("articles")
		if seen == nil {
			return
		}
		anywhere = anywhere || seen.anywhere
		for key := range seen.keys {
			if taken[key] {
				t.Errorf("%s was taken twice", key)
			}
			taken[key] = true
		}
	}
	for done := false; !done; {
		select {
		case <-ended:
			done = true
		default:
		}
		take()
	}
	if len(taken) != 3*each && !anywhere {
		t.Errorf("got %d changes, want %d", len(taken), 3*each)
	}
	if left := e.takeChanges("articles"); left != nil {
		t.Errorf("got %v, want what was taken forgotten", left)
	}
}
