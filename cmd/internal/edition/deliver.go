package edition

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
)

const (
	submitAtMost = 10_000             // URLs of one request (IndexNow)
	giveUpAfter  = 7 * 24 * time.Hour // of trying
)

// Deliver sends each notice that is due, once, and writes down what its target answered. What is
// not delivered is due again later: by Retry-After, else twice as late each time, up to an hour.
//
// Targets are told beside each other, so that one that hangs keeps no other waiting. Deliver may be
// called while it runs: a target that is being told is then left to the call that tells it.
func (e *Edition) Deliver(ctx context.Context, o DeliverOptions) (*DeliverReport, error) {
	d := &delivery{Edition: e, requests: ctx, report: &DeliverReport{}}
	if o.Within > 0 {
		var cancel context.CancelFunc
		d.requests, cancel = context.WithTimeout(ctx, o.Within)
		defer cancel()
	}
	var due []string
	err := e.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		due, err = tx.DueTargets(ledger.Millis(e.Now()), o.Now)
		return err
	})
	if err != nil {
		return d.report, err
	}
	var group errgroup.Group
	for _, target := range due {
		if e.occupy(target) {
			group.Go(func() error {
				defer e.vacate(target)
				return d.tell(ctx, target, o.Now)
			})
		}
	}
	if err := group.Wait(); err != nil {
		return d.report, err
	}
	return d.report, d.sum(ctx, o)
}

// delivery is one run of Deliver.
type delivery struct {
	*Edition
	requests context.Context // of requests; of the ledger's transactions it is Deliver's own

	mu     sync.Mutex // guards report
	report *DeliverReport

	site    sync.Once
	siteErr error // why the public does not see the default feed or the key
}

// occupy claims a target for one delivery; false where another has it.
func (e *Edition) occupy(target string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.busy[target] {
		return false
	}
	e.busy[target] = true
	return true
}

func (e *Edition) vacate(target string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.busy, target)
}

// tell reads what a target must hear, now that nobody else tells it, and delivers it.
func (d *delivery) tell(ctx context.Context, target string, ignoreDelay bool) error {
	var due []*ledger.Notice
	err := d.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		due, err = tx.DueNotices(target, ledger.Millis(d.Now()), ignoreDelay, submitAtMost)
		return err
	})
	if err != nil || len(due) == 0 {
		return err
	}
	return d.target(ctx, due)
}

// target delivers to one target what it must hear.
func (d *delivery) target(ctx context.Context, notices []*ledger.Notice) error {
	target := notices[0].Target
	channel := ledger.ChannelURL
	switch {
	case slices.Contains(d.Notify.IndexNow, target):
	case slices.Contains(d.Notify.Hubs, target):
		channel = ledger.ChannelTopic
	default:
		return d.settle(ctx, notices, notify.Answer{Outcome: notify.Refused, Detail: "this target is no longer in the config"})
	}
	if d.Notify.DryRun {
		return d.settle(ctx, notices, notify.Answer{Outcome: notify.Delivered, Detail: "dry run: nothing was sent"})
	}
	var ready []*ledger.Notice
	for _, n := range notices {
		switch {
		case n.Channel != channel:
			if err := d.settle(ctx, []*ledger.Notice{n}, notify.Answer{Outcome: notify.Refused, Detail: "this target is no longer told of " + n.Channel + "s"}); err != nil {
				return err
			}
		case !d.own(n.URL):
			if err := d.settle(ctx, []*ledger.Notice{n}, notify.Answer{Outcome: notify.Refused, Detail: "this URL is not the site's"}); err != nil {
				return err
			}
		default:
			ready = append(ready, n)
		}
	}
	ready, err := d.verify(ctx, ready)
	if err != nil || len(ready) == 0 {
		return err
	}
	answer, err := d.send(ctx, target, channel, ready)
	if err != nil {
		return err
	}
	if (answer.Status == 422 || answer.Status == 0 && answer.Outcome == notify.Refused) && len(ready) > 1 {
		return d.oneByOne(ctx, target, channel, ready)
	}
	return d.settle(ctx, ready, answer)
}

// oneByOne finds out which of several URLs is refused.
func (d *delivery) oneByOne(ctx context.Context, target, channel string, notices []*ledger.Notice) error {
	for _, n := range notices {
		one := []*ledger.Notice{n}
		answer, err := d.send(ctx, target, channel, one)
		if err != nil {
			return err
		}
		if err := d.settle(ctx, one, answer); err != nil {
			return err
		}
		if answer.Outcome == notify.Retry {
			return nil // it has had enough; the others are still due
		}
	}
	return nil
}

// own reports whether a URL is the site's: nothing leaves for another host.
func (d *delivery) own(url string) bool {
	_, err := d.Site.URL.Join(url)
	return err == nil
}

// send makes one request. An error is one of ours or the end of the context; what the request
// itself is refused for is an answer.
func (d *delivery) send(ctx context.Context, target, channel string, notices []*ledger.Notice) (notify.Answer, error) {
	urls := make([]string, len(notices))
	for i, n := range notices {
		urls[i] = n.URL
	}
	answer, err := d.request(target, channel, urls)
	if err != nil && answer.Outcome == notify.Refused {
		answer.Detail = err.Error()
		return answer, nil
	}
	return answer, err
}

func (d *delivery) request(target, channel string, urls []string) (notify.Answer, error) {
	ctx := d.requests
	if channel == ledger.ChannelTopic {
		return (&notify.WebSub{Client: d.Client, Hub: target, Agent: d.UserAgent, Now: d.Now}).Publish(ctx, urls)
	}
	key, err := d.key(ctx)
	if err != nil {
		return notify.Answer{}, err
	}
	location, err := d.Site.URL.Join("/" + key + ".txt")
	if err != nil {
		return notify.Answer{}, err
	}
	client := &notify.IndexNow{
		Client: d.Client, Endpoint: target, Host: d.Site.URL.Host(), Key: key, KeyLocation: location, Agent: d.UserAgent, Now: d.Now,
	}
	return client.Submit(ctx, urls)
}

// key is the site's IndexNow key.
func (d *delivery) key(ctx context.Context) (key string, err error) {
	err = d.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		key, err = tx.Meta(metaKey)
		return err
	})
	return key, err
}

// settle writes down one answer for each notice, unless a newer notice has taken its place while
// the request was under way.
func (d *delivery) settle(ctx context.Context, notices []*ledger.Notice, a notify.Answer) error {
	now := ledger.Millis(d.Now())
	return d.Ledger.Write(context.WithoutCancel(ctx), func(tx *ledger.Tx) error {
		for _, n := range notices {
			current, err := tx.Notice(n.Target, n.Channel, n.URL)
			if err != nil {
				return err
			}
			newer := current == nil || current.Edition != n.Edition || current.Removed != n.Removed || current.QuietTill != n.QuietTill
			d.answer(n, a, now)
			if newer {
				if current == nil || a.Outcome != notify.Delivered {
					continue
				}
				current.Sent, current.Status, current.Detail, current.Answered = n.Sent, n.Status, n.Detail, n.Answered
				current.NotBefore = max(current.NotBefore, now+d.Notify.MinInterval.Milliseconds())
				n = current
			}
			if err := tx.PutNotice(n); err != nil {
				return err
			}
		}
		return nil
	})
}

// answer brings a notice up to an answer.
func (d *delivery) answer(n *ledger.Notice, a notify.Answer, now int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n.Attempts++
	n.Status, n.Detail, n.Answered = a.Status, a.Detail, now
	n.Created, n.QuietTill = min(n.Created, now), min(n.QuietTill, now) // where the clock was set back
	switch {
	case a.Outcome == notify.Delivered:
		n.State = ledger.Done
		if !d.Notify.DryRun {
			n.Sent = now
		}
		d.report.Delivered = append(d.report.Delivered, noticeOf(n))
	case a.Outcome != notify.Retry, now-n.Created > giveUpAfter.Milliseconds():
		n.State = ledger.Dead
		d.report.Dead = append(d.report.Dead, noticeOf(n))
	default:
		n.NotBefore = now + max(a.RetryAfter, notify.Backoff(n.Attempts)).Milliseconds()
		if a.RetryAfter > 0 && a.Status != 0 {
			n.NotBefore = now + a.RetryAfter.Milliseconds()
		}
		d.report.Waiting = append(d.report.Waiting, noticeOf(n))
	}
}

// sum fills in what is left to do.
func (d *delivery) sum(ctx context.Context, o DeliverOptions) error {
	return d.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		next, err := tx.NextNotice(o.Now)
		if err != nil {
			return err
		}
		d.report.Next = ledger.Time(next)
		left, err := tx.NoticesLeft(ledger.Millis(d.Now()), o.Now)
		d.report.Left = int(left)
		return err
	})
}
