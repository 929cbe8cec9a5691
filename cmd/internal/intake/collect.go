package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"herald/cmd/internal/intake/readahead"
	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/reader"
)

// found is an entry that a listing and the ledger do not agree on. Its loading may go on while
// later entries are listed; done is closed when staged is set.
type found struct {
	entry  source.Entry
	seen   ledger.Seen    // zero: not known
	staged *ledger.Staged // nil once done: passed over
	warned []string
	err    error
	done   chan struct{}
}

const listedAhead = 1024 // entries listed ahead of the loads, and loaded ahead of the stage

// noArticle is the reason of a missing article whose entry is still listed.
const noArticle = "no longer an article"

// collect stages what is to be looked at, loaded and in key order: the listing merged with what the ledger
// has seen. One goroutine lists, some load, one stages.
func (s *scan) collect(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	work := make(chan *found, listedAhead)
	inOrder := make(chan *found, listedAhead)
	group.Go(func() error {
		defer close(work)
		defer close(inOrder)
		return s.merge(ctx, func(f *found) error {
			for _, c := range []chan *found{work, inOrder} {
				select {
				case c <- f:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for f := range work {
				f.staged, f.err = s.loadSettled(ctx, f)
				s.counted.Add(1)
				close(f.done)
			}
			return nil
		})
	}
	group.Go(func() error { return s.stage(ctx, loaded(ctx, inOrder)) })
	return group.Wait()
}

// loaded waits for each entry to be loaded. An error ends the sequence.
func loaded(ctx context.Context, inOrder <-chan *found) iter.Seq2[*found, error] {
	return func(yield func(*found, error) bool) {
		for f := range inOrder {
			select {
			case <-f.done:
			case <-ctx.Done():
				yield(nil, ctx.Err())
				return
			}
			if !yield(f, f.err) || f.err != nil {
				return
			}
		}
	}
}

// merge calls look for each entry that is new, missing or changed in its fingerprint.
func (s *scan) merge(ctx context.Context, look func(*found) error) error {
	next, stop := readahead.Pull(s.ledger.Seen(ctx, s.source.Name))
	defer stop()
	refused := s.memory().Refused(ctx, s.ledger)
	defer refused.Stop()
	seen, err, more := next()
	if err != nil {
		return err
	}
	missing := func() error {
		f := &found{seen: seen, done: make(chan struct{})}
		seen, err, more = next()
		if err != nil {
			return err
		}
		if stays := s.stays(f.seen); stays && !refused.Alone(f.seen) {
			return nil
		} else if stays {
			f.entry.Key = f.seen.Key
		}
		return look(f)
	}
	last := ""
	for entry, listErr := range s.source.Source.List(ctx) {
		if listErr != nil {
			return listErr
		}
		if s.report.Listed > 0 && entry.Key <= last {
			return fmt.Errorf("listing out of order: %q after %q", entry.Key, last)
		}
		last = entry.Key
		s.report.Listed++
		for more && seen.Key < entry.Key {
			if err := missing(); err != nil {
				return err
			}
		}
		f := &found{entry: entry, done: make(chan struct{})}
		if more && seen.Key == entry.Key {
			f.seen = seen
			if seen, err, more = next(); err != nil {
				return err
			}
		}
		if f.seen.Key != "" && f.seen.Fingerprint == s.fingerprint(entry) && f.seen.Fingerprint != "" && !s.options.Reload && !refused.Again(entry.Key) {
			s.counted.Add(1)
			continue
		}
		if err := look(f); err != nil {
			return err
		}
	}
	s.counted.Expect(s.report.Listed)
	for more {
		if err := missing(); err != nil {
			return err
		}
	}
	return cmp.Or(refused.Err(), ctx.Err())
}

// fingerprint joins what the entry looks like with how it is read: either changing loads it anew.
func (s *scan) fingerprint(e source.Entry) string {
	if e.Fingerprint == "" {
		return ""
	}
	setting := ""
	if s.source.Undated != Auto {
		setting = string(s.source.Undated)
	}
	if s.source.Live {
		setting += "live"
	}
	return s.source.ReadAs + setting + "/" + e.Fingerprint
}

// load reads one entry; an error means that the source cannot be read.
func (s *scan) load(ctx context.Context, f *found) (*ledger.Staged, error) {
	if f.entry.Key == "" {
		return &ledger.Staged{Key: f.seen.Key, Kind: ledger.Missing, Article: f.seen.Own()}, nil
	}
	a, err := s.source.Source.Load(ctx, f.entry.Key)
	st := &ledger.Staged{Key: f.entry.Key, Fingerprint: s.fingerprint(f.entry), Article: f.seen.Own()}
	var refused *source.ArticleError
	switch {
	case err == nil:
		s.entries.fill(st, a)
		if f.seen.Copy && st.Kind == ledger.New {
			st.Kind, st.Article = ledger.Copy, f.seen.Article
		}
		f.warned = a.Warned()
		return st, nil
	case errors.Is(err, reader.ErrNotArticle):
		st.Kind = ledger.Ignored
	case errors.As(err, &refused):
		st.Kind, st.Place, st.Reason = ledger.Refused, refused.Place, refused.Error()
		if a != nil {
			st.Place = a.Place
		}
	case errors.Is(err, fs.ErrNotExist) && s.stays(f.seen):
		st.Kind, st.Fingerprint = ledger.Same, ""
	case errors.Is(err, fs.ErrNotExist):
		st.Kind, st.Fingerprint = ledger.Missing, ""
	default:
		return nil, fmt.Errorf("read %s: %w", f.entry.Key, err)
	}
	return st, nil
}
