package edition

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/reader"
)

// found is one entry that a listing and the ledger do not agree on. Its loading may go on while
// later entries are listed; done is closed when staged is set.
type found struct {
	entry  source.Entry
	seen   ledger.Seen // zero: not known
	staged *ledger.Staged
	warned []string
	err    error
	done   chan struct{}
}

const (
	batch        = 500  // staged entries a transaction
	ahead        = 4096 // entries listed ahead of the loads
	listedAtMost = 1000 // warnings and refusals that a report names
)

// noArticle is the reason of a missing article whose entry is still listed.
const noArticle = "no longer an article"

// collect hands keep what is to be looked at, loaded and in key order: the listing merged with what
// the ledger has seen.
func (s *scan) collect(ctx context.Context, keep func(context.Context, iter.Seq2[*found, error]) error) error {
	group, ctx := errgroup.WithContext(ctx)
	work := make(chan *found, ahead)
	inOrder := make(chan *found, ahead)
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
				f.staged, f.err = s.load(ctx, f)
				close(f.done)
			}
			return nil
		})
	}
	group.Go(func() error { return keep(ctx, loaded(ctx, inOrder)) })
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
	next, stop := readAhead(s.Ledger.Seen(ctx, s.src.Name))
	defer stop()
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
		return look(f)
	}
	last := ""
	for entry, listErr := range s.src.Source.List(ctx) {
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
		if f.seen.Key != "" && f.seen.Fingerprint == s.fingerprint(entry) && f.seen.Fingerprint != "" && !s.opts.Reload {
			continue
		}
		if err := look(f); err != nil {
			return err
		}
	}
	for more {
		if err := missing(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// readAhead is iter.Pull2 with the reading in a goroutine of its own, which stop ends and waits for.
func readAhead[T any](seq iter.Seq2[T, error]) (next func() (T, error, bool), stop func()) {
	type page struct {
		values []T
		err    error
	}
	pages, done := make(chan page, 4), make(chan struct{})
	go func() {
		defer close(pages)
		send := func(p page) bool {
			select {
			case pages <- p:
				return true
			case <-done:
				return false
			}
		}
		var values []T
		for v, err := range seq {
			if err != nil {
				send(page{values, err})
				return
			}
			if values = append(values, v); len(values) == batch {
				if !send(page{values, nil}) {
					return
				}
				values = make([]T, 0, batch)
			}
		}
		send(page{values, nil})
	}()
	var current page
	next = func() (v T, err error, more bool) {
		for len(current.values) == 0 {
			if current.err != nil {
				return v, current.err, true
			}
			if current, more = <-pages; !more {
				return v, nil, false
			}
		}
		v, current.values = current.values[0], current.values[1:]
		return v, nil, true
	}
	stop = sync.OnceFunc(func() {
		close(done)
		for range pages {
		}
	})
	return next, stop
}

// fingerprint joins what the entry looks like with how it is read: either changing loads it anew.
func (s *scan) fingerprint(e source.Entry) string {
	if e.Fingerprint == "" {
		return ""
	}
	if s.src.Undated == SitemapOnly || s.src.Undated == Refuse {
		return s.src.ReadAs + string(s.src.Undated) + "/" + e.Fingerprint
	}
	return s.src.ReadAs + "/" + e.Fingerprint
}

// load reads one entry; an error means that the source cannot be read.
func (s *scan) load(ctx context.Context, f *found) (*ledger.Staged, error) {
	if f.entry.Key == "" {
		return &ledger.Staged{Key: f.seen.Key, Kind: ledger.Missing, Article: f.seen.Article}, nil
	}
	a, err := s.src.Source.Load(ctx, f.entry.Key)
	st := &ledger.Staged{Key: f.entry.Key, Fingerprint: s.fingerprint(f.entry), Article: f.seen.Article}
	var refused *source.ArticleError
	switch {
	case err == nil:
		s.say(st, a)
		f.warned = warnings(a)
		return st, nil
	case errors.Is(err, reader.ErrNotArticle):
		st.Kind = ledger.Ignored
	case errors.As(err, &refused):
		st.Kind, st.Place, st.Reason = ledger.Refused, refused.Place, refused.Error()
		if a != nil {
			st.Place = a.Place
		}
	case errors.Is(err, fs.ErrNotExist):
		st.Kind, st.Fingerprint = ledger.Missing, ""
	default:
		return nil, fmt.Errorf("read %s: %w", f.entry.Key, err)
	}
	return st, nil
}

// stage writes what was loaded into the stage, a batch a transaction.
func (s *scan) stage(ctx context.Context, all iter.Seq2[*found, error]) error {
	pending := make([]*found, 0, batch)
	flush := func() error {
		defer func() { pending = pending[:0] }()
		return s.Ledger.Write(ctx, func(tx *ledger.Tx) error {
			for _, f := range pending {
				if err := s.stageOne(tx, f); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for f, err := range all {
		if err != nil {
			return err
		}
		if pending = append(pending, f); len(pending) == batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if len(pending) == 0 {
		return nil
	}
	return flush()
}

func warnings(a *source.Article) []string {
	var out []string
	for _, w := range a.Warnings {
		out = append(out, (&source.ArticleError{Place: a.Place, Line: w.Line, Column: w.Column, Reason: w.Message}).Error())
	}
	return out
}

// warn reports what was found wanting in an entry.
func (s *scan) warn(f *found) {
	s.report.WarningCount += int64(len(f.warned))
	if len(s.report.Warnings) < listedAtMost {
		s.report.Warnings = append(s.report.Warnings, f.warned...)
	}
}

// stageOne compares an entry with its row and stages it.
func (s *scan) stageOne(tx *ledger.Tx, f *found) error {
	st := f.staged
	s.warn(f)
	switch {
	case st.Kind == ledger.Missing && f.seen.Key == "":
		return nil // came and went while we looked
	case st.Kind == ledger.Ignored && st.Article != 0:
		st.Kind, st.Reason = ledger.Missing, noArticle
	case st.Kind == ledger.Changed:
		row, err := tx.Article(st.Article)
		if err != nil {
			return err
		}
		if row == nil {
			return fmt.Errorf("article %d of %s is gone: %w", st.Article, st.Key, ledger.ErrDamaged)
		}
		s.compare(st, row)
	}
	return tx.Stage(s.src.Name, st)
}
