package feed

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"iter"
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

	asking sync.Mutex // one question at a time

	mu       sync.Mutex
	patience remote.Patience
	known    fetched // last, by this process or an earlier one
	err      error   // what kept the last Fetch from it
	fetches  bool    // there was a Fetch: List does not ask
	listed   fetched // what the listing that was begun last holds
}

// fetched is what is known of a feed.
type fetched struct {
	shown  *shown // nil: nothing yet
	memory memory
	notes  []string
	same   bool // as the answer before it showed
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
	_ source.Fetching    = (*Source)(nil)
	_ source.Remembering = (*Source)(nil)
	_ source.Incremental = (*Source)(nil)
	_ remote.Patient     = (*Source)(nil)
)

// New returns the source of a feed; it asks nobody yet.
func New(c Config) *Source {
	if c.Now == nil {
		c.Now = time.Now
	}
	c.Reading.Path = "entry.html" // keys are no paths: nothing is read from them
	return &Source{config: c, known: fetched{memory: memory{URL: c.URL}}}
}

// List yields the entries of the feed, by id, else by link. What the server says is unchanged is listed as it was, or not at
// all where an earlier process has seen it.
func (s *Source) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		got, err := s.listing(ctx)
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

// listing returns what List lists: what the last Fetch brought, else what the server says now.
func (s *Source) listing(ctx context.Context) (*shown, error) {
	s.mu.Lock()
	got, err, fetches := s.known, s.err, s.fetches
	s.mu.Unlock()
	if err == nil && (!fetches || got.shown == nil) {
		got, err = s.refresh(ctx, true)
	}
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.listed = got
	s.mu.Unlock()
	return got.shown, nil
}

// Fetch asks the feed.
func (s *Source) Fetch(ctx context.Context, _ iter.Seq2[string, string]) {
	_, err := s.refresh(ctx, true)
	s.mu.Lock()
	s.err, s.fetches = err, true
	s.mu.Unlock()
}

// Load reads one entry of the feed, as it was fetched last.
func (s *Source) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	got, err := s.refresh(ctx, false)
	if err != nil {
		return nil, err
	}
	e, found := got.shown.entries[key]
	if !found {
		return nil, fmt.Errorf("read %s: entry %q: %w", s.config.URL, key, fs.ErrNotExist)
	}
	return e.article(s.config, key)
}

// Stays reports whether an entry that the last listing lacks stays: it only left the window.
func (s *Source) Stays(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch shown := s.listed.shown; {
	case !shown.whole():
		return true
	case shown.gone || shown.deleted[key]:
		return false
	}
	return !s.config.Whole
}

// Changes reports whether the last listing shows what one before it showed: see source.Incremental.
func (s *Source) Changes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed.same
}

// Notes returns what was odd in the last listing.
func (s *Source) Notes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Concat(s.listed.notes, s.listed.memory.Moved.Notes())
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
	if s.known.shown.whole() || s.known.shown != nil && s.fetches && !anew {
		return // what this process has fetched lists all that there is to list
	}
	var m memory
	if json.Unmarshal([]byte(kept), &m) != nil || m.URL != s.config.URL {
		m = memory{URL: s.config.URL}
	}
	if anew {
		m.ETag, m.Modified = "", ""
		s.patience.Expire()
	}
	s.known = fetched{memory: m}
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

// Heed takes what the feed's server said in an earlier process: see remote.Patient.
func (s *Source) Heed(said remote.Said) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.patience.Heed(said, s.config.URL)
}

// Said returns what the feed's server said last.
func (s *Source) Said() remote.Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.patience.Said(s.config.URL)
}
