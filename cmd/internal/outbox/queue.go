package outbox

import (
	"context"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/notify"
)

// Queue notes, in the transaction that publishes an edition, that every target of a channel must hear of a change. It
// returns the notices. now is in milliseconds.
func (o *Outbox) Queue(tx *ledger.Tx, channel notify.Channel, change notify.Change, edition, now int64) ([]Notice, error) {
	var queued []Notice
	for _, target := range o.config.Targets {
		if target.Channel() != channel {
			continue
		}
		n, err := o.queue(tx, target, change, edition, now)
		if err != nil {
			return nil, err
		}
		queued = append(queued, NoticeOf(n))
	}
	return queued, nil
}

// queue puts a notice in the place of what the target was to hear, or heard, of the URL before.
func (o *Outbox) queue(tx *ledger.Tx, target notify.Target, change notify.Change, edition, now int64) (*notice.Notice, error) {
	n := &notice.Notice{
		Target: target.Name(), Channel: string(target.Channel()), URL: change.URL, Removed: change.Removed,
		Edition: edition, Created: now, State: notice.Waiting, QuietTill: ledger.Millis(o.config.Now().Add(o.config.Delay)),
	}
	before, err := tx.Notices().Get(n.Target, n.Channel, n.URL)
	if err != nil {
		return nil, err
	}
	if before != nil {
		if before.State == notice.Waiting {
			// The target fails whatever it is told: it is spared, and its notice left over, as before.
			n.Created, n.NotBefore, n.Attempts = before.Created, before.NotBefore, before.Attempts
		}
		n.Sent, n.Answered, n.Status, n.Detail = before.Sent, before.Answered, before.Status, before.Detail
		if n.Sent != 0 {
			n.NotBefore = max(n.NotBefore, min(n.Sent, now)+o.config.MinInterval.Milliseconds())
		}
	}
	return n, tx.Notices().Put(n)
}

// Queued is what waits to be told to one target.
type Queued struct {
	Target  string    `json:"target"`
	Channel string    `json:"channel"` // url or topic
	Count   int64     `json:"count"`
	Due     time.Time `json:"due"` // when the first of it is, while herald run works
}

// Outstanding returns what waits, by target and channel.
func (o *Outbox) Outstanding(ctx context.Context) (all []Queued, err error) {
	m := o.moment(false)
	err = o.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		return tx.Notices().Outstanding(m, func(target, channel string, count, next int64) {
			all = append(all, Queued{Target: target, Channel: channel, Count: count, Due: ledger.Time(next)})
		})
	})
	return all, err
}
