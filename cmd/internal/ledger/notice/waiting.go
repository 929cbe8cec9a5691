package notice

// Moment is when it is asked what is due. Times are milliseconds.
type Moment struct {
	Now         int64
	IgnoreDelay bool  // notify.delay is left out of account
	Longest     int64 // how long a notice waits at most for others to join it
}

// waiting is what waits of a target and channel. New is what was never tried: it is due together, once nothing has joined
// it for notify.delay, or its oldest notice has waited the longest.
type waiting struct {
	Target, Channel string
	Count           int64 // of all that waits
	Ready           int64 // how many are new and wait for others at most
	Oldest, Quiet   int64 // of these
	Spaced          int64 // when the first of the new that wait for min_interval may go; 0: none
	Tried           int64 // how many were tried
	Again           int64 // when the first of these is due
}

// fields are where the columns of a row go, in this order.
func (w *waiting) fields() []any {
	return []any{&w.Target, &w.Channel, &w.Count, &w.Ready, &w.Oldest, &w.Quiet, &w.Spaced, &w.Tried, &w.Again}
}

// triedAt is when a notice that was tried is due again. One that failed later than now is due at once: the clock was set
// back, and what it waits for may be far away. $1 is now, $2 the longest wait, $3 = 1 leaves notify.delay out of account.
const triedAt = `case when answered > $1 or created > $1 then $1
	when $3 = 1 or quiet_till <= not_before or created + $2 <= not_before then not_before
	when quiet_till < created + $2 then quiet_till else created + $2 end`

// ready picks the notices that were never tried and do not wait for min_interval.
const ready = `attempts = 0 and (not_before <= $1 or created > $1)`

// newAt is when what is new and ready is due.
func (w *waiting) newAt(m Moment) int64 {
	if m.IgnoreDelay || w.Oldest > m.Now { // the clock was set back
		return m.Now
	}
	return min(w.Quiet, w.Oldest+m.Longest)
}

// next is when the target has something to hear, whatever its pause.
func (w *waiting) next(m Moment) int64 {
	at := w.Again
	if w.Ready > 0 && (at == 0 || w.newAt(m) < at) {
		at = w.newAt(m)
	}
	if w.Spaced > 0 && (at == 0 || w.Spaced < at) {
		at = w.Spaced
	}
	return at
}
