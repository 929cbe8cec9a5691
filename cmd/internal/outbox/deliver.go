package outbox

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/notify"
	"herald/cmd/internal/progress"
)

// readAtMost bounds the notices of one target that one delivery looks at.
const readAtMost = 10_000

// Deliver sends each notice that is due, once, and writes down what its target answered. What is
// not delivered is due again later: by Retry-After, else twice as late each time, up to an hour.
//
// Targets are told beside each other, so that one that hangs keeps no other waiting. Deliver may be
// called while it runs: a target that is being told is then left to the call that tells it.
func (o *Outbox) Deliver(ctx context.Context, options DeliverOptions) (*DeliverReport, error) {
	d := &delivery{outbox: o, requests: ctx, within: options.Within, report: &DeliverReport{}}
	if options.Within > 0 {
		var cancel context.CancelFunc
		d.requests, cancel = context.WithTimeout(ctx, options.Within)
		defer cancel()
	}
	m := o.moment(options.Now)
	var due []notice.Due
	err := o.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		due, err = tx.Notices().Targets(m)
		return err
	})
	if err != nil {
		return d.report, err
	}
	if len(due) > 0 {
		d.counted = progress.Begin(ctx, "telling", "", "notices")
		defer d.counted.End()
	}
	var group errgroup.Group
	for _, one := range due {
		if o.occupy(one) {
			group.Go(func() error {
				defer o.vacate(one)
				return d.deliverDue(ctx, one, m)
			})
		}
	}
	if err := group.Wait(); err != nil {
		return d.report, err
	}
	return d.report, d.sum(ctx, options.Now)
}

// longest bounds how long a notice waits for others to join it: so many delays, and never longer than maxDelay.
const (
	longestDelays = 10
	maxDelay      = 10 * time.Minute
)

// moment is now, as the ledger asks for it.
func (o *Outbox) moment(ignoreDelay bool) notice.Moment {
	longest := max(min(longestDelays*o.config.Delay, maxDelay), o.config.Delay)
	return notice.Moment{Now: ledger.Millis(o.config.Now()), IgnoreDelay: ignoreDelay, Longest: longest.Milliseconds()}
}

// delivery is one run of Deliver.
type delivery struct {
	outbox   *Outbox
	requests context.Context // of requests; of the ledger's transactions it is Deliver's own
	within   time.Duration   // for all requests; 0: no limit
	pages    sync.Map        // what each page answers, by its URL: func() (int, error)

	counted *progress.Step // notices that were read, and those that have an answer

	mu     sync.Mutex // guards report
	report *DeliverReport

	feedOnce sync.Once
	feedErr  error // why the public does not see the feed that stands for the site
}

// occupy claims a target for one delivery; false where another has it.
func (o *Outbox) occupy(d notice.Due) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	who := [2]string{d.Target, d.Channel}
	if o.busy[who] {
		return false
	}
	o.busy[who] = true
	return true
}

func (o *Outbox) vacate(d notice.Due) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.busy, [2]string{d.Target, d.Channel})
}

// deliverDue reads what a target must hear, now that nobody else tells it, and delivers it.
func (d *delivery) deliverDue(ctx context.Context, due notice.Due, m notice.Moment) error {
	var notices []*notice.Notice
	err := d.outbox.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		notices, err = tx.Notices().Due(due, m, readAtMost)
		return err
	})
	if err != nil || len(notices) == 0 {
		return err
	}
	d.counted.ExpectMore(int64(len(notices)))
	return d.deliver(ctx, d.outbox.target(due.Target, notify.Channel(due.Channel)), notices)
}

// target returns the configured target of a name and channel; nil where there is none.
func (o *Outbox) target(name string, channel notify.Channel) notify.Target {
	for _, t := range o.config.Targets {
		if t.Name() == name && t.Channel() == channel {
			return t
		}
	}
	return nil
}

// deliver tells one target what it must hear, in batches.
func (d *delivery) deliver(ctx context.Context, target notify.Target, notices []*notice.Notice) error {
	refused := func(why string, notices ...*notice.Notice) error {
		return d.record(ctx, nil, notices, notify.Answer{Outcome: notify.Refused, Detail: why})
	}
	if target == nil {
		return refused(d.outbox.whyUnknown(notices[0]), notices...)
	}
	if d.outbox.config.DryRun {
		return d.record(ctx, nil, notices, notify.Answer{Outcome: notify.Delivered, Detail: "dry run: nothing was sent"})
	}
	var ready []*notice.Notice
	for _, n := range notices {
		if !d.outbox.own(n.URL) {
			if err := refused("this URL is not the site's", n); err != nil {
				return err
			}
			continue
		}
		ready = append(ready, n)
	}
	ready, err := d.verify(ctx, target, ready)
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(ready, target.Batch()) {
		if d.requests.Err() != nil {
			return nil // no time is left; nothing was asked
		}
		answer, err := d.batch(ctx, target, batch)
		if err != nil {
			return err
		}
		if answer.Outcome == notify.Retry {
			return nil // it has had enough; what is left is still due
		}
	}
	return nil
}

// whyUnknown says why nobody is told of a notice any more.
func (o *Outbox) whyUnknown(n *notice.Notice) string {
	if slices.ContainsFunc(o.config.Targets, func(t notify.Target) bool { return t.Name() == n.Target }) {
		return "this target is no longer told of " + n.Channel + "s"
	}
	return "this target is no longer in the config"
}

// own reports whether a URL is the site's: nothing leaves for another host.
func (o *Outbox) own(url string) bool {
	_, err := o.config.Site.Join(url)
	return err == nil
}

// send makes one request. An error is one of ours or the end of the context; what the request
// itself is refused for is an answer.
func (d *delivery) send(target notify.Target, notices []*notice.Notice) (notify.Answer, error) {
	changes := make([]notify.Change, len(notices))
	for i, n := range notices {
		changes[i] = notify.Change{URL: n.URL, Removed: n.Removed}
	}
	answer, err := target.Send(d.requests, changes)
	if err != nil && answer.Outcome == notify.Refused {
		answer.Detail = err.Error()
		return answer, nil
	}
	return answer, err
}

// sum fills in what is left to do.
func (d *delivery) sum(ctx context.Context, ignoreDelay bool) error {
	return d.outbox.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		m := d.outbox.moment(ignoreDelay)
		next, err := tx.Notices().Next(m)
		if err != nil {
			return err
		}
		d.report.Next = ledger.Time(next)
		left, err := tx.Notices().Left(m)
		d.report.Left = int(left)
		return err
	})
}
