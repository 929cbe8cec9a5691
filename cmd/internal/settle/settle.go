// Package settle keeps a scan from taking entries that somebody is still writing.
package settle

import (
	"context"
	"sync"
	"time"

	"herald/source"
)

const (
	waitFor   = 5 * time.Second // how long one Loading waits, all its entries together
	lookEvery = 20 * time.Millisecond
)

// Settled reports whether an entry of a source may be taken: nobody is writing it any more, or has for too long.
func Settled(s source.Source, key string) bool {
	settling, may := s.(source.Settling)
	return !may || settling.Settled(key)
}

// Loading loads the entries of one scan. It is safe for concurrent use.
type Loading struct {
	settling source.Settling // nil: every entry is whole
	passOver func() bool
	over     func() <-chan struct{} // closed once it has waited long enough
}

// NewLoading returns a Loading of a source. Entries that are still being written are passed over where passOver says so;
// otherwise they are waited for, and taken as they are after 5 s, all of them together.
func NewLoading(s source.Source, passOver func() bool) *Loading {
	l := &Loading{passOver: passOver, over: sync.OnceValue(func() <-chan struct{} {
		over := make(chan struct{})
		time.AfterFunc(waitFor, func() { close(over) })
		return over
	})}
	l.settling, _ = s.(source.Settling)
	return l
}

// Load calls load for an entry that nobody is writing before it and after it; where it was written meanwhile, again. It
// reports false where the entry is passed over. The error is load's.
func (l *Loading) Load(ctx context.Context, key string, load func() error) (taken bool, err error) {
	if l.settling == nil {
		return true, load()
	}
	for {
		whole := l.await(ctx, key)
		if !whole && l.passOver() {
			return false, nil
		}
		if err := load(); err != nil || !whole || l.settling.Settled(key) {
			l.settling.Taken(key)
			return true, err
		}
	}
}

// await waits until an entry is whole; false where it is not, and is waited for no more.
func (l *Loading) await(ctx context.Context, key string) bool {
	for !l.settling.Settled(key) {
		if l.passOver() {
			return false
		}
		select {
		case <-l.over():
			return false
		case <-ctx.Done():
			return false
		case <-time.After(lookEvery):
		}
	}
	return true
}
