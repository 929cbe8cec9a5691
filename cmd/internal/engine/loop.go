package engine

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
)

const (
	pollEvery      = 200 * time.Millisecond // how often due times and requests are looked at
	publishEvery   = 24 * time.Hour         // every document is asked that often, whatever happens
	publishRetry   = time.Minute            // after a publication that failed
	scanRetry      = 5 * time.Second        // after a scan that failed; doubled each time, until the next by the schedule
	goOn           = time.Second            // after a scan of a source that has not brought all that it holds
	maxLoggedLines = 20                     // of one list
)

// loop calls Scan and Publish when they are due, one after the other.
type loop struct {
	engine    *Engine
	scanAt    map[string]time.Time // next scan of each source by its schedule; missing: never scanned
	publishAt time.Time
	contested map[string]bool            // sources of which something was refused over a URL or id that another has
	failures  map[string]int             // of each source, one after another
	unsettled map[string]map[string]bool // by source: keys of what was being written when last looked at
	read      map[string]string          // by source: how far it got, where it has not brought all that it holds
	logged    map[string]bool            // what was logged once and stays as it is
	asking    sync.WaitGroup             // of origins
	published bool                       // some publication came to its end
}

func newLoop(e *Engine) *loop {
	return &loop{engine: e, scanAt: map[string]time.Time{}, contested: map[string]bool{}, failures: map[string]int{}, unsettled: map[string]map[string]bool{}, read: map[string]string{}, logged: map[string]bool{}}
}

// run works until ctx ends.
func (l *loop) run(ctx context.Context) {
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	defer l.asking.Wait()
	for ctx.Err() == nil {
		l.step(ctx)
		select {
		case <-ctx.Done():
		case <-poll.C:
		case <-l.engine.work:
		}
	}
}

// step does what is due now: sources, then documents. Then it is another one's turn: what other commands ask.
func (l *loop) step(ctx context.Context) {
	l.engine.turn.Lock()
	scanned := l.scanDue(ctx)
	if scanned {
		wake(l.engine.question)
	}
	changed, arrived := l.engine.outputsChanged.Swap(false), l.engine.arrived.Swap(false)
	if ctx.Err() == nil && (scanned || changed || arrived || !l.engine.config.Now().Before(l.publishAt)) {
		l.publish(ctx)
	}
	if ctx.Err() == nil && l.published && len(l.scanAt) == len(l.engine.config.Sources) && l.engine.config.Ledger != nil {
		l.once("ready", func() { l.logReady(ctx) })
	}
	l.engine.turn.Unlock()
	wake(l.engine.requests)
}

// scanDue scans the sources that are due or were seen changing, and reports whether any was.
func (l *loop) scanDue(ctx context.Context) (scanned bool) {
	freed, revisit := false, map[string]bool{}
	for _, s := range l.engine.config.Sources {
		if ctx.Err() != nil {
			return scanned
		}
		changes := l.settled(s, l.engine.takeChanges(s.Name))
		due := l.isDue(s) || revisit[s.Name]
		if !due && changes != nil && !changes.anywhere && l.look(ctx, s, changes, revisit) {
			scanned = true
			continue
		}
		if !l.ready(ctx, s, due, changes != nil) {
			continue
		}
		scanned = true
		if r := l.scan(ctx, s); r != nil {
			note(revisit, r)
			freed = freed || r.Freed() || r.Early
			l.contested[s.Name] = r.Contested
		}
	}
	l.scanContested(ctx, freed, revisit)
	for range l.engine.config.Sources {
		freed = false
		for _, s := range l.engine.config.Sources {
			if revisit[s.Name] && l.ready(ctx, s, true, false) {
				r := l.scan(ctx, s)
				note(revisit, r)
				freed = freed || r != nil && r.Freed()
				l.contested[s.Name] = r == nil || r.Contested
			}
			delete(revisit, s.Name)
		}
		l.scanContested(ctx, freed, revisit)
	}
	return scanned
}

// scanContested scans again what was refused something, where a source has given some up: that may let it in.
func (l *loop) scanContested(ctx context.Context, freed bool, revisit map[string]bool) {
	for _, s := range l.engine.config.Sources {
		if freed && l.contested[s.Name] {
			r := l.scan(ctx, s)
			note(revisit, r)
			l.contested[s.Name] = r == nil || r.Contested
		}
	}
}

// note adds the sources that a scan, nil for none, wants scanned, and takes out its own.
func note(revisit map[string]bool, r *intake.ScanReport) {
	if r == nil {
		return
	}
	delete(revisit, r.Source)
	for _, name := range r.Revisit {
		revisit[name] = true
	}
}

// await has entries looked at again once nobody writes them.
func (l *loop) await(s Source, keys ...string) {
	if l.unsettled[s.Name] == nil {
		l.unsettled[s.Name] = map[string]bool{}
	}
	for _, key := range keys {
		l.unsettled[s.Name][key] = true
	}
}

// settled returns what of a source may be looked at now: what was seen changing, with what was being written before and is
// whole now, without what is being written. Nil: nothing.
func (l *loop) settled(s Source, changes *pendingChanges) *pendingChanges {
	waiting := l.unsettled[s.Name]
	if changes == nil && len(waiting) == 0 {
		return nil
	}
	out := &pendingChanges{anywhere: changes != nil && changes.anywhere}
	if changes != nil {
		l.await(s, slices.Collect(maps.Keys(changes.keys))...)
	}
	for key := range l.unsettled[s.Name] {
		if l.engine.config.Pipeline.Intake.Settled(s.Name, key) {
			delete(l.unsettled[s.Name], key)
			out.add(changedKey(key))
		}
	}
	if !out.anywhere && len(out.keys) == 0 {
		return nil
	}
	return out
}

// isDue reports whether a source is to be scanned by its schedule. A clock that was set back does
// not make it wait longer than its schedule says.
func (l *loop) isDue(s Source) bool {
	now := l.engine.config.Now()
	at, known := l.scanAt[s.Name]
	if next := s.next(now); known && !next.IsZero() && next.Before(at) {
		l.scanAt[s.Name], at = next, next
	}
	return !known || !at.IsZero() && !now.Before(at)
}

// next returns the first scheduled moment after t; zero: none.
func (s Source) next(t time.Time) time.Time {
	if s.Schedule == nil {
		return time.Time{}
	}
	return s.Schedule.Next(t)
}

// look takes in single entries that were edited; false where that takes a whole scan. It adds the sources that are to be scanned then.
func (l *loop) look(ctx context.Context, s Source, changes *pendingChanges, revisit map[string]bool) bool {
	r, done, err := l.engine.config.Pipeline.Look(ctx, s.Name, slices.Sorted(maps.Keys(changes.keys)))
	if err == nil && done {
		l.logScan(r)
		l.await(s, r.PassedOver...)
		note(revisit, r)
	}
	return err == nil && done
}

// scan scans a whole source; nil where that failed.
func (l *loop) scan(ctx context.Context, s Source) *intake.ScanReport {
	start := l.engine.config.Now()
	r, err := l.engine.config.Pipeline.Scan(ctx, s.Name, intake.ScanOptions{PassOver: true, Scheduled: true})
	l.scanAt[s.Name] = s.next(start)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		l.engine.config.Log.Error("source not read; its last good articles stay", "source", s.Name, "error", err)
		// What it was to see may have been a change that nothing else tells of.
		l.scanAgain(s, l.engine.config.Now().Add(scanRetry<<min(l.failures[s.Name], 10)))
		l.failures[s.Name]++
	default:
		delete(l.failures, s.Name)
		l.logScan(r)
		l.await(s, r.PassedOver...)
		l.scanAgain(s, r.MissingUntil)
		if r.Unfinished != "" && r.Unfinished != l.read[s.Name] { // it gets on
			l.scanAgain(s, l.engine.config.Now().Add(goOn))
		}
		l.read[s.Name] = r.Unfinished
		wake(l.engine.scanned[s.Name])
	}
	return r
}

// scanAgain lets a source be scanned at a moment, should its schedule say later; zero is none.
func (l *loop) scanAgain(s Source, at time.Time) {
	if next := l.scanAt[s.Name]; !at.IsZero() && (next.IsZero() || at.Before(next)) {
		l.scanAt[s.Name] = at
	}
}

// publish publishes what changed and notes when it is to be asked again.
func (l *loop) publish(ctx context.Context) {
	c := &l.engine.config
	p, err := c.Pipeline.Publish(ctx, edition.PublishOptions{})
	l.publishAt = c.Now().Add(publishEvery)
	switch {
	case ctx.Err() != nil:
		return
	case errors.Is(err, edition.ErrNothing):
		l.once("nothing", func() { c.Log.Warn("no source has ever held an article; waiting for the first") })
		return
	case err != nil:
		c.Log.Error("not published; the last good documents stay", "error", err)
		l.publishAt = c.Now().Add(publishRetry)
		return
	}
	l.published = true
	l.logPublication(p)
	if next, err := c.Pipeline.Next(ctx); err == nil && !next.IsZero() && next.Before(l.publishAt) {
		l.publishAt = next
	}
	wake(l.engine.delivery)
	wake(l.engine.published)
}
