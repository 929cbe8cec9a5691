// Package notice keeps what targets are to hear of the site's URLs and what they answered, and states when each is due: what a
// target was never told waits until nothing has joined it for a while, what was tried until its own time.
package notice

import (
	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
)

// The states of a notice.
const (
	Waiting = "waiting"
	Done    = "done"
	Dead    = "dead"
)

// The channels that are told of different things: URLs (IndexNow), topics (hubs).
const (
	ChannelURL   = "url"
	ChannelTopic = "topic"
)

// Notice is the newest thing that a target must hear of a URL, with its last answer. Times are
// milliseconds.
type Notice struct {
	Target, URL, Channel string
	Removed              bool
	Edition              int64
	Created              int64
	QuietTill            int64 // notify.delay
	NotBefore            int64 // min_interval; later looks at what the public did not show yet
	Attempts             int
	State                string
	Status               int
	Detail               string
	Sent                 int64 // last try that reached the target
	Answered             int64
}

var notices = records.New("notice", 3, `target, channel, url, removed, edition, created, quiet_till, not_before, attempts, state, status,
	detail, sent, answered`, func(n *Notice) []any {
	return []any{
		&n.Target, &n.Channel, (*sqlform.Blob)(&n.URL), &n.Removed, &n.Edition, &n.Created, &n.QuietTill, &n.NotBefore, &n.Attempts, &n.State,
		&n.Status, &n.Detail, &n.Sent, &n.Answered,
	}
})

// Table asks and writes within one transaction. It is used by one goroutine at a time.
type Table struct{ conn *records.Conn }

// In returns the Table of a transaction.
func In(conn *records.Conn) Table { return Table{conn} }

// Get returns what a target must hear, or heard, of a URL by a channel; nil if nothing.
func (t Table) Get(target, channel, url string) (*Notice, error) {
	return notices.One(t.conn, "where target = $1 and channel = $2 and url = $3", target, channel, []byte(url))
}

func (t Table) list(which string, args ...any) (out []*Notice, err error) {
	err = notices.Each(t.conn, func(n *Notice) error { out = append(out, n); return nil }, "where "+which, args...)
	return out, err
}

// Put writes a notice in the place of the one that its target had of its URL by its channel.
func (t Table) Put(n *Notice) error { return notices.Put(t.conn, n) }

// In returns the notices in a state by target, channel and URL, at most limit.
func (t Table) In(state string, limit int) ([]*Notice, error) {
	return t.list("state = $1 order by target, channel, url limit $2", state, limit)
}

// Of returns all notices of a URL by target and channel.
func (t Table) Of(url string) ([]*Notice, error) {
	return t.list("url = $1 order by target, channel", []byte(url))
}

// Count counts the notices in a state.
func (t Table) Count(state string) (int64, error) {
	return t.conn.Count("select count(*) from notice where state = $1", state)
}
