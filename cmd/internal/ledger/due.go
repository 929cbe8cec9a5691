package ledger

// Moment is when it is asked what is due. Times are milliseconds.
type Moment struct {
	Now         int64
	IgnoreDelay bool  // notify.delay is left out of account
	Longest     int64 // how long a notice waits at most for others to join it
}

// Due is a target of a channel that has something to hear.
type Due struct {
	Target, Channel string
	New             bool // notices that were never tried are due: they go out together
}

// waiting is what waits of a target and channel. New is what was never tried: it is due together, once nothing has joined
// it for notify.delay, or its oldest notice has waited the longest.
type waiting struct {
	target, channel string
	ready           int64 // how many are new and wait for others at most
	oldest, quiet   int64 // of these
	spaced          int64 // when the first of the new that wait for min_interval may go; 0: none
	tried           int64 // how many were tried
	again           int64 // when the first of these is due
}

func (w *waiting) fields() []any {
	return []any{&w.target, &w.channel, &w.ready, &w.oldest, &w.quiet, &w.spaced, &w.tried, &w.again}
}

// triedAt is when a notice that was tried is due again. One that failed later than now is due at once: the clock was set
// back, and what it waits for may be far away. $1 is now, $2 the longest wait, $3 = 1 leaves notify.delay out of account.
const triedAt = `case when answered > $1 or created > $1 then $1
	when $3 = 1 or quiet_till <= not_before or created + $2 <= not_before then not_before
	when quiet_till < created + $2 then quiet_till else created + $2 end`

// ready picks the notices that were never tried and do not wait for min_interval.
const ready = `attempts = 0 and (not_before <= $1 or created > $1)`

// waits returns what waits, by target and channel.
func (t *Tx) waits(m Moment) ([]waiting, error) {
	return list(t, (*waiting).fields, `select target, channel, sum(case when `+ready+` then 1 else 0 end),
		coalesce(min(case when `+ready+` then created end), 0), coalesce(max(case when `+ready+` then quiet_till end), 0),
		coalesce(min(case when attempts = 0 and not_before > $1 and created <= $1 then not_before end), 0),
		sum(case when attempts > 0 then 1 else 0 end), coalesce(min(case when attempts > 0 then `+triedAt+` end), 0)
		from notice where state = 'waiting' group by target, channel order by target, channel`, m.Now, m.Longest, bit(m.IgnoreDelay))
}

// newAt is when what is new and ready is due.
func (w *waiting) newAt(m Moment) int64 {
	if m.IgnoreDelay || w.oldest > m.Now { // the clock was set back
		return m.Now
	}
	return min(w.quiet, w.oldest+m.Longest)
}

// next is when the target has something to hear, whatever its pause.
func (w *waiting) next(m Moment) int64 {
	at := w.again
	if w.ready > 0 && (at == 0 || w.newAt(m) < at) {
		at = w.newAt(m)
	}
	if w.spaced > 0 && (at == 0 || w.spaced < at) {
		at = w.spaced
	}
	return at
}

// DueTargets returns the targets that have something to hear at m, in order. One that asked to be left alone, or that failed,
// has nothing to hear before its pause ends.
func (t *Tx) DueTargets(m Moment) (all []Due, err error) {
	err = t.eachWaiting(m, func(w waiting, pause int64) {
		if pause <= m.Now && w.next(m) <= m.Now {
			all = append(all, Due{w.target, w.channel, w.ready > 0 && w.newAt(m) <= m.Now})
		}
	})
	return all, err
}

// NextNotice is when a target next has something to hear; 0: nothing waits.
func (t *Tx) NextNotice(m Moment) (next int64, err error) {
	err = t.eachWaiting(m, func(w waiting, pause int64) {
		if at := max(pause, w.next(m)); next == 0 || at < next {
			next = at
		}
	})
	return next, err
}

// eachWaiting calls f with what waits of each target, and when its pause ends.
func (t *Tx) eachWaiting(m Moment, f func(w waiting, pause int64)) error {
	all, err := t.waits(m)
	if err != nil {
		return err
	}
	for _, w := range all {
		p, _, err := t.Pause(w.target, w.channel)
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
	return t.notices(`state = 'waiting' and target = $4 and channel = $5 and (attempts > 0 and `+triedAt+` <= $1
		or $6 = 1 and `+ready+`) order by url limit $7`,
		m.Now, m.Longest, bit(m.IgnoreDelay), d.Target, d.Channel, bit(d.New), limit)
}

// NoticesLeft counts the waiting notices that were tried, or whose time has come; the others wait
// for min_interval, or for notify.delay unless that is ignored.
func (t *Tx) NoticesLeft(m Moment) (left int64, err error) {
	all, err := t.waits(m)
	for _, w := range all {
		left += w.tried
		if w.ready > 0 && w.newAt(m) <= m.Now {
			left += w.ready
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

var pauseTable = newTable("pause", 2, "target, channel, since, until, failures", func(p *Pause) []any {
	return []any{&p.Target, &p.Channel, &p.Since, &p.Until, &p.Failures}
})

// Pause returns the pause of a target; false where it answered well last.
func (t *Tx) Pause(target, channel string) (Pause, bool, error) {
	return pauseTable.found(t, "where target = $1 and channel = $2", target, channel)
}

// PutPause writes a target's pause in the place of the one before.
func (t *Tx) PutPause(p *Pause) error { return pauseTable.put(t, p) }

// EndPause forgets a target's pause.
func (t *Tx) EndPause(target, channel string) error {
	return t.exec("delete from pause where target = $1 and channel = $2", target, channel)
}
