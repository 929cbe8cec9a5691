package ledger

import "herald/cmd/internal/ledger/records"

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

var noticeTable = records.New("notice", 3, `target, channel, url, removed, edition, created, quiet_till, not_before, attempts, state, status,
	detail, sent, answered`, func(n *Notice) []any {
	return []any{
		&n.Target, &n.Channel, (*blob)(&n.URL), &n.Removed, &n.Edition, &n.Created, &n.QuietTill, &n.NotBefore, &n.Attempts, &n.State,
		&n.Status, &n.Detail, &n.Sent, &n.Answered,
	}
})

// Notice returns what a target must hear, or heard, of a URL by a channel; nil if nothing.
func (t *Tx) Notice(target, channel, url string) (*Notice, error) {
	return noticeTable.One(t.conn, "where target = $1 and channel = $2 and url = $3", target, channel, []byte(url))
}

func (t *Tx) notices(which string, args ...any) (out []*Notice, err error) {
	err = noticeTable.Each(t.conn, func(n *Notice) error { out = append(out, n); return nil }, "where "+which, args...)
	return out, err
}

// PutNotice writes a notice in the place of the one that its target had of its URL by its channel.
func (t *Tx) PutNotice(n *Notice) error { return noticeTable.Put(t.conn, n) }

// Notices returns the notices in a state by target, channel and URL, at most limit.
func (t *Tx) Notices(state string, limit int) ([]*Notice, error) {
	return t.notices("state = $1 order by target, channel, url limit $2", state, limit)
}

// NoticesOf returns all notices of a URL by target and channel.
func (t *Tx) NoticesOf(url string) ([]*Notice, error) {
	return t.notices("url = $1 order by target, channel", []byte(url))
}

// NoticeCount counts the notices in a state.
func (t *Tx) NoticeCount(state string) (int64, error) {
	return t.count("select count(*) from notice where state = $1", state)
}
