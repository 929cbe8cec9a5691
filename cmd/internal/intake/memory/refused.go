package memory

import (
	"context"
	"iter"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// Refused picks, of the entries of a source.Incremental that stand refused, those that a scan looks at although nothing of them seems to have
// changed. It is asked in the order of keys.
type Refused struct {
	listing source.Incremental // nil: the source is none
	next    func() (string, error, bool)
	stop    func()
	key     string
	more    bool
	err     error
}

// Refused begins with the first. Stop is to be called.
func (o Of) Refused(ctx context.Context, l *ledger.Ledger) *Refused {
	r := &Refused{stop: func() {}}
	if r.listing, _ = o.Source.(source.Incremental); r.listing == nil {
		return r
	}
	r.next, r.stop = iter.Pull2(l.RefusedKeys(ctx, o.Name))
	r.key, r.err, r.more = r.next()
	return r
}

// Stop ends the asking.
func (r *Refused) Stop() { r.stop() }

// Err returns what kept it from its end.
func (r *Refused) Err() error { return r.err }

// Again reports whether an entry that is listed as it was is looked at again: a cursor need not move where what refuses the entry is mended, so each
// listing of everything shows.
func (r *Refused) Again(key string) bool { return r.has(key) && !r.listing.Changes() }

// Alone reports whether an entry that is there still, and not listed, is asked for alone: what refuses it may lie outside it. What is refused for
// its own faults waits until it changes, or everything is listed.
func (r *Refused) Alone(seen ledger.Seen) bool {
	return seen.Fingerprint == "" && r.has(seen.Key) && r.listing.Changes()
}

func (r *Refused) has(key string) bool {
	for r.err == nil && r.more && r.key < key {
		r.key, r.err, r.more = r.next()
	}
	return r.err == nil && r.more && r.key == key
}
