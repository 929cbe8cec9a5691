package outbox

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
)

// readAtMost bounds the notices of one target that one delivery looks at.
const readAtMost = 10_000

// Deliver sends each notice that is due, once, and writes down what its target answered. What is
// not delivered is due again later: by Retry-After, else twice as late each time, up to an hour.
//
// Targets are told beside each other, so that one that hangs keeps no other waiting. Deliver may be
// called while it runs: a target that is being told is then left to the call that tells it.
func (o *Outbox) Deliver(ctx context.Context, options DeliverOptions) (*DeliverReport, error) {
	d := &delivery{outbox: o, requests: ctx, report: &DeliverReport{}}
	if options.Within > 0 {
		var cancel context.CancelFunc
		d.requests, cancel = context.WithTimeout(ctx, options.Within)
		defer cancel()
	}
	var due []string
	err := o.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		due, err = tx.DueTargets(ledger.Millis(o.config.Now()), options.Now)
		return err
	})
	if err != nil {
		return d.report, err
	}
	var group errgroup.Group
	for _, target := range due {
		if o.occupy(target) {
			group.Go(func() error {
				defer o.vacate(target)
				return d.deliverDue(ctx, target, options.Now)
			})
		}
	}
	if err := group.Wait(); err != nil {
		return d.report, err
	}
	return d.report, d.sum(ctx, options.Now)
}

// delivery is one run of Deliver.
type delivery struct {
	outbox   *Outbox
	requests context.Context // of requests; of the ledger's transactions it is Deliver's own

	mu     sync.Mutex // guards report
	report *DeliverReport

	feedOnce sync.Once
	feedErr  error // why the public does not see the feed that stands for the site
}

// occupy claims a target for one delivery; false where another has it.
func (o *Outbox) occupy(target string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.busy[target] {
		return false
	}
	o.busy[target] = true
	return true
}

func (o *Outbox) vacate(target string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.busy, target)
}

// deliverDue reads what a target must hear, now that nobody else tells it, and delivers it.
func (d *delivery) deliverDue(ctx context.Context, name string, ignoreDelay bool) error {
	var due []*ledger.Notice
	err := d.outbox.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		due, err = tx.DueNotices(name, ledger.Millis(d.outbox.config.Now()), ignoreDelay, readAtMost)
		return err
	})
	if err != nil {
		return err
	}
	// A target of two channels is two targets of one name.
	for _, channel := range []notify.Channel{notify.URLs, notify.Topics} {
		var some []*ledger.Notice
		for _, n := range due {
			if n.Channel == string(channel) {
				some = append(some, n)
			}
		}
		if len(some) == 0 {
			continue
		}
		if err := d.deliver(ctx, d.outbox.target(name, channel), some); err != nil {
			return err
		}
	}
	return nil
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
func (d *delivery) deliver(ctx context.Context, target notify.Target, notices []*ledger.Notice) error {
	refused := func(why string, notices ...*ledger.Notice) error {
		return d.record(ctx, notices, notify.Answer{Outcome: notify.Refused, Detail: why})
	}
	if target == nil {
		return refused(d.outbox.whyUnknown(notices[0]), notices...)
	}
	if d.outbox.config.DryRun {
		return d.record(ctx, notices, notify.Answer{Outcome: notify.Delivered, Detail: "dry run: nothing was sent"})
	}
	var ready []*ledger.Notice
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
func (o *Outbox) whyUnknown(n *ledger.Notice) string {
	if slices.ContainsFunc(o.config.Targets, func(t notify.Target) bool { return t.Name() == n.Target }) {
		return "this target is no longer told of " + n.Channel + "s"
	}
	return "this target is no longer in the config"
}

// batch makes one request of several notices; where it is refused, one request of each, to find out which one it
// is refused for. It returns the last answer.
func (d *delivery) batch(ctx context.Context, target notify.Target, notices []*ledger.Notice) (notify.Answer, error) {
	answer, err := d.send(target, notices)
	if err != nil {
		return answer, err
	}
	refused := answer.Status == http.StatusUnprocessableEntity || answer.Status == 0 && answer.Outcome == notify.Refused
	if !refused || len(notices) == 1 {
		return answer, d.record(ctx, notices, answer)
	}
	for _, n := range notices {
		one := []*ledger.Notice{n}
		if answer, err = d.send(target, one); err != nil {
			return answer, err
		}
		if err := d.record(ctx, one, answer); err != nil {
			return answer, err
		}
		if answer.Outcome == notify.Retry {
			break
		}
	}
	return answer, nil
}

// own reports whether a URL is the site's: nothing leaves for another host.
func (o *Outbox) own(url string) bool {
	_, err := o.config.Site.Join(url)
	return err == nil
}

// send makes one request. An error is one of ours or the end of the context; what the request
// itself is refused for is an answer.
func (d *delivery) send(target notify.Target, notices []*ledger.Notice) (notify.Answer, error) {
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
		next, err := tx.NextNotice(ignoreDelay)
		if err != nil {
			return err
		}
		d.report.Next = ledger.Time(next)
		left, err := tx.NoticesLeft(ledger.Millis(d.outbox.config.Now()), ignoreDelay)
		d.report.Left = int(left)
		return err
	})
}
