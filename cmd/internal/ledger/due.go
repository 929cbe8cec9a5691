package ledger

import (
	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/wait"
)

// Moment is when it is asked what is due.
type Moment = wait.Moment

// Due is a target of a channel that has something to hear.
type Due struct {
	Target, Channel string
	New             bool // notices that were never tried are due: they go out together
}

// waits returns what waits, by target and channel.
func (t *Tx) waits(m Moment) ([]wait.Waiting, error) {
	return records.List(t.conn, (*wait.Waiting).Fields, `select target, channel, count(*), sum(case when `+wait.Ready+` then 1 else 0 end),
		coalesce(min(case when `+wait.Ready+` then created end), 0), coalesce(max(case when `+wait.Ready+` then quiet_till end), 0),
		coalesce(min(case when attempts = 0 and not_before > $1 and created <= $1 then not_before end), 0),
		sum(case when attempts > 0 then 1 else 0 end), coalesce(min(case when attempts > 0 then `+wait.TriedAt+` end), 0)
		from notice where state = 'waiting' group by target, channel order by target, channel`, m.Now, m.Longest, bit(m.IgnoreDelay))
}

// DueTargets returns the targets that have something to hear at m, in order. One that asked to be left alone, or that failed,
// has nothing to hear before its pause ends.
func (t *Tx) DueTargets(m Moment) (all []Due, err error) {
	err = t.eachWaiting(m, func(w wait.Waiting, pause int64) {
		if pause <= m.Now && w.Next(m) <= m.Now {
			all = append(all, Due{w.Target, w.Channel, w.Ready > 0 && w.NewAt(m) <= m.Now})
		}
	})
	return all, err
}

// NextNotice is when a target next has something to hear; 0: nothing waits.
func (t *Tx) NextNotice(m Moment) (next int64, err error) {
	err = t.eachWaiting(m, func(w wait.Waiting, pause int64) {
		if at := max(pause, w.Next(m)); next == 0 || at < next {
			next = at
		}
	})
	return next, err
}

// Outstanding calls f with how many notices wait for each target and channel, and when it next has something to hear.
func (t *Tx) Outstanding(m Moment, f func(target, channel string, count, next int64)) error {
	return t.eachWaiting(m, func(w wait.Waiting, pause int64) { f(w.Target, w.Channel, w.Count, max(pause, w.Next(m))) })
}

// eachWaiting calls f with what waits of each target, and when its pause ends.
func (t *Tx) eachWaiting(m Moment, f func(w wait.Waiting, pause int64)) error {
	all, err := t.waits(m)
	if err != nil {
		return err
	}
	for _, w := range all {
		p, _, err := t.Pause(w.Target, w.Channel)
		if err != nil {
			return err
		}
		if p.Since > m.Now { // the clock was set back
			p.Until = 0
		}
		f(w, p.Until)
	}
	return nil
}

// DueNotices returns what a target is to hear at m, by URL, at most limit.
func (t *Tx) DueNotices(d Due, m Moment, limit int) ([]*Notice, error) {
	return t.notices(`state = 'waiting' and target = $4 and channel = $5 and (attempts > 0 and `+wait.TriedAt+` <= $1
		or $6 = 1 and `+wait.Ready+`) order by url limit $7`,
		m.Now, m.Longest, bit(m.IgnoreDelay), d.Target, d.Channel, bit(d.New), limit)
}

// NoticesLeft counts the waiting notices that were tried, or whose time has come; the others wait
// for min_interval, or for notify.delay unless that is ignored.
func (t *Tx) NoticesLeft(m Moment) (left int64, err error) {
	all, err := t.waits(m)
	for _, w := range all {
		left += w.Tried
		if w.Ready > 0 && w.NewAt(m) <= m.Now {
			left += w.Ready
		}
	}
	return left, err
}

// Pause is how long a target of a channel is left alone: what it asked for, or what its failures bring. Times are
// milliseconds.
type Pause struct {
	Target, Channel string
	Since, Until    int64
	Failures        int // one after another
}

var pauseTable = records.New("pause", 2, "target, channel, since, until, failures", func(p *Pause) []any {
	return []any{&p.Target, &p.Channel, &p.Since, &p.Until, &p.Failures}
})

// Pause returns the pause of a target; false where it answered well last.
func (t *Tx) Pause(target, channel string) (Pause, bool, error) {
	return pauseTable.Found(t.conn, "where target = $1 and channel = $2", target, channel)
}

// PutPause writes a target's pause in the place of the one before.
func (t *Tx) PutPause(p *Pause) error { return pauseTable.Put(t.conn, p) }

// EndPause forgets a target's pause.
func (t *Tx) EndPause(target, channel string) error {
	return t.exec("delete from pause where target = $1 and channel = $2", target, channel)
}
