package ledger

import "database/sql"

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
	NotBefore            int64 // min_interval, Retry-After, backoff
	Attempts             int
	State                string
	Status               int
	Detail               string
	Sent                 int64 // last try that reached the target
	Answered             int64
}

const noticeColumns = `target, url, channel, removed, edition, created, quiet_till, not_before, attempts, state, status,
	detail, sent, answered`

func scanNotice(rows interface{ Scan(...any) error }) (*Notice, error) {
	n := new(Notice)
	var url []byte
	err := rows.Scan(&n.Target, &url, &n.Channel, &n.Removed, &n.Edition, &n.Created, &n.QuietTill, &n.NotBefore, &n.Attempts,
		&n.State, &n.Status, &n.Detail, &n.Sent, &n.Answered)
	n.URL = string(url)
	return n, err
}

// Notice returns what a target must hear, or heard, of a URL by a channel; nil if nothing.
func (t *Tx) Notice(target, channel, url string) (*Notice, error) {
	var out *Notice
	err := t.notices(func(n *Notice) { out = n }, "target = $1 and channel = $2 and url = $3", target, channel, []byte(url))
	return out, err
}

func (t *Tx) notices(f func(*Notice), where string, args ...any) error {
	return t.each("select "+noticeColumns+" from notice where "+where, args, func(rows *sql.Rows) error {
		n, err := scanNotice(rows)
		if err != nil {
			return err
		}
		f(n)
		return nil
	})
}

// PutNotice writes a notice in the place of the one that its target had of its URL by its channel.
func (t *Tx) PutNotice(n *Notice) error {
	if err := t.exec("delete from notice where target = $1 and channel = $2 and url = $3", n.Target, n.Channel, []byte(n.URL)); err != nil {
		return err
	}
	return t.exec("insert into notice ("+noticeColumns+") values ("+placeholders(1, 14)+")",
		n.Target, []byte(n.URL), n.Channel, bit(n.Removed), n.Edition, n.Created, n.QuietTill, n.NotBefore, n.Attempts, n.State, n.Status,
		n.Detail, n.Sent, n.Answered)
}

// Notices returns the notices in a state by target, channel and URL, at most limit.
func (t *Tx) Notices(state string, limit int) ([]*Notice, error) {
	var out []*Notice
	err := t.notices(func(n *Notice) { out = append(out, n) }, "state = $1 order by target, channel, url limit $2", state, limit)
	return out, err
}

// due picks the waiting notices whose time has come: $1 is now, $2 = 1 leaves notify.delay out of
// account. A notice that was made, or failed, later than now is due at once: the clock was set back,
// and what it waits for may be far away.
const due = `state = 'waiting' and (created > $1 or attempts > 0 and answered > $1 or not_before <= $1 and ($2 = 1 or quiet_till <= $1))`

// DueTargets returns the targets that have something to hear at now, in order. ignoreDelay leaves
// notify.delay out of account.
func (t *Tx) DueTargets(now int64, ignoreDelay bool) ([]string, error) {
	var out []string
	err := t.each("select distinct target from notice where "+due+" order by target", []any{now, bit(ignoreDelay)}, func(rows *sql.Rows) error {
		var target string
		err := rows.Scan(&target)
		out = append(out, target)
		return err
	})
	return out, err
}

// DueNotices returns what a target is to hear at now, by URL, at most limit.
func (t *Tx) DueNotices(target string, now int64, ignoreDelay bool, limit int) ([]*Notice, error) {
	var out []*Notice
	err := t.notices(func(n *Notice) { out = append(out, n) },
		due+" and target = $3 order by url, channel limit $4", now, bit(ignoreDelay), target, limit)
	return out, err
}

// NextNotice is when the next waiting notice is due; 0: none waits.
func (t *Tx) NextNotice(ignoreDelay bool) (int64, error) {
	return t.count(`select coalesce(min(case when $1 = 1 or not_before > quiet_till then not_before else quiet_till end), 0)
		from notice where state = 'waiting'`, bit(ignoreDelay))
}

// NoticesOf returns all notices of a URL by target and channel.
func (t *Tx) NoticesOf(url string) ([]*Notice, error) {
	var out []*Notice
	err := t.notices(func(n *Notice) { out = append(out, n) }, "url = $1 order by target, channel", []byte(url))
	return out, err
}

// NoticeCount counts the notices in a state.
func (t *Tx) NoticeCount(state string) (int64, error) {
	return t.count("select count(*) from notice where state = $1", state)
}

// NoticesLeft counts the waiting notices that were tried, or whose time has come; the others wait
// for min_interval, or for notify.delay unless that is ignored.
func (t *Tx) NoticesLeft(now int64, ignoreDelay bool) (int64, error) {
	return t.count(`select count(*) from notice where state = 'waiting'
		and (attempts > 0 or not_before <= $1 and ($2 = 1 or quiet_till <= $1))`, now, bit(ignoreDelay))
}
