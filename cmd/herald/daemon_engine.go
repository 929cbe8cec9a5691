package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"herald/cmd/internal/edition"
)

const (
	tick       = 200 * time.Millisecond // how often due times and requests are looked at
	lookAll    = 24 * time.Hour         // every document is asked that often, whatever happens
	tryAgain   = time.Minute            // after a publication that failed
	noticeWait = 30 * time.Second       // the longest wait of the deliverer; clocks may jump
)

// engine calls Scan and Publish when they are due. It is the only one that does.
type engine struct {
	*daemon
	due       map[string]time.Time // next scan of each source by its schedule
	publishAt time.Time
	said      map[string]bool // what was logged and stays as it is
}

// engine runs until ctx ends: a scan of every source at once, then what is due.
func (d *daemon) engine(ctx context.Context) {
	e := &engine{daemon: d, due: map[string]time.Time{}, said: map[string]bool{}}
	t := time.NewTicker(tick)
	defer t.Stop()
	for ctx.Err() == nil {
		e.step(ctx)
		select {
		case <-ctx.Done():
		case <-t.C:
		case <-d.mail:
		}
	}
}

// step does what is due now: sources, then documents, then what other commands ask.
func (e *engine) step(ctx context.Context) {
	scanned, freed := false, false
	var contested []wiredSource
	for _, s := range e.sources {
		if ctx.Err() != nil {
			return
		}
		where := e.takeDirty(s.name)
		due := e.isDue(s)
		if !due && where == nil {
			continue
		}
		scanned = true
		if !due && !where.all && e.look(ctx, s, where) {
			continue
		}
		if r := e.scanOne(ctx, s); r != nil {
			freed = freed || r.Removed+r.Changed > 0
			if r.Contested {
				contested = append(contested, s)
			}
		}
	}
	if freed { // what one source gave up may let in what another was refused
		for _, s := range contested {
			e.scanOne(ctx, s)
		}
	}
	if now := e.app.now(); ctx.Err() == nil && (scanned || !now.Before(e.publishAt)) {
		e.publishOnce(ctx)
	}
	for ctx.Err() == nil {
		obeyed, err := e.obey(ctx)
		if err != nil && ctx.Err() == nil {
			e.app.log.Error("request not answered", "error", err)
		}
		if !obeyed {
			return
		}
		wake(e.notices)
	}
}

// isDue reports whether a source is to be scanned. A clock that was set back does not make it
// wait longer than its schedule says.
func (e *engine) isDue(s wiredSource) bool {
	now := e.app.now()
	at, known := e.due[s.name]
	if next := s.schedule.Next(now); known && !next.IsZero() && next.Before(at) {
		e.due[s.name], at = next, next
	}
	return !known || !at.IsZero() && !now.Before(at)
}

// look takes in single files that were saved; false where that takes a whole scan.
func (e *engine) look(ctx context.Context, s wiredSource, where *dirt) bool {
	r, done, err := e.edition.Look(ctx, s.name, slices.Sorted(maps.Keys(where.keys)))
	if err == nil && done {
		e.sayScanned(r)
	}
	return err == nil && done
}

func (e *engine) scanOne(ctx context.Context, s wiredSource) *edition.ScanReport {
	start := e.app.now()
	r, err := e.edition.Scan(ctx, s.name, edition.ScanOptions{})
	e.due[s.name] = s.schedule.Next(start)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		e.app.log.Error("source not read; its last good articles stay", "source", s.name, "error", err)
	default:
		e.sayScanned(r)
	}
	return r
}

func (e *engine) sayScanned(r *edition.ScanReport) {
	log := e.app.log.With("source", r.Source)
	if r.Listed > 0 { // single files say nothing of how many there are
		log = log.With("articles", r.Articles)
	}
	for _, w := range r.Warnings[:min(maxLines, len(r.Warnings))] {
		log.Warn("odd article", "place", w)
	}
	if more := r.WarningCount - maxLines; more > 0 {
		log.Warn("more odd articles; herald check lists them", "count", more)
	}
	e.sayRefused(log, r)
	if r.Hold != nil {
		e.sayHold(*r.Hold)
	} else if r.First || r.Added+r.Changed+r.Renamed+r.Removed > 0 {
		log.Info("scanned", "added", r.Added, "changed", r.Changed, "renamed", r.Renamed, "removed", r.Removed)
	} else {
		log.Debug("scanned, nothing changed")
	}
}

// sayRefused names articles that were not refused before, as many as one can read.
func (e *engine) sayRefused(log *slog.Logger, r *edition.ScanReport) {
	var news []string
	for _, refused := range r.Refused {
		e.once("refused "+refused.Reason, func() { news = append(news, refused.Reason) })
	}
	for _, reason := range news[:min(maxLines, len(news))] {
		log.Warn("article refused", "place", reason)
	}
	if unnamed := r.RefusedCount - int64(len(r.Refused)); len(news) > maxLines || unnamed > 0 {
		e.once(fmt.Sprint("refused ", r.Source, r.RefusedCount), func() {
			log.Warn("more articles refused; herald check lists them", "refused", r.RefusedCount)
		})
	}
}

// once does what must be said one time only while the daemon lives.
func (e *engine) once(what string, say func()) {
	if !e.said[what] {
		e.said[what] = true
		say()
	}
}

func (e *engine) sayHold(h edition.Hold) {
	e.once("hold "+h.Subject+h.Summary, func() {
		e.app.log.Warn("change held; herald approve lets it through", "hold", h.ID, "subject", h.Subject, "summary", h.Summary)
	})
}

func (e *engine) publishOnce(ctx context.Context) {
	p, err := e.edition.Publish(ctx, edition.PublishOptions{})
	e.publishAt = e.app.now().Add(lookAll)
	switch {
	case ctx.Err() != nil:
		return
	case errors.Is(err, edition.ErrNothing):
		e.once("nothing", func() { e.app.log.Warn("no source has ever held an article; waiting for the first") })
		return
	case err != nil:
		e.app.log.Error("not published; the last good documents stay", "error", err)
		e.publishAt = e.app.now().Add(tryAgain)
		return
	}
	for _, hold := range p.Holds {
		e.sayHold(hold)
	}
	for _, ahead := range p.Ahead {
		e.once("ahead "+ahead, func() { e.app.log.Warn("article appears later", "place", ahead) })
	}
	for _, failed := range p.Failed {
		e.app.log.Error("document kept at its last good version", "document", failed)
	}
	if len(p.Written)+len(p.Removed) > 0 {
		e.app.log.Info("published", "written", p.Written, "removed", p.Removed, "notices", len(p.Notices))
	}
	if next, err := e.edition.Next(ctx); err == nil && !next.IsZero() && next.Before(e.publishAt) {
		e.publishAt = next
	}
	wake(e.notices)
}

// deliverer sends notices when they are due. A target that hangs keeps nobody else waiting: the
// others are told by deliveries beside the one that waits for it.
func (d *daemon) deliverer(ctx context.Context) {
	var under sync.WaitGroup
	defer under.Wait()
	for ctx.Err() == nil {
		next := make(chan time.Time, 1)
		under.Go(func() { next <- d.deliver(ctx) })
		wait := noticeWait
		select {
		case <-ctx.Done():
			return
		case at := <-next:
			if !at.IsZero() {
				wait = min(max(at.Sub(d.app.now()), tick), noticeWait)
			}
		case <-time.After(time.Second): // some target is slow
			wait = time.Second
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-t.C:
		case <-d.notices:
		}
		t.Stop()
	}
}

// deliver sends what is due and gives when more will be; zero: nothing waits.
func (d *daemon) deliver(ctx context.Context) time.Time {
	r, err := d.edition.Deliver(ctx, edition.DeliverOptions{})
	switch {
	case ctx.Err() != nil:
		return time.Time{}
	case err != nil:
		d.app.log.Error("notices not sent", "error", err)
		return time.Time{}
	}
	d.sayDelivered(r)
	return r.Next
}

func (d *daemon) sayDelivered(r *edition.DeliverReport) {
	for _, n := range r.Delivered {
		d.app.log.Info("told", "target", n.Target, "url", n.URL, "status", n.Status)
	}
	for _, n := range r.Waiting {
		d.app.log.Warn("not told yet, tried again later", "target", n.Target, "url", n.URL, "status", n.Status, "detail", n.Detail, "due", n.Due)
	}
	for _, n := range r.Dead {
		d.app.log.Error("given up", "target", n.Target, "url", n.URL, "status", n.Status, "detail", n.Detail)
	}
}
