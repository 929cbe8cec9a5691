package json

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"time"

	"herald/source/remote"
)

const (
	fullEvery  = 24 * time.Hour   // between full listings where Config.Full says nothing
	restWithin = time.Hour        // after its beginning a full listing that broke off goes on
	maxStays   = 20               // items that are asked for one by one, for a listing lacks them
	stayWithin = 10 * time.Second // for each of them
)

// refresh returns what the origin holds: as it says now, or, where ask is not set, as it said a moment ago.
func (s *Source) refresh(ctx context.Context, ask bool) (known, error) {
	if err := turn(ctx, s.asking); err != nil {
		return known{}, err
	}
	defer func() { s.asking <- struct{}{} }()
	now := s.config.Now()
	had, anew, enough := s.enough(ctx, ask, now)
	if enough {
		return had, nil
	}
	whole := had.listing != nil && had.listing.complete
	w := s.walk(had, whole || ask && !anew, whole || !anew, now)
	var heard, gone []string
	if w.pages == 0 { // else the pages of a listing that broke off may be older than what was heard since
		heard = s.takeHeard()
	}
	err := w.run(ctx)
	if err == nil {
		gone, heard = s.gone(ctx, w, heard)
	}
	if s.rest = nil; w.resumable && w.since == "" && s.dialect.changed != nil {
		s.rest = w
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(heard, s.heard...)
	if err != nil {
		s.known.memory.Moved = remote.Move{} // perhaps it is where it was
		s.told.Expire()
		return known{}, cmp.Or(ctx.Err(), err)
	}
	s.known = w.found(had)
	s.known.listing = s.known.listing.without(gone)
	return s.known, nil
}

// enough returns what is known of the origin, whether everything is to be listed anew, and whether what is known will do: it was fetched a moment
// ago, where ask is not set, or the server said that it stands, to an earlier process perhaps.
func (s *Source) enough(ctx context.Context, ask bool, now time.Time) (had known, anew, enough bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ask && remote.IsWished(ctx) {
		s.told.Forget()
	}
	had = s.known
	l := had.listing
	whole := l != nil && l.complete
	if !ask {
		return had, s.anew, whole && (s.fetches || l.recent(now))
	}
	if s.anew && !whole || !s.told.Stands(ctx, now) {
		return had, s.anew, false
	}
	if had.same = true; l == nil {
		had.listing = &listing{at: now, lacking: &lacking{stands: map[string]bool{}}}
	}
	s.known = had
	return had, s.anew, true
}

// walk returns the listing to be made: of changes alone where that will do, and the rest of one of everything that broke off lately.
// unchanged says whether the server may answer that nothing has changed.
func (s *Source) walk(had known, unchanged, changes bool, now time.Time) *walk {
	if s.dialect.changed != nil && changes && !s.due(had.memory, now) {
		return s.newWalk(had.memory, had.memory.Cursor)
	}
	if w := s.rest; w != nil && now.Sub(w.began) >= 0 && now.Sub(w.began) < restWithin {
		return w
	}
	w := s.newWalk(had.memory, "")
	if unchanged {
		w.conditions(had.listing, had.memory)
	}
	return w
}

// due reports whether everything is to be listed.
func (s *Source) due(m memory, now time.Time) bool {
	last := time.UnixMilli(m.Full)
	if m.Full == 0 || m.Cursor == "" || last.After(now) {
		return true
	}
	if s.config.Full == nil {
		return now.Sub(last) >= fullEvery
	}
	next := s.config.Full(last)
	return !next.IsZero() && !next.After(now)
}

func (s *Source) newWalk(m memory, since string) *walk {
	return (&walk{dialect: s.dialect, ask: s.ask, now: s.config.Now, since: since, asks: m.Moved}).begin()
}

// Changes reports whether the last listing is of what has changed alone, or of nothing that has: see source.Incremental.
func (s *Source) Changes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed.same
}

// Stays reports whether an item that the last listing lacks is there all the same: between full listings, everything is but what the system named
// as changed (Hear) and has no more, asked for alone. A full listing
// that the server itself contradicts, asked for the item alone, counts for nothing: an item moves from a page to one that was read
// already when another is removed meanwhile.
func (s *Source) Stays(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.listed.listing
	if l == nil {
		return true
	}
	if stands, asked := l.lacking.stands[key]; asked {
		return stands
	}
	if !l.complete {
		return true
	}
	if s.dialect.one == nil || l.lacking.silent || len(l.lacking.stands) >= maxStays {
		return l.unsure
	}
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), stayWithin)
	_, err := s.one(ctx, key)
	cancel()
	s.mu.Lock()
	gone := errors.Is(err, fs.ErrNotExist)
	l.lacking.silent = err != nil && !gone
	l.lacking.stands[key] = err == nil || l.unsure && !gone
	return l.lacking.stands[key]
}
