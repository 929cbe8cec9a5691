// Package json reads articles from the JSON that a content system answers with: a list of objects, perhaps over many pages. Two systems
// it knows by themselves: WordPress (REST v2) and Ghost (Content API).
//
// A listing asks for each page once. What is kept of an item in memory is its key, a digest and its place; the items wait, compressed,
// in a file without a name until they are loaded.
package json

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"herald/source"
	"herald/source/remote"
	"herald/source/weburl"
)

// readerVersion rises whenever an item is read otherwise than before.
const readerVersion = 3

// Source is a list of items in JSON. It is safe for concurrent use, and asks one thing at a time.
type Source struct {
	config  Config
	dialect dialect
	asking  chan struct{} // holds one token: one listing at a time
	single  chan struct{} // holds one token: one question for an item at a time
	rest    *walk         // a listing that broke off and may go on; for who has the token of asking

	mu      sync.Mutex
	told    remote.Patience
	known   known    // last, by this process or an earlier one
	err     error    // what kept the last Fetch from it
	fetches bool     // there was a Fetch: List does not ask
	waiting bool     // what was fetched is not listed yet
	anew    bool     // every item is to be listed
	listed  known    // what the listing that was begun last holds
	heard   []string // keys of items that the system named since the last listing: see Hear
}

var (
	_ source.Source      = (*Source)(nil)
	_ source.Stamped     = (*Source)(nil)
	_ source.Windowed    = (*Source)(nil)
	_ source.Noted       = (*Source)(nil)
	_ source.Fetching    = (*Source)(nil)
	_ source.Remembering = (*Source)(nil)
	_ source.Explainer   = (*Source)(nil)
	_ source.Placed      = (*Source)(nil)
	_ source.Hearing     = (*Source)(nil)
	_ source.Incremental = (*Source)(nil)
	_ remote.Patient     = (*Source)(nil)
)

// New checks c; it asks nobody yet.
func New(c Config) (*Source, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" {
		return nil, errors.New("url: must be an absolute http or https URL")
	}
	if _, err := c.from(); err != nil {
		return nil, err
	}
	if _, err := weburl.Normal(c.Reading.Media); err != nil && c.Reading.Media != "" {
		return nil, errors.New("media: must be an absolute http or https URL, such as https://cms.example.com")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Wait == nil {
		c.Wait = wait
	}
	s := &Source{config: c, asking: make(chan struct{}, 1), single: make(chan struct{}, 1)}
	switch c.Preset {
	case "":
		s.dialect = generic(c, u)
	case WordPress:
		s.dialect = wordPress(u)
	case Ghost:
		s.dialect = ghost(u)
	default:
		return nil, fmt.Errorf("preset %s is for files; of systems that answer in JSON %s and %s are known", c.Preset, WordPress, Ghost)
	}
	s.known.memory.Of = s.of()
	s.asking <- struct{}{}
	s.single <- struct{}{}
	return s, nil
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// of names what is listed: what was remembered of another list says nothing of this one.
func (s *Source) of() string {
	c := s.config
	return sum(fmt.Sprintf("%q %q %q %q %q %q", c.Preset, c.URL, c.Items, c.Next, c.Page, c.From))
}

// ReadAs returns a digest of the settings that decide how an item is read.
func (s *Source) ReadAs() string {
	return sum(fmt.Sprintf("%s %s %s", s.config.Reading.ReadAs(readerVersion), s.config.Preset, s.dialect.name))
}

// List returns the items in ascending byte order of their keys: their ids, else addresses, else slugs. An item without one, or with that of
// another in its page, bears its number as key and is refused. A page that cannot be read whole is an error: what it holds is unknown,
// not gone.
//
// Under a preset, while the last full listing is recent, it asks for what has changed since: see Stays.
func (s *Source) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		l, err := s.listing(ctx)
		if err != nil {
			yield(source.Entry{}, err)
			return
		}
		for i := range l.rows {
			if err := ctx.Err(); err != nil {
				yield(source.Entry{}, err)
				return
			}
			if !yield(source.Entry{Key: l.rows[i].key, Fingerprint: l.rows[i].fingerprint()}, nil) {
				return
			}
		}
	}
}

// listing returns what List lists: what the last Fetch brought, else what the server says now.
func (s *Source) listing(ctx context.Context) (*listing, error) {
	s.mu.Lock()
	got, err, asks := s.known, s.err, !s.fetches
	s.waiting = false
	s.mu.Unlock()
	if err == nil && (asks || got.listing == nil) {
		got, err = s.refresh(ctx, true)
	}
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listed = got
	return got.listing, nil
}

// Fetch asks for what List lists then: see source.Fetching.
func (s *Source) Fetch(ctx context.Context, _ iter.Seq2[string, string]) {
	_, err := s.refresh(ctx, true)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err, s.fetches, s.waiting = err, true, true
}

// Notes returns what was odd in the last listing.
func (s *Source) Notes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	moved := s.listed.memory.Moved
	if s.config.Preset != "" || s.config.Page != "" {
		moved.To, _, _ = strings.Cut(moved.To, "?") // the query is ours
	}
	return slices.Concat(s.listed.notes, moved.Notes())
}

// Recall takes what Memory returned after the last scan that was applied. What this process has listed whole goes before it, and what it
// has just fetched to be listed.
func (s *Source) Recall(kept string, anew bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.anew = anew; anew {
		s.told.Expire()
	}
	var m memory
	if of := s.of(); json.Unmarshal([]byte(kept), &m) != nil || m.Of != of {
		m = memory{Of: of}
	}
	if l := s.known.listing; l != nil && (l.complete || !anew && (s.waiting || m == s.known.memory)) {
		return
	}
	s.known = known{memory: m}
}

// Memory returns what the next process has to know to ask only for changes.
func (s *Source) Memory() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, err := json.Marshal(s.listed.memory)
	if err != nil {
		return ""
	}
	return string(kept)
}

// Heed takes what the server said in an earlier process: see remote.Patient.
func (s *Source) Heed(said remote.Said) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told.Heed(said, s.config.URL)
}

// Said returns what the server said last.
func (s *Source) Said() remote.Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.told.Said(s.config.URL)
}
