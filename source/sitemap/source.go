package sitemap

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/remote"
	"herald/source/spool"
	"herald/source/text"
	"herald/source/weburl"
)

// readerVersion rises whenever a page is read otherwise than before.
const readerVersion = 1

// Source is the pages of a sitemap. The key of an entry is its URL. It is safe for concurrent use.
type Source struct {
	config Config
	root   string // the sitemap's URL in normal form
	hosts  hosts

	done, total atomic.Int64 // pages of the Fetch under way

	asking sync.Mutex // one Fetch at a time; it has what follows
	files  map[string]*file
	failed map[string]failure

	mu      sync.Mutex
	found   *listing // by the last Fetch that found one
	err     error    // what kept the last Fetch from it
	fetches bool     // there was a Fetch: List does not ask
	listed  *listing // what the listing that was begun last holds
	pages   map[string]*kept
	spool   *spool.Spool // holds the pages
	checked time.Time    // see listing
	moved   remote.Move
	told    remote.Patience // what an earlier process was told of the sitemaps
}

// memory is what Memory returns, as JSON.
type memory struct {
	URL     string      `json:"url"`
	Checked int64       `json:"checked,omitempty"` // Unix seconds
	Moved   remote.Move `json:"moved,omitzero"`
}

var (
	_ source.Source      = (*Source)(nil)
	_ source.Stamped     = (*Source)(nil)
	_ source.Windowed    = (*Source)(nil)
	_ source.Noted       = (*Source)(nil)
	_ source.Fetching    = (*Source)(nil)
	_ source.Unfinished  = (*Source)(nil)
	_ source.Remembering = (*Source)(nil)
	_ source.Counting    = (*Source)(nil)
	_ source.Explainer   = (*Source)(nil)
	_ source.Incremental = (*Source)(nil)
	_ remote.Patient     = (*Source)(nil)
)

// New returns the source of a sitemap; it asks nobody yet.
func New(c Config) *Source {
	s := &Source{config: c.filled(), root: c.URL, failed: map[string]failure{}, pages: map[string]*kept{}, spool: new(spool.Spool)}
	if url, err := weburl.Normal(c.URL); err == nil {
		s.root = url
	}
	s.config.URL = s.root
	s.hosts = hosts{config: &s.config, all: map[string]*host{}}
	return s
}

// Fetch reads the sitemaps, and fetches the pages that are new or changed, and again some of the others, until ctx ends.
func (s *Source) Fetch(ctx context.Context, seen iter.Seq2[string, string]) {
	s.asking.Lock()
	defer s.asking.Unlock()
	s.done.Store(0)
	s.total.Store(0)
	if remote.IsWished(ctx) {
		s.hosts.forget()
	}
	l, err := s.goesOn(ctx), error(nil)
	if l == nil {
		l = s.stands(ctx)
	}
	if l == nil {
		l, err = s.walk(ctx)
	}
	if err == nil && !l.same {
		s.crawl(ctx, l, seen)
		s.spool.Pause()
	} else if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err, s.fetches = cmp.Or(err, s.err), true; err == nil {
		s.found, s.err, s.checked = l, nil, l.checked
	}
}

// Fetched returns how many of the pages that the Fetch under way asks for it has done with; of 0 while it reads the sitemaps.
func (s *Source) Fetched() (done, total int64) { return s.done.Load(), s.total.Load() }

// goesOn returns the listing that a Fetch goes on with, which comes by schedule and soon after one that did not get to its end; nil: the sitemaps
// are read anew.
func (s *Source) goesOn(ctx context.Context) *listing {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.found
	if l == nil || l.left == 0 || s.err != nil || !remote.IsScheduled(ctx) {
		return nil
	}
	if age := s.config.Now().Sub(l.walked); age < 0 || age >= walkCounts {
		return nil
	}
	return l.afresh()
}

// List yields the pages that are known as they are, as the last Fetch left them; before any Fetch all that the sitemaps list.
func (s *Source) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		l, all, err := s.listing(ctx)
		if err != nil {
			yield(source.Entry{}, err)
			return
		}
		for _, it := range l.items {
			if err := ctx.Err(); err != nil {
				yield(source.Entry{}, err)
				return
			}
			if (all || it.print != "") && !yield(source.Entry{Key: it.url, Fingerprint: it.print}, nil) {
				return
			}
		}
	}
}

// listing returns what List lists; all: also what was not fetched.
func (s *Source) listing(ctx context.Context) (l *listing, all bool, err error) {
	s.mu.Lock()
	l, err, fetches := s.found, s.err, s.fetches
	s.mu.Unlock()
	if !fetches {
		l, err = s.sitemaps(ctx)
	}
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return nil, false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listed = l
	return l, !fetches, nil
}

// sitemaps reads the sitemaps, for who asks before any Fetch.
func (s *Source) sitemaps(ctx context.Context) (*listing, error) {
	s.asking.Lock()
	defer s.asking.Unlock()
	l, err := s.walk(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found == nil {
		s.found = l
	}
	return l, nil
}

// Load reads a page as it was fetched last, and fetches one that was not, or that is no longer kept.
func (s *Source) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	k, isKept := s.pages[key]
	pool, it := s.spool, s.found.find(key)
	s.mu.Unlock()
	mod := ""
	if it != nil {
		mod = it.mod
	}
	switch {
	case !isKept:
		return s.bring(ctx, key, mod)
	case k.other != nil:
		return s.article(key, mod, k.other)
	}
	body, err := pool.Read(k.place)
	if err != nil {
		return nil, err
	}
	return s.article(key, mod, &page{body: body})
}

// bring fetches one page, and reads it.
func (s *Source) bring(ctx context.Context, key, mod string) (*source.Article, error) {
	at, err := weburl.Normal(key)
	if err != nil || at != key {
		return nil, fmt.Errorf("read %s: no URL: %w", key, fs.ErrNotExist)
	}
	h := s.hosts.of(at)
	rules, err := h.permission(ctx)
	if err != nil {
		return nil, err
	}
	if allowed, why := rules.Allowed(pathOf(at)); !allowed {
		return nil, &source.ArticleError{Place: at, Reason: "robots.txt closes the page to us: " + why}
	}
	p, err := s.ask(ctx, h, at, mod, "")
	if err != nil {
		return nil, err
	}
	if p.print == mod+" -404" || p.print == mod+" -410" {
		return nil, fmt.Errorf("read %s: %s: %w", at, p.why, fs.ErrNotExist)
	}
	return s.article(at, mod, p)
}

// WhyNot asks for the page.
func (s *Source) WhyNot(ctx context.Context, key string) (why string, found bool) {
	at, err := weburl.Normal(key)
	if err != nil {
		return "", false
	}
	l, err := s.sitemaps(ctx)
	it := l.find(at)
	if err != nil || it == nil {
		return "", false
	}
	_, err = s.bring(ctx, at, it.mod)
	if skip := new(reader.SkipError); errors.As(err, &skip) {
		return skip.Why, true
	}
	if err != nil {
		return err.Error(), true
	}
	return "", true
}

// Stays reports whether a page that the last listing lacks stays: it is still in the sitemap.
func (s *Source) Stays(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed.find(key) != nil || s.listed != nil && s.listed.same
}

// Changes reports whether the last listing is of no page, since all are as they were: see source.Incremental.
func (s *Source) Changes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed != nil && s.listed.same
}

// Left says how many pages are read, where not all could be asked for.
func (s *Source) Left() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listed == nil || s.listed.left == 0 {
		return ""
	}
	read := 0
	for _, it := range s.listed.items {
		if it.print != "" {
			read++
		}
	}
	return fmt.Sprintf("%s of %s read", text.Number(read), counted(len(s.listed.items), "page", "pages"))
}

// Notes returns what was odd in the last listing.
func (s *Source) Notes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listed == nil {
		return nil
	}
	return slices.Clone(s.listed.notes)
}

// ReadAs returns a digest of the settings that decide how a page is read.
func (s *Source) ReadAs() string { return s.config.Reading.ReadAs(readerVersion) }

// Recall takes what Memory returned after the last scan that was applied.
func (s *Source) Recall(kept string, anew bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if anew {
		s.told.Expire()
	}
	var m memory
	if json.Unmarshal([]byte(kept), &m) != nil || m.URL != s.root {
		return
	}
	if s.found != nil {
		return // this process knows better
	}
	if s.moved = m.Moved; m.Checked > 0 {
		s.checked = time.Unix(m.Checked, 0)
	}
}

// Memory returns what the next process has to know.
func (s *Source) Memory() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := memory{URL: s.root}
	if l := s.listed; l != nil {
		m.Moved = l.moved
		if !l.checked.IsZero() {
			m.Checked = l.checked.Unix()
		}
	}
	kept, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(kept)
}
