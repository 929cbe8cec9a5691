package feed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"herald/source/remote"
)

// refresh returns what the feed shows: as the server says now, or, where ask is not set, as it said a moment ago.
func (s *Source) refresh(ctx context.Context, ask bool) (fetched, error) {
	s.asking.Lock()
	defer s.asking.Unlock()
	now := s.config.Now()
	got, told, enough := s.enough(ctx, ask, now)
	if err := ctx.Err(); err != nil || enough {
		return got, err
	}
	if err := told.Err(now); err != nil {
		return got, fmt.Errorf("read %s: %w", s.config.URL, err)
	}
	r := remote.Request{URL: got.memory.Moved.Address(s.config.URL, now), Accept: accept, ETag: got.memory.ETag, Modified: got.memory.Modified}
	if !ask && !got.shown.whole() {
		r.ETag, r.Modified = "", ""
	}
	a, err := s.config.Fetch(ctx, r)
	if err == nil {
		told.Heard(a, now)
		if err = s.answered(ctx, &got, a, r); err != nil {
			err = fmt.Errorf("read %s: %w", s.config.URL, err)
		}
	}
	if err == nil {
		got.memory.Moved = got.memory.Moved.After(a, r.URL, s.config.URL, now)
		got.shown = got.shown.since(now)
		told.Keep(got.shown.stands, now)
	} else {
		got.memory.Moved = remote.Move{} // perhaps it is where it was
		told.Expire()
	}
	s.mu.Lock()
	s.known, s.patience = got, told
	s.mu.Unlock()
	return got, cmp.Or(ctx.Err(), err)
}

// enough returns what is known of the feed, and whether that will do: it was fetched a moment ago, where ask is not set, or the server said that it
// stands, to an earlier process perhaps.
func (s *Source) enough(ctx context.Context, ask bool, now time.Time) (fetched, remote.Patience, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ask && remote.IsWished(ctx) {
		s.patience.Forget()
	}
	got := s.known
	if !ask {
		age := now.Sub(got.shown.time())
		return got, s.patience, got.shown.whole() && (s.fetches || age >= 0 && age < loadWithin)
	}
	if !s.patience.Stands(ctx, now) {
		return got, s.patience, false
	}
	if got.same = true; got.shown == nil {
		got.shown = &shown{unlisted: true}
	}
	s.known = got
	return got, s.patience, true
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
		if got.same = true; got.shown == nil {
			got.shown = &shown{unlisted: true}
		}
		return nil
	case http.StatusGone:
		*got = fetched{shown: &shown{gone: true}, memory: memory{URL: s.config.URL}, notes: []string{"the feed is gone (410): its articles are removed"}}
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
	*known = fetched{shown: got, memory: m, notes: notes}
	return nil
}
