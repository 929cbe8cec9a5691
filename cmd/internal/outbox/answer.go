package outbox

import (
	"context"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
)

// giveUpAfter is how long a notice is tried before it is dead.
const giveUpAfter = 7 * 24 * time.Hour

// record writes down one answer for each notice, unless a newer notice has taken its place while
// the request was under way.
func (d *delivery) record(ctx context.Context, notices []*ledger.Notice, a notify.Answer) error {
	now := ledger.Millis(d.outbox.config.Now())
	return d.outbox.config.Ledger.Write(context.WithoutCancel(ctx), func(tx *ledger.Tx) error {
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
				current.NotBefore = max(current.NotBefore, now+d.outbox.config.MinInterval.Milliseconds())
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
		if !d.outbox.config.DryRun {
			n.Sent = now
		}
		d.report.Delivered = append(d.report.Delivered, NoticeOf(n))
	case a.Outcome != notify.Retry, now-n.Created > giveUpAfter.Milliseconds():
		n.State = ledger.Dead
		d.report.Dead = append(d.report.Dead, NoticeOf(n))
	default:
		n.NotBefore = now + max(a.RetryAfter, notify.Backoff(n.Attempts)).Milliseconds()
		if a.RetryAfter > 0 && a.Status != 0 {
			n.NotBefore = now + a.RetryAfter.Milliseconds()
		}
		d.report.Waiting = append(d.report.Waiting, NoticeOf(n))
	}
}
