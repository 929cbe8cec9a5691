// Package bucket is the source kind that reads the files of an object store, S3 and what speaks as it does or Azure Blob Storage, as package
// files reads those of a folder: an object's key below the prefix is the path of a file.
//
// A Fetch lists all of the prefix and brings the objects that are new or changed, some at a time; what it brought waits in a spool until it is
// applied.
package bucket

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/remote"
	"herald/source/selection"
	"herald/source/spool"
	"herald/source/text"
)

// readerVersion rises whenever an object is read otherwise than before.
const readerVersion = 2

// Config says which objects are articles and how they are read.
type Config struct {
	URL         string // s3://BUCKET/PREFIX?PARAMETERS, gs://… or azblob://CONTAINER/PREFIX?PARAMETERS: see the README
	Credentials Credentials
	Include     []string // doublestar patterns of keys below the prefix; nil: Markdown, HTML and text
	Exclude     []string // likewise; a pattern that matches a folder excludes all in it
	Reading     reader.Reading
	Fetch       remote.Fetch // of what lies in the bucket

	Now  func() time.Time                                 // nil: time.Now
	Wait func(ctx context.Context, d time.Duration) error // nil: waits, and returns the cause where ctx ends first
}

// Source is the files of an object store. It is safe for concurrent use.
type Source struct {
	config    Config
	selection *selection.Selection
	store     *store
	asking    sync.Mutex // one Fetch at a time
	big       sync.Mutex // held while a long object is parsed: one may need 100 MB, and one at a time does
	cache     cache

	mu      sync.Mutex
	found   *listing // by the last Fetch that found one
	err     error    // what kept the last Fetch from it
	fetches bool     // there was a Fetch: List does not ask
	listed  *listing // what the listing that was begun last holds
	kept    map[string]*kept
	spool   *spool.Spool // holds the bodies of what is kept
}

var (
	_ source.Source      = (*Source)(nil)
	_ source.Stamped     = (*Source)(nil)
	_ source.Windowed    = (*Source)(nil)
	_ source.Noted       = (*Source)(nil)
	_ source.Fetching    = (*Source)(nil)
	_ source.Unfinished  = (*Source)(nil)
	_ source.Explainer   = (*Source)(nil)
	_ source.Overlooking = (*Source)(nil)
	_ source.Placed      = (*Source)(nil)
	_ source.Filed       = (*Source)(nil)
)

// New returns the source of the files in a bucket; it asks nobody yet.
func New(c Config) (*Source, error) {
	if slices.Contains(c.Reading.Dates, source.DatedByGit) {
		return nil, fmt.Errorf("dates: git: no commit dates the objects of a store; leave it out")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	at, speaking, err := parseAddress(c.URL, c.Credentials, c.Now)
	if err != nil {
		return nil, err
	}
	chosen, err := selection.New(c.Include, c.Exclude)
	if err != nil {
		return nil, err
	}
	if c.Wait == nil {
		c.Wait = wait
	}
	return &Source{
		config: c, selection: chosen, kept: map[string]*kept{}, spool: new(spool.Spool),
		store: &store{address: at, dialect: speaking, fetch: c.Fetch, wait: c.Wait, now: c.Now},
	}, nil
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}

// ReadAs returns a digest of the settings that decide how an object is read: see source.Stamped.
func (s *Source) ReadAs() string { return s.config.Reading.ReadAs(readerVersion) }

// Folder returns the prefix as if it were a folder, so that links between files are found: see source.Filed.
func (s *Source) Folder() source.Folder {
	root := "/" + strings.Replace(s.store.address.place(), "://", ":/", 1)
	return source.Folder{Root: root, Key: func(at string) (string, bool) {
		return strings.CutPrefix(path.Clean(at), root+"/")
	}}
}

// Fetch lists the prefix and brings what is new or changed: see source.Fetching.
func (s *Source) Fetch(ctx context.Context, seen iter.Seq2[string, string]) {
	s.asking.Lock()
	defer s.asking.Unlock()
	l, err := s.list(ctx)
	if err == nil {
		err = s.bring(ctx, l, seen)
	}
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err, s.fetches = err, true; err == nil {
		s.found = l
	}
}

// List yields the objects that may be articles as the last Fetch left them, in ascending byte order of their keys; before any Fetch all
// that are listed.
func (s *Source) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		l, all, err := s.listing(ctx)
		if err != nil {
			yield(source.Entry{}, err)
			return
		}
		for i := range l.entries {
			if err := ctx.Err(); err != nil {
				yield(source.Entry{}, err)
				return
			}
			e, print := &l.entries[i], ""
			switch {
			case e.lost || !e.ready && !all && e.was == "":
				continue
			case e.ready || all:
				print = s.fingerprint(l, e.object)
			default:
				print = e.was
			}
			if !yield(source.Entry{Key: e.key, Fingerprint: print}, nil) {
				return
			}
		}
	}
}

// listing returns what List lists; all: also what was not brought.
func (s *Source) listing(ctx context.Context) (l *listing, all bool, err error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	s.mu.Lock()
	l, err, fetches := s.found, s.err, s.fetches
	s.mu.Unlock()
	if !fetches {
		if l, err = s.list(ctx); err == nil {
			s.remember(l)
		}
	}
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return nil, false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listed = l
	return l, !fetches, nil
}

// remember keeps a listing that was made before any Fetch.
func (s *Source) remember(l *listing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found == nil {
		s.found = l
	}
}

// Stays reports whether an object that the last listing lacks stays: it is there, and was not read yet. See source.Windowed.
func (s *Source) Stays(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.listed.find(key)
	return e != nil && !e.lost
}

// Left says how many objects are read, where not all could be: see source.Unfinished.
func (s *Source) Left() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listed == nil || s.listed.left == 0 {
		return ""
	}
	all := len(s.listed.entries)
	return fmt.Sprintf("%s of %s objects read", text.Number(all-s.listed.left), text.Number(all))
}

// Notes returns what was odd in the last listing: see source.Noted.
func (s *Source) Notes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listed == nil {
		return nil
	}
	return s.notes(s.listed)
}
