package main

import (
	"context"
	"maps"
	"slices"
	"time"

	"herald/cmd/internal/edition"
	"herald/config"
)

// buildOptions are the flags of build; they also travel to the daemon.
type buildOptions struct {
	Notify bool `json:"notify,omitempty"`
	Force  bool `json:"force,omitempty"`
	Strict bool `json:"strict,omitempty"`
}

// buildReport is what one pass found and did. It travels from the daemon to the command that
// asked for it.
type buildReport struct {
	Status    int                    `json:"status"`
	First     bool                   `json:"first,omitempty"` // some source was scanned whole for the first time, and not after a loss of the state
	Sources   []*edition.ScanReport  `json:"sources,omitempty"`
	Failed    []sourceFailure        `json:"failed,omitempty"`
	Published *edition.PublishReport `json:"published,omitempty"`
	Delivered *edition.DeliverReport `json:"delivered,omitempty"`
	Errors    []string               `json:"errors,omitempty"`
	Outputs   string                 `json:"outputs"`
	Told      []string               `json:"told"` // who hears of changes
	Served    string                 `json:"served,omitempty"`
}

// sourceFailure is a source that could not be read whole; its last good articles stay.
type sourceFailure struct {
	Source string `json:"source"`
	Error  string `json:"error"`
}

// build is one pass: every source is scanned, what changed is published, notices are queued and
// with o.Notify sent.
func (h *house) build(ctx context.Context, o buildOptions) *buildReport {
	r := &buildReport{Outputs: h.config.Publish.To.Abs, Told: toldBy(h.config.Notify), Served: h.config.Serve.Listen}
	for _, s := range h.sources {
		h.scan(ctx, s.name, o.Force, r)
	}
	h.scanContested(ctx, o.Force, r)
	if ctx.Err() == nil {
		h.publish(ctx, o.Force, r)
	}
	if o.Notify && ctx.Err() == nil && !r.nothing() {
		h.deliver(ctx, r)
	}
	if err := ctx.Err(); err != nil {
		r.wentWrong(context.Cause(ctx))
	}
	if o.Strict && (r.refusedCount() > 0 || len(r.ahead()) > 0) {
		r.Status = worse(r.Status, statusNotDone)
	}
	return r
}

func (h *house) scan(ctx context.Context, source string, force bool, r *buildReport) {
	if ctx.Err() != nil {
		return
	}
	s, err := h.edition.Scan(ctx, source, edition.ScanOptions{Force: force})
	if err != nil {
		r.Failed = append(r.Failed, sourceFailure{source, err.Error()})
		r.Status = worse(r.Status, statusNotDone)
		return
	}
	r.Sources = append(r.Sources, s)
	r.First = r.First || s.First && s.Recovered == 0
	if s.Hold != nil {
		r.Status = worse(r.Status, statusHeld)
	}
}

// scanContested scans again what was refused over a URL or an id, if a later source has given some
// up: a file that moved from one source to another is not removed in between.
func (h *house) scanContested(ctx context.Context, force bool, r *buildReport) {
	first := r.Sources
	for i, s := range first {
		freed := slices.ContainsFunc(first[i+1:], func(later *edition.ScanReport) bool { return later.Removed+later.Changed > 0 })
		if !s.Contested || !freed {
			continue
		}
		r.Sources = nil
		h.scan(ctx, s.Source, force, r)
		if len(r.Sources) > 0 {
			first[i] = merged(s, r.Sources[0])
		}
		r.Sources = first
	}
}

// merged is what two scans of a source in one pass found, as one.
func merged(before, after *edition.ScanReport) *edition.ScanReport {
	after.First = after.First || before.First
	after.Added, after.Changed = after.Added+before.Added, after.Changed+before.Changed
	after.Renamed, after.Removed = after.Renamed+before.Renamed, after.Removed+before.Removed
	after.Recovered += before.Recovered
	for rule, n := range before.DatedBy {
		after.DatedBy[rule] += n
	}
	after.Warnings, after.WarningCount = before.Warnings, before.WarningCount
	after.Changes = append(before.Changes, after.Changes...)
	after.ChangeCount += before.ChangeCount
	return after
}

func (h *house) publish(ctx context.Context, force bool, r *buildReport) {
	p, err := h.edition.Publish(ctx, edition.PublishOptions{Force: force})
	r.Published = p
	if err != nil {
		r.wentWrong(err)
		return
	}
	if len(p.Holds) > 0 {
		r.Status = worse(r.Status, statusHeld)
	}
	if len(p.Failed) > 0 {
		r.Status = worse(r.Status, statusNotDone)
	}
}

func (r *buildReport) wentWrong(err error) {
	r.Errors = append(r.Errors, err.Error())
	r.Status = worse(r.Status, statusNotDone)
}

func (r *buildReport) nothing() bool {
	return slices.Contains(r.Errors, edition.ErrNothing.Error())
}

const (
	retryFor = 30 * time.Second       // how long build --notify tries again, as the operator's contract fixes it
	breath   = 100 * time.Millisecond // between two deliveries at least; doubled while nothing comes of it
)

// deliver sends what is due, and tries again for a while what was not taken. Each notice has its
// own next time; where that is now, a breath is taken first.
func (h *house) deliver(ctx context.Context, r *buildReport) {
	r.Delivered = &edition.DeliverReport{}
	end := h.app.now().Add(retryFor)
	for pause := breath; ; {
		d, err := h.edition.Deliver(ctx, edition.DeliverOptions{Now: true, Within: max(end.Sub(h.app.now()), time.Millisecond)})
		if err != nil {
			r.wentWrong(err)
			return
		}
		addDelivered(r.Delivered, d)
		wait := d.Next.Sub(h.app.now())
		if wait > 0 {
			pause = breath
		} else {
			wait, pause = pause, 2*pause
		}
		if d.Left == 0 || h.app.now().Add(wait).After(end) || !sleep(ctx, wait) {
			break
		}
	}
	if r.Delivered.Left > 0 || len(r.Delivered.Dead) > 0 {
		r.Status = worse(r.Status, statusNotDone)
	}
}

// addDelivered brings a report up to one more delivery. A notice waits as it was last answered.
func addDelivered(all, d *edition.DeliverReport) {
	all.Delivered = append(all.Delivered, d.Delivered...)
	all.Dead = append(all.Dead, d.Dead...)
	all.Left, all.Next = d.Left, d.Next
	answered := map[[2]string]bool{}
	for _, n := range slices.Concat(d.Delivered, d.Dead, d.Waiting) {
		answered[[2]string{n.Target, n.URL}] = true
	}
	all.Waiting = slices.DeleteFunc(all.Waiting, func(n edition.Notice) bool { return answered[[2]string{n.Target, n.URL}] })
	all.Waiting = append(all.Waiting, d.Waiting...)
}

// sleep waits, and reports false where ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func (r *buildReport) refused() []edition.Refusal {
	var all []edition.Refusal
	for _, s := range r.Sources {
		all = append(all, s.Refused...)
	}
	return all
}

func (r *buildReport) refusedCount() (count int64) {
	for _, s := range r.Sources {
		count += s.RefusedCount
	}
	return count
}

// ahead names articles whose date without an offset lies just ahead while no zone is set.
func (r *buildReport) ahead() []string {
	if r.Published == nil {
		return nil
	}
	return r.Published.Ahead
}

// holds gives every hold once, by number.
func (r *buildReport) holds() []edition.Hold {
	byID := map[int64]edition.Hold{}
	for _, s := range r.Sources {
		if s.Hold != nil {
			byID[s.Hold.ID] = *s.Hold
		}
	}
	if r.Published != nil {
		for _, hold := range r.Published.Holds {
			byID[hold.ID] = hold
		}
	}
	var all []edition.Hold
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		all = append(all, byID[id])
	}
	return all
}

// toldBy names who hears of changes.
func toldBy(n config.Notify) []string {
	all := []string{}
	if n.IndexNow.On {
		for _, e := range n.IndexNow.Endpoints {
			all = append(all, "IndexNow "+e)
		}
	}
	for _, hub := range n.WebSub.Hubs {
		all = append(all, "hub "+hub)
	}
	if n.DryRun && len(all) > 0 {
		all = append(all, "(dry_run: nothing is sent)")
	}
	return all
}
