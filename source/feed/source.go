package feed

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/http"
	"slices"
	"sync"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/remote"
)

// readerVersion rises whenever an entry is read otherwise than before.
const readerVersion = 1

const (
	loadWithin  = 10 * time.Minute // how long Load takes what List has fetched
	maxArchives = 100              // documents of older entries that the first listing follows
)

// accept are the media types of feeds.
const accept = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5"

// Source is a feed of others. A feed is a window: what leaves it stays, unless Config.Whole. It keeps the entries that it
// fetched last in memory, and is safe for concurrent use.
type Source struct {
	config Config

	mu       sync.Mutex
	shown    *shown // fetched last; nil: nothing yet
	memory   memory // of what was fetched last, by this process or an earlier one
	patience remote.Patience
	notes    []string
}

// memory is what Memory returns, as JSON.
type memory struct {
	URL      string `json:"url"`
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	Archives bool   `json:"archives,omitempty"` // older entries were fetched

	Moved remote.Move `json:"moved,omitzero"`
}

var (
	_ source.Source      = (*Source)(nil)
	_ source.Stamped     = (*Source)(nil)
	_ source.Windowed    = (*Source)(nil)
	_ source.Noted       = (*Source)(nil)
	_ source.Remembering = (*Source)(nil)
)

// New returns the source of a feed; it asks nobody yet.
func New(c Config) *Source {
	if c.Now == nil {
		c.Now = time.Now
	}
	c.Reading.Path = "entry.html" // keys are no paths: nothing is read from them
	return &Source{config: c, memory: memory{URL: c.URL}}
}

// List asks the feed for its entries, by id, else by link. What the server says is unchanged is listed as it was, or not at
// all where an earlier process has seen it.
func (s *Source) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		got, err := s.refresh(ctx, true)
		if err != nil {
			yield(source.Entry{}, err)
			return
		}
		for _, key := range got.keys {
			if err := ctx.Err(); err != nil {
				yield(source.Entry{}, err)
				return
			}
			if !yield(source.Entry{Key: key, Fingerprint: got.entries[key].fingerprint}, nil) {
				return
			}
		}
	}
}

// Load reads one entry of the feed, as the last listing saw it, if that was a moment ago.
func (s *Source) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	got, err := s.refresh(ctx, false)
	if err != nil {
		return nil, err
	}
	e, found := got.entries[key]
	if !found {
		return nil, fmt.Errorf("read %s: entry %q: %w", s.config.URL, key, fs.ErrNotExist)
	}
	return e.article(s.config, key)
}

// Stays reports whether an entry that the last listing lacks stays: it only left the window.
func (s *Source) Stays(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.shown == nil || s.shown.unlisted:
		return true
	case s.shown.gone || s.shown.deleted[key]:
		return false
	}
	return !s.config.Whole
}

// Notes returns what was odd in the last listing.
func (s *Source) Notes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Concat(s.notes, s.memory.Moved.Notes())
}

// ReadAs returns a digest of the settings that decide how an entry is read.
func (s *Source) ReadAs() string {
	r := s.config.Reading
	zone := "UTC"
	if r.Zone != nil {
		zone = r.Zone.String()
	}
	return sum(fmt.Sprintf("%d %d %q %q %q %q %q %q", readerVersion, reader.DigestVersion, s.config.URL, zone, r.Dates, fmt.Sprintf("%+v", r.Defaults), r.Fields, r.Site))
}

// Recall takes what Memory returned after the last scan that was applied. anew: every entry is to be listed.
func (s *Source) Recall(kept string, anew bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var m memory
	if s.shown != nil && !s.shown.unlisted {
		return // what this process has fetched lists every entry
	}
	if s.shown = nil; json.Unmarshal([]byte(kept), &m) != nil || m.URL != s.config.URL {
		m = memory{URL: s.config.URL}
	}
	if anew {
		m.ETag, m.Modified = "", ""
	}
	s.memory = m
}

// Memory returns what the next process has to know to ask only for changes.
func (s *Source) Memory() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, err := json.Marshal(s.memory)
	if err != nil {
		return ""
	}
	return string(kept)
}

// refresh returns what the feed shows: as the server says now, or, where ask is not set, as it said a moment ago.
func (s *Source) refresh(ctx context.Context, ask bool) (*shown, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	age := now.Sub(s.now(s.shown))
	if !ask && s.shown != nil && !s.shown.unlisted && age >= 0 && age < loadWithin || ask && s.shown != nil && s.patience.Stands(ctx, now) {
		return s.shown, nil
	}
	if err := s.patience.Err(now); err != nil {
		return nil, fmt.Errorf("read %s: %w", s.config.URL, err)
	}
	r := remote.Request{URL: s.memory.Moved.Address(s.config.URL, now), Accept: accept, ETag: s.memory.ETag, Modified: s.memory.Modified}
	if !ask && (s.shown == nil || s.shown.unlisted) {
		r.ETag, r.Modified = "", ""
	}
	a, err := s.config.Fetch(ctx, r)
	if err == nil {
		s.patience.Heard(a, now)
		if err = s.answered(ctx, a, r); err != nil {
			err = fmt.Errorf("read %s: %w", s.config.URL, err)
		}
	}
	if err != nil {
		s.memory.Moved = remote.Move{} // perhaps it is where it was
		return nil, cmp.Or(ctx.Err(), err)
	}
	s.memory.Moved = s.memory.Moved.After(a, r.URL, s.config.URL, now)
	s.shown.at = now
	s.patience.Keep(s.shown.stands, now)
	return s.shown, nil
}

func (s *Source) now(got *shown) time.Time {
	if got == nil {
		return time.Time{}
	}
	return got.at
}

// answered takes an answer of the feed's server.
func (s *Source) answered(ctx context.Context, a *remote.Answer, r remote.Request) error {
	switch a.Status {
	case http.StatusOK:
		return s.take(ctx, a)
	case http.StatusNotModified:
		if r.ETag == "" && r.Modified == "" {
			return errors.New("answered 304 to a request without conditions")
		}
		if s.shown == nil {
			s.shown = &shown{unlisted: true}
		}
		return nil
	case http.StatusGone:
		s.shown = &shown{gone: true}
		s.memory = memory{URL: s.config.URL}
		s.notes = []string{"the feed is gone (410): its articles are removed"}
		return nil
	}
	return remote.StatusError(a)
}

// take takes a whole document, and at first those of older entries behind it.
func (s *Source) take(ctx context.Context, a *remote.Answer) error {
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
	m := memory{URL: s.config.URL, ETag: a.ETag, Modified: a.Modified, Archives: true, Moved: s.memory.Moved}
	if !s.memory.Archives && !s.config.Whole {
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
	s.shown, s.memory, s.notes = got, m, notes
	return nil
}
