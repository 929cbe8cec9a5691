package notice

import "herald/cmd/internal/ledger/records"

// Pause is how long a target of a channel is left alone: what it asked for, or what its failures bring. Times are
// milliseconds.
type Pause struct {
	Target, Channel string
	Since, Until    int64
	Failures        int // one after another
}

var pauses = records.New("pause", 2, "target, channel, since, until, failures", func(p *Pause) []any {
	return []any{&p.Target, &p.Channel, &p.Since, &p.Until, &p.Failures}
})

// Pause returns the pause of a target; false where it answered well last.
func (t Table) Pause(target, channel string) (Pause, bool, error) {
	return pauses.Found(t.conn, "where target = $1 and channel = $2", target, channel)
}

// PutPause writes a target's pause in the place of the one before.
func (t Table) PutPause(p *Pause) error { return pauses.Put(t.conn, p) }

// EndPause forgets a target's pause.
func (t Table) EndPause(target, channel string) error {
	return t.conn.Exec("delete from pause where target = $1 and channel = $2", target, channel)
}
