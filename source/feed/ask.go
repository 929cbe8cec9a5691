package feed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"herald/source/remote"
)

// refresh returns what the feed shows: as the server says now, or, where ask is not set, as it said a moment ago.
func (s *Source) refresh(ctx context.Context, ask bool) (fetched, error) {
	s.asking.Lock()
	defer s.asking.Unlock()
	s.mu.Lock()
	got, fetches := s.known, s.fetches
	s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return got, err
	}
	now := s.config.Now()
	age := now.Sub(got.shown.time())
	if !ask && got.shown.whole() && (fetches || age >= 0 && age < loadWithin) || ask && got.shown != nil && s.patience.Stands(ctx, now) {
		return got, nil
	}
	if err := s.patience.Err(now); err != nil {
		return got, fmt.Errorf("read %s: %w", s.config.URL, err)
	}
	r := remote.Request{URL: got.memory.Moved.Address(s.config.URL, now), Accept: accept, ETag: got.memory.ETag, Modified: got.memory.Modified}
	if !ask && !got.shown.whole() {
		r.ETag, r.Modified = "", ""
	}
	a, err := s.config.Fetch(ctx, r)
	if err == nil {
		s.patience.Heard(a, now)
		if err = s.answered(ctx, &got, a, r); err != nil {
			err = fmt.Errorf("read %s: %w", s.config.URL, err)
		}
	}
	if err == nil {
		got.memory.Moved = got.memory.Moved.After(a, r.URL, s.config.URL, now)
		got.shown = got.shown.since(now)
		s.patience.Keep(got.shown.stands, now)
	} else {
		got.memory.Moved = remote.Move{} // perhaps it is where it was
	}
	s.mu.Lock()
	s.known = got
	s.mu.Unlock()
	return got, cmp.Or(ctx.Err(), err)
}

// answered brings what is known up to an answer of the feed's server.
func (s *Source) answered(ctx context.Context, got *fetched, a *remote.Answer, r remote.Request) error {
	switch a.Status {
	case http.StatusOK:
		return s.take(ctx, got, a)
	case http.StatusNotModified:
		if r.ETag == "" && r.Modified == "" {
			return errors.New("answered 304 to a request without conditions")
		}
		if got.shown == nil {
			got.shown = &shown{unlisted: true}
		}
		return nil
	case http.StatusGone:
		*got = fetched{&shown{gone: true}, memory{URL: s.config.URL}, []string{"the feed is gone (410): its articles are removed"}}
		return nil
	}
	return remote.StatusError(a)
}

// take takes a whole document, and at first those of older entries behind it.
func (s *Source) take(ctx context.Context, known *fetched, a *remote.Answer) error {
	d, err := document(a)
	if err != nil {
		return err
	}
	got := &shown{entries: map[string]entry{}, deleted: map[string]bool{}, stands: d.TTL}
	for _, id := range d.Deleted {
		got.deleted[id] = true
	}
	got.add(d, a.URL)
	notes := []string{}
	if len(d.Items) == 0 {
		notes = append(notes, "the feed shows no entry")
	}
	m := memory{URL: s.config.URL, ETag: a.ETag, Modified: a.Modified, Archives: true, Moved: known.memory.Moved}
	if !known.memory.Archives && !s.config.Whole {
		if err := s.archives(ctx, got, d, a.URL); err != nil {
			return err
		}
	}
	for id := range got.deleted {
		delete(got.entries, id)
	}
	got.keys = make([]string, 0, len(got.entries))
	for key := range got.entries {
		got.keys = append(got.keys, key)
	}
	slices.Sort(got.keys)
	*known = fetched{got, m, notes}
	return nil
}
