package edition

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"herald/cmd/internal/ledger"
	"herald/source"
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

// collect fills the stage: the listing merged with what the ledger has seen, both in key order.
func (s *scan) collect(ctx context.Context) error {
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
	group.Go(func() error { return s.stage(ctx, inOrder) })
	return group.Wait()
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
	case errors.Is(err, source.ErrNotArticle):
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

// say fills a staged entry with what the article says. The URL waits where it needs a date that
// the article does not give.
func (s *scan) say(st *ledger.Staged, a *source.Article) {
	st.Kind, st.Place = ledger.New, a.Place
	if st.Article != 0 {
		st.Kind = ledger.Changed
	}
	st.Words, st.Claim, st.Minor = a.Words, a.ID, a.Minor
	st.Published, st.DatedBy = ledger.Millis(a.Published), a.DatedBy
	st.Updated, st.Expires = ledger.Millis(a.Updated), ledger.Millis(a.Expires)
	st.FirstSeen = s.start
	st.Said = ledger.Said{
		Title: a.Title, Summary: a.Summary, Language: a.Language, Canonical: a.Canonical, Image: a.Image, Place: a.Place,
		Authors: a.Authors, Categories: a.Categories, Tags: a.Tags, Enclosures: a.Enclosures, Alternates: a.Alternates,
	}
	st.Flags = s.flags(a)
	if a.Published.IsZero() && s.src.Undated == Refuse && !a.Draft {
		refuse(st, "no date, and the source says undated: refuse; give it a date in its front matter or file name")
		return
	}
	if a.Published.IsZero() && source.NeedsDate(a.Link.Pattern) {
		link, err := json.Marshal(linked{a.Link, a.Title, a.Categories})
		if err != nil {
			refuse(st, err.Error())
			return
		}
		st.Link = string(link)
		return
	}
	s.locate(st, a)
}

// linked is what a permalink is expanded from, kept while it waits for a date.
type linked struct {
	Link       source.Link
	Title      string
	Categories []string
}

// locate gives a staged entry its URL, or refuses it.
func (s *scan) locate(st *ledger.Staged, a *source.Article) {
	zone := s.src.Zone
	if zone == nil {
		zone = s.Site.Zone
	}
	path, err := source.Expand(a, zone)
	if err != nil {
		refuse(st, err.Error())
		return
	}
	url, err := s.Site.URL.Join(path)
	if err != nil {
		refuse(st, fmt.Sprintf("URL %s: %s", path, err))
		return
	}
	st.Path, st.URL, st.Link = path, url, ""
}

// refuse turns a staged entry into a refused one, to be asked again at every scan, for its cause
// may lie outside its file.
func refuse(st *ledger.Staged, why string) {
	st.Kind, st.Fingerprint, st.Reason = ledger.Refused, "", st.Place+": "+why
}

func (s *scan) flags(a *source.Article) (f ledger.Flags) {
	for flag, on := range map[ledger.Flags]bool{
		ledger.Draft: a.Draft, ledger.NoIndex: a.NoIndex, ledger.NoSitemap: a.NoSitemap, ledger.Zoneless: a.Zoneless,
		ledger.NoFeed:  a.NoFeed || a.Published.IsZero() && s.src.Undated == SitemapOnly,
		ledger.Foreign: s.foreign(a.Canonical),
	} {
		if on {
			f |= flag
		}
	}
	return f
}

// stage writes what was loaded, in key order, a batch a transaction.
func (s *scan) stage(ctx context.Context, inOrder <-chan *found) error {
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
	for f := range inOrder {
		select {
		case <-f.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if f.err != nil {
			return f.err
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

// stageOne compares an entry with its row and stages it.
func (s *scan) stageOne(tx *ledger.Tx, f *found) error {
	st := f.staged
	if len(s.report.Warnings) < listedAtMost {
		s.report.Warnings = append(s.report.Warnings, f.warned...)
	}
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
			return fmt.Errorf("article %d of %s is gone from the state", st.Article, st.Key)
		}
		s.compare(st, row)
	}
	return tx.Stage(s.src.Name, st)
}

// compare lets a row's stored date stand where the article gives none, and finds out whether the
// article says anything new.
func (s *scan) compare(st *ledger.Staged, row *ledger.Article) {
	s.inherit(st, row)
	if st.Kind != ledger.Changed || st.Link != "" {
		return
	}
	if st.Words == row.Words && st.URL == row.URL && st.Flags == row.Flags && st.Published == row.Published {
		st.Kind = ledger.Same
	}
}

// inherit takes the stored date of an article that gives none itself.
func (s *scan) inherit(st *ledger.Staged, row *ledger.Article) {
	if st.Published == 0 && row.Published != 0 {
		st.Published, st.DatedBy = row.Published, row.DatedBy
	}
	st.FirstSeen = row.FirstSeen
	if st.Link != "" && st.Published != 0 {
		s.relocate(st)
	}
}

// relocate expands the permalink of an entry whose date has become known.
func (s *scan) relocate(st *ledger.Staged) {
	var l linked
	if err := json.Unmarshal([]byte(st.Link), &l); err != nil {
		refuse(st, err.Error())
		return
	}
	published := st.Published
	if published == 0 {
		published = st.FirstSeen
	}
	s.locate(st, &source.Article{Link: l.Link, Title: l.Title, Categories: l.Categories, Published: ledger.Time(published)})
}
