package bucket

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"herald/source"
	"herald/source/remote"
	"herald/source/spool"
)

const (
	workers   = 8           // objects that are asked for at once
	batch     = time.Minute // how long a Fetch by schedule asks: what it has is applied before more is fetched
	large     = 4 << 20     // bytes of an object that is asked for while no other large one is
	maxDenied = 5           // objects that may be denied while none is read; then the credentials are at fault, not the objects
)

// bringing is the part of a Fetch that asks for objects.
type bringing struct {
	source *Source
	l      *listing
	began  time.Time
	big    sync.Mutex

	mu     sync.Mutex
	full   bool
	read   int
	denied int
}

// bring asks for the objects that are new or changed, until all are there or ctx ends. An error means that one of them could not be read, so
// that what the store holds is not known.
func (s *Source) bring(ctx context.Context, l *listing, seen iter.Seq2[string, string]) error {
	wanted := s.join(l, seen)
	s.tidy(l)
	if len(wanted) == 0 {
		return nil
	}
	b := &bringing{source: s, l: l, began: s.config.Now()}
	if err := s.helpers(ctx, l, wanted); err != nil {
		return err
	}
	err := each(ctx, wanted, b.one)
	s.spool.Pause()
	switch {
	case ctx.Err() == nil:
		return err
	case l.left == len(wanted):
		return context.Cause(ctx) // no step further
	}
	return nil
}

// each does something with all of some things, some at once, until that fails with one of them: what is under way comes to its
// end, for an answer that is on its way need not be asked for again, and the rest is done with a context that has ended.
func each[T any](ctx context.Context, all []T, do func(context.Context, T) error) error {
	group, failed := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for _, one := range all {
		group.Go(func() error {
			if failed.Err() != nil {
				return do(failed, one)
			}
			return do(ctx, one)
		})
	}
	return group.Wait()
}

// join finds out which objects are as they were applied, and returns those that are to be asked for.
func (s *Source) join(l *listing, seen iter.Seq2[string, string]) (wanted []*entry) {
	next, stop := iter.Pull2(seen)
	defer stop()
	key, print, more := next()
	for i := range l.entries {
		e := &l.entries[i]
		for more && key < e.key {
			key, print, more = next()
		}
		if more && key == e.key {
			e.was = print
		}
		switch now := s.fingerprint(l, e.object); {
		case now != "" && now == e.was:
			e.ready = true
			s.forget(e.key)
		case s.holds(e.object):
			e.ready = true
		default:
			wanted = append(wanted, e)
		}
	}
	return wanted
}

// one asks for an object, unless the Fetch is over: then it is left as it was. An error means that nothing is known of it.
func (b *bringing) one(ctx context.Context, e *entry) error {
	if b.over(ctx) {
		b.leave(false)
		return nil
	}
	if e.size > large {
		b.big.Lock()
		defer b.big.Unlock()
	}
	body, now, err := b.source.body(ctx, e.object)
	var refusal *source.ArticleError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.lost = true
		return nil
	case err != nil && !errors.As(err, &refusal):
		b.leave(false)
		return err
	case refusal != nil && errors.As(refusal.Err, new(fault)):
		now.print = print{} // what the store says of an object may change though the object does not
	}
	err = b.source.keep(now, body, refusal)
	if errors.Is(err, spool.ErrFull) {
		b.leave(true)
		return nil
	}
	if err != nil {
		return err
	}
	e.object, e.ready = now, true
	return b.count(refusal)
}

// leave notes that an entry was not read; full: for want of room.
func (b *bringing) leave(full bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.l.left++
	b.full = b.full || full
}

// count notes what became of an entry. An error says that nothing but denials came so far, and too many: the credentials are at fault.
func (b *bringing) count(refusal *source.ArticleError) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	var f fault
	if refusal == nil {
		b.read++
	} else if errors.As(refusal.Err, &f) && f.about == aboutDenied {
		b.denied++
	}
	if b.denied >= maxDenied && b.read == 0 {
		return refusal.Err
	}
	return nil
}

// over reports whether the Fetch has to end.
func (b *bringing) over(ctx context.Context) bool {
	b.mu.Lock()
	full := b.full
	b.mu.Unlock()
	return full || ctx.Err() != nil || remote.IsScheduled(ctx) && b.source.config.Now().Sub(b.began) >= batch
}

// body returns the bytes of an object, and what it is listed as by then.
func (s *Source) body(ctx context.Context, o object) ([]byte, object, error) {
	if !utf8.ValidString(o.key) {
		return nil, o, s.store.refusal(o.key, errNotUTF8)
	}
	return s.store.read(ctx, o)
}

var errNotUTF8 = errors.New("the key is not UTF-8: rename it")
