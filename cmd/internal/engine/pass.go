package engine

import (
	"context"
	"errors"
	"slices"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/intake/memory"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/live"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/progress"
)

// BuildOptions are the flags of build; they also travel to the daemon. The zero value scans,
// publishes and queues notices.
type BuildOptions struct {
	Notify bool `json:"notify,omitempty"` // deliver what is due before it ends
	Force  bool `json:"force,omitempty"`  // publish over holds and foreign files
	Strict bool `json:"strict,omitempty"` // a refused article is StatusNotDone
}

// pass is one build on its way.
type pass struct {
	config  *Config
	options BuildOptions
	report  *BuildReport
	revisit map[string]bool // sources with entries that wait to be looked at since another one was scanned
}

// Build does one pass: every source is scanned, what changed is published, notices are queued and
// with o.Notify sent.
func (e *Engine) Build(ctx context.Context, o BuildOptions) *BuildReport {
	e.fetchAll(ctx, o.Force)
	e.turn.Lock()
	return e.build(ctx, o)
}

// build is Build for who has the turn, and ends it. Others have theirs while it waits for endpoints.
func (e *Engine) build(ctx context.Context, o BuildOptions) *BuildReport {
	r := e.newReport()
	p := &pass{config: &e.config, options: o, report: r, revisit: map[string]bool{}}
	for _, s := range p.config.Sources {
		p.scan(ctx, s.Name)
	}
	p.scanContested(ctx)
	if e.config.Pipeline.Live != nil {
		e.turn.Unlock()
		p.ask(ctx)
		e.turn.Lock()
	}
	if ctx.Err() == nil {
		p.publish(ctx)
	}
	e.turn.Unlock()
	nothing := slices.Contains(r.Errors, edition.ErrNothing.Error())
	if o.Notify && ctx.Err() == nil && !nothing {
		p.deliver(ctx)
	}
	if ctx.Err() != nil {
		r.AddError(context.Cause(ctx))
	}
	e.reportHolds(ctx, r)
	e.reportStanding(ctx, r)
	if o.Strict && (r.RefusedCount() > 0 || len(r.Ahead()) > 0) {
		r.raise(StatusNotDone)
	}
	return r
}

// Approve lets holds through, see hold.Approve. The pass that follows is what any build does.
func (e *Engine) Approve(ctx context.Context, w hold.Wanted) *ApproveReport {
	e.fetchAll(ctx, false)
	e.turn.Lock()
	approved, err := hold.Approve(ctx, e.config.Ledger, w)
	if err != nil {
		e.turn.Unlock()
		return &ApproveReport{Status: StatusNotDone, Error: err.Error()}
	}
	build := e.build(ctx, BuildOptions{})
	return &ApproveReport{Status: build.Status, Hold: &approved[0], Build: build, Holds: approved}
}

// newReport returns a report of nothing yet.
func (e *Engine) newReport() *BuildReport {
	return &BuildReport{
		Outputs: e.config.Outputs, Told: e.told(), Sending: e.config.Sending, Served: e.config.Served, Daemon: e.daemon,
		Standing: map[string]placement.Standing{}, Resting: map[string]time.Time{},
	}
}

// reportStanding fills in how many articles there are now, and what waits to be told.
func (e *Engine) reportStanding(ctx context.Context, r *BuildReport) {
	if e.config.Ledger == nil || ctx.Err() != nil {
		return
	}
	now := ledger.Millis(e.config.Now().Truncate(time.Second))
	err := e.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		for _, s := range e.config.Sources {
			if r.Standing[s.Name], err = placement.StandingOf(tx, s.Name, now); err != nil {
				return err
			}
			said, err := memory.Said(tx, s.Name)
			if err != nil {
				return err
			}
			if next := said.Next(ledger.Time(now)); !next.IsZero() {
				r.Resting[s.Name] = next
			}
		}
		return nil
	})
	if err == nil {
		r.Queue, err = e.config.Pipeline.Outbox.Outstanding(ctx)
	}
	if err != nil {
		r.AddError(err)
	}
}

// reportHolds notes that who asked sees the holds that stand.
func (e *Engine) reportHolds(ctx context.Context, r *BuildReport) {
	if e.config.Ledger == nil || ctx.Err() != nil {
		return
	}
	if err := hold.Report(ctx, e.config.Ledger); err != nil {
		r.AddError(err)
	}
}

// told returns who hears of changes, for JSON never nil.
func (e *Engine) told() []string { return append([]string{}, e.config.Told...) }

// scan scans one source and adds what it found.
func (p *pass) scan(ctx context.Context, source string) {
	if ctx.Err() != nil {
		return
	}
	r := p.report
	delete(p.revisit, source)
	s, err := p.config.Pipeline.Scan(ctx, source, intake.ScanOptions{Force: p.options.Force})
	if errors.Is(err, errUnprepared) {
		r.raise(StatusNotDone) // publishing comes upon it, too, and says so once
		return
	}
	if err != nil {
		r.Failed = append(r.Failed, Failure(source, err))
		r.raise(StatusNotDone)
		return
	}
	r.Sources = append(r.Sources, s)
	for _, other := range s.Revisit {
		p.revisit[other] = true
	}
	r.First = r.First || s.First && s.Recovered == 0
	if s.Hold != nil {
		r.raise(StatusHeld)
	}
	if s.Unfinished != "" {
		r.raise(StatusNotDone)
	}
}

// scanContested scans again what was refused over a URL or an id, if a later source has given some
// up: a file that moved from one source to another is not removed in between. So is each source in which something is to lead
// an article that another one led, a few times at most.
func (p *pass) scanContested(ctx context.Context) {
	for i, s := range p.report.Sources {
		freed := slices.ContainsFunc(p.report.Sources[i+1:], func(later *intake.ScanReport) bool { return later.Freed() })
		if s.Early || s.Contested && freed {
			p.scanAgain(ctx, i)
		}
	}
	for range p.report.Sources {
		freed := false
		for i, s := range p.report.Sources {
			freed = p.revisit[s.Source] && p.scanAgain(ctx, i) || freed
		}
		for i, s := range p.report.Sources {
			if freed && s.Contested {
				p.scanAgain(ctx, i)
			}
		}
	}
}

// scanAgain scans a source again, and makes one report of both scans. It reports whether the second gave something up.
func (p *pass) scanAgain(ctx context.Context, i int) (freed bool) {
	first := p.report.Sources
	p.report.Sources = nil
	p.scan(ctx, first[i].Source)
	if len(p.report.Sources) > 0 {
		freed = p.report.Sources[0].Freed()
		first[i] = mergeScans(first[i], p.report.Sources[0])
	}
	p.report.Sources = first
	return freed
}

// mergeScans makes one report of two scans of a source in one pass.
func mergeScans(before, after *intake.ScanReport) *intake.ScanReport {
	after.First = after.First || before.First
	after.Added, after.Changed = after.Added+before.Added, after.Changed+before.Changed
	after.Renamed, after.Removed = after.Renamed+before.Renamed, after.Removed+before.Removed
	after.Recovered, after.Pages = after.Recovered+before.Recovered, after.Pages+before.Pages
	after.HandedOver += before.HandedOver
	for rule, n := range before.DatedBy {
		after.DatedBy[rule] += n
	}
	after.Warnings, after.WarningCount = before.Warnings, before.WarningCount
	after.Changes = append(before.Changes, after.Changes...)
	after.ChangeCount += before.ChangeCount
	return after
}

// ask asks once for each URL that an article waits for.
func (p *pass) ask(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	asked, err := p.config.Pipeline.Ask(ctx, live.Options{All: true, Within: askFor})
	if p.report.Live = asked; err != nil {
		p.report.AddError(err)
	}
}

func (p *pass) publish(ctx context.Context) {
	published, err := p.config.Pipeline.Publish(ctx, edition.PublishOptions{Force: p.options.Force})
	p.report.Published = published
	if err != nil {
		p.report.AddError(err)
		return
	}
	if len(published.Holds) > 0 {
		p.report.raise(StatusHeld)
	}
	if len(published.Failed) > 0 {
		p.report.raise(StatusNotDone)
	}
}

const (
	retryFor      = 30 * time.Second       // how long build --notify tries again, as the operator's contract fixes it
	minRetryPause = 100 * time.Millisecond // between two deliveries at least; doubled while nothing comes of it
)

// deliver sends what is due, and tries again for a while what was not taken. Each notice has its
// own next time; where that is now, it pauses first.
func (p *pass) deliver(ctx context.Context) {
	defer progress.Begin(ctx, "telling", "", "").End()
	now, total := p.config.Now, &outbox.DeliverReport{}
	p.report.Delivered = total
	end := now().Add(retryFor)
	for pause := minRetryPause; ; {
		d, err := p.config.Pipeline.Deliver(ctx, outbox.DeliverOptions{Now: true, Within: max(end.Sub(now()), time.Millisecond)})
		if err != nil {
			p.report.AddError(err)
			return
		}
		addDelivery(total, d)
		wait := d.Next.Sub(now())
		if wait > 0 {
			pause = minRetryPause
		} else {
			wait, pause = pause, 2*pause
		}
		if d.Left == 0 || now().Add(wait).After(end) || !sleep(ctx, wait) {
			break
		}
	}
	if total.Left > 0 || len(total.Dead) > 0 {
		p.report.raise(StatusNotDone)
	}
}

// addDelivery brings a report up to one more delivery. A notice waits as it was last answered.
func addDelivery(total, d *outbox.DeliverReport) {
	total.Delivered = append(total.Delivered, d.Delivered...)
	total.Dead = append(total.Dead, d.Dead...)
	total.Left, total.Next = d.Left, d.Next
	answered := map[[3]string]bool{}
	of := func(n outbox.Notice) [3]string { return [3]string{n.Target, n.Channel, n.URL} }
	for _, n := range slices.Concat(d.Delivered, d.Dead, d.Waiting) {
		answered[of(n)] = true
	}
	total.Waiting = slices.DeleteFunc(total.Waiting, func(n outbox.Notice) bool { return answered[of(n)] })
	total.Waiting = append(total.Waiting, d.Waiting...)
}
