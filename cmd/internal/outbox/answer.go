package outbox

import (
	"context"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/notify"
)

// giveUpAfter is how long a notice is tried before it is dead.
const giveUpAfter = 7 * 24 * time.Hour

// record writes down one answer for each notice, unless a newer notice has taken its place while
// the request was under way, and how long the target is left alone now. target is nil where nobody was asked.
func (d *delivery) record(ctx context.Context, target notify.Target, notices []*notice.Notice, a notify.Answer) error {
	defer d.counted.Add(int64(len(notices)))
	now := ledger.Millis(d.outbox.config.Now())
	return d.outbox.config.Ledger.Write(context.WithoutCancel(ctx), func(tx *ledger.Tx) error {
		var wait time.Duration // 0: each notice has its own
		if target != nil {
			var err error
			if wait, err = pause(tx, target, a, now); err != nil {
				return err
			}
		}
		for _, n := range notices {
			current, err := tx.Notices().Get(n.Target, n.Channel, n.URL)
			if err != nil {
				return err
			}
			newer := current == nil || current.Edition != n.Edition || current.Removed != n.Removed || current.QuietTill != n.QuietTill
			d.answer(n, a, now, wait)
			if newer {
				if current == nil || a.Outcome != notify.Delivered {
					continue
				}
				current.Sent, current.Status, current.Detail, current.Answered = n.Sent, n.Status, n.Detail, n.Answered
				current.NotBefore = max(current.NotBefore, now+d.outbox.config.MinInterval.Milliseconds())
				n = current
			}
			if err := tx.Notices().Put(n); err != nil {
				return err
			}
		}
		return nil
	})
}

// pause notes and returns how long a target is left alone after an answer: as long as it asked for, else twice as long after
// each failure, up to an hour.
func pause(tx *ledger.Tx, target notify.Target, a notify.Answer, now int64) (time.Duration, error) {
	name, channel := target.Name(), string(target.Channel())
	if a.Outcome != notify.Retry {
		return 0, tx.Notices().EndPause(name, channel)
	}
	p, _, err := tx.Notices().Pause(name, channel)
	if err != nil {
		return 0, err
	}
	p = notice.Pause{Target: name, Channel: channel, Since: now, Failures: p.Failures + 1}
	wait := notify.Backoff(p.Failures)
	if a.RetryAfter > 0 && (a.Status != 0 || a.RetryAfter > wait) {
		wait = a.RetryAfter
	}
	p.Until = now + wait.Milliseconds()
	return wait, tx.Notices().PutPause(&p)
}

// answer brings a notice up to an answer. wait is how long its target is left alone; 0: the notice has its own time.
func (d *delivery) answer(n *notice.Notice, a notify.Answer, now int64, wait time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n.Attempts++
	n.Status, n.Detail, n.Answered = a.Status, a.Detail, now
	n.Created, n.QuietTill = min(n.Created, now), min(n.QuietTill, now) // where the clock was set back
	switch {
	case a.Outcome == notify.Delivered:
		n.State = notice.Done
		if !d.outbox.config.DryRun {
			n.Sent = now
		}
		d.report.Delivered = append(d.report.Delivered, NoticeOf(n))
	case a.Outcome != notify.Retry, now-n.Created > giveUpAfter.Milliseconds():
		n.State = notice.Dead
		d.report.Dead = append(d.report.Dead, NoticeOf(n))
	default:
		if wait == 0 {
			wait = max(a.RetryAfter, notify.Backoff(n.Attempts))
		}
		n.NotBefore = now + wait.Milliseconds()
		d.report.Waiting = append(d.report.Waiting, NoticeOf(n))
	}
}
