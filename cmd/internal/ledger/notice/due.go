package notice

import (
	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
)

// Due is a target of a channel that has something to hear.
type Due struct {
	Target, Channel string
	New             bool // notices that were never tried are due: they go out together
}

// waits returns what waits, by target and channel.
func (t Table) waits(m Moment) ([]waiting, error) {
	return records.List(t.conn, (*waiting).fields, `select target, channel, count(*), sum(case when `+ready+` then 1 else 0 end),
		coalesce(min(case when `+ready+` then created end), 0), coalesce(max(case when `+ready+` then quiet_till end), 0),
		coalesce(min(case when attempts = 0 and not_before > $1 and created <= $1 then not_before end), 0),
		sum(case when attempts > 0 then 1 else 0 end), coalesce(min(case when attempts > 0 then `+triedAt+` end), 0)
		from notice where state = 'waiting' group by target, channel order by target, channel`, m.Now, m.Longest, sqlform.Bit(m.IgnoreDelay))
}

// Targets returns the targets that have something to hear at m, in order. One that asked to be left alone, or that failed,
// has nothing to hear before its pause ends.
func (t Table) Targets(m Moment) (all []Due, err error) {
	err = t.eachWaiting(m, func(w waiting, pause int64) {
		if pause <= m.Now && w.next(m) <= m.Now {
			all = append(all, Due{w.Target, w.Channel, w.Ready > 0 && w.newAt(m) <= m.Now})
		}
	})
	return all, err
}

// Next is when a target next has something to hear; 0: nothing waits.
func (t Table) Next(m Moment) (next int64, err error) {
	err = t.eachWaiting(m, func(w waiting, pause int64) {
		if at := max(pause, w.next(m)); next == 0 || at < next {
			next = at
		}
	})
	return next, err
}

// Outstanding calls f with how many notices wait for each target and channel, and when it next has something to hear.
func (t Table) Outstanding(m Moment, f func(target, channel string, count, next int64)) error {
	return t.eachWaiting(m, func(w waiting, pause int64) { f(w.Target, w.Channel, w.Count, max(pause, w.next(m))) })
}

// eachWaiting calls f with what waits of each target, and when its pause ends.
func (t Table) eachWaiting(m Moment, f func(w waiting, pause int64)) error {
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

// Due returns what a target is to hear at m, by URL, at most limit.
func (t Table) Due(d Due, m Moment, limit int) ([]*Notice, error) {
	return t.list(`state = 'waiting' and target = $4 and channel = $5 and (attempts > 0 and `+triedAt+` <= $1
		or $6 = 1 and `+ready+`) order by url limit $7`,
		m.Now, m.Longest, sqlform.Bit(m.IgnoreDelay), d.Target, d.Channel, sqlform.Bit(d.New), limit)
}

// Left counts the waiting notices that were tried, or whose time has come; the others wait
// for min_interval, or for notify.delay unless that is ignored.
func (t Table) Left(m Moment) (left int64, err error) {
	all, err := t.waits(m)
	for _, w := range all {
		left += w.Tried
		if w.Ready > 0 && w.newAt(m) <= m.Now {
			left += w.Ready
		}
	}
	return left, err
}
