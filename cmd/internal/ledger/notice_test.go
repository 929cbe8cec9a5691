package ledger_test

import (
	"reflect"
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
)

func notice(url string, change func(*ledger.Notice)) *ledger.Notice {
	n := &ledger.Notice{Target: "https://engine.example/", URL: url, Channel: ledger.ChannelURL, State: ledger.Waiting}
	if change != nil {
		change(n)
	}
	return n
}

func putNotices(t *testing.T, l *ledger.Ledger, notices ...*ledger.Notice) {
	t.Helper()
	write(t, l, func(tx *ledger.Tx) error {
		for _, n := range notices {
			if err := tx.PutNotice(n); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestNoticeIsReadAsItWasWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		n := &ledger.Notice{
			Target: "https://허브.example/", URL: odd, Channel: ledger.ChannelTopic, Removed: true, Edition: 1, Created: 2, QuietTill: 3, NotBefore: 4,
			Attempts: 5, State: ledger.Dead, Status: 422, Detail: "까닭", Sent: 6, Answered: 7,
		}
		older := notice(odd, func(o *ledger.Notice) { o.Target, o.Channel = n.Target, n.Channel })
		putNotices(t, l, older, n) // the newer takes the older's place
		got := get(t, l, func(tx *ledger.Tx) (*ledger.Notice, error) { return tx.Notice(n.Target, n.Channel, odd) })
		if !reflect.DeepEqual(got, n) {
			t.Errorf("got  %+v\nwant %+v", got, n)
		}
		if got := get(t, l, func(tx *ledger.Tx) (*ledger.Notice, error) { return tx.Notice("x", n.Channel, odd) }); got != nil {
			t.Errorf("a notice out of nothing: %+v", got)
		}
		putNotices(t, l, notice(odd, nil))
		if of := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return tx.NoticesOf(odd) }); len(of) != 2 || of[0].Target != "https://engine.example/" {
			t.Errorf("of the URL: %+v", of)
		}
	})
}

// One target may be told of a URL and of a topic that have one address: neither takes the other's place.
func TestNoticesOfTwoChannelsStandBesideEachOther(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		const feed = "https://news.example.org/feed.xml"
		url := notice(feed, func(n *ledger.Notice) { n.Edition, n.Status = 1, 200 })
		topic := notice(feed, func(n *ledger.Notice) { n.Channel, n.Edition, n.Status = ledger.ChannelTopic, 2, 503 })
		putNotices(t, l, url, topic)
		for _, want := range []*ledger.Notice{url, topic} {
			got := get(t, l, func(tx *ledger.Tx) (*ledger.Notice, error) { return tx.Notice(want.Target, want.Channel, feed) })
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %+v, want %+v", want.Channel, got, want)
			}
		}
		all := []*ledger.Notice{topic, url} // by channel
		if got := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return tx.NoticesOf(feed) }); !reflect.DeepEqual(got, all) {
			t.Errorf("of the address: got %+v, want %+v", got, all)
		}
		due := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return tx.DueNotices(url.Target, 10, false, 10) })
		if !reflect.DeepEqual(due, all) {
			t.Errorf("due: got %+v, want %+v", due, all)
		}
		url.State = ledger.Done
		putNotices(t, l, url)
		if left := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return tx.Notices(ledger.Waiting, 10) }); !reflect.DeepEqual(left, all[:1]) {
			t.Errorf("waiting: got %+v, want %+v", left, all[:1])
		}
	})
}

// A clock that was set back keeps no notice waiting for the time that it showed before.
func TestNoticesOfAnotherClockAreDue(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		putNotices(t, l,
			notice("made then", func(n *ledger.Notice) { n.Created, n.QuietTill, n.NotBefore = 900, 900, 950 }),
			notice("failed then", func(n *ledger.Notice) { n.Created, n.Answered, n.NotBefore, n.Attempts = 5, 900, 950, 1 }),
			notice("told then, waits", func(n *ledger.Notice) { n.Created, n.Answered, n.NotBefore = 5, 900, 950 }),
		)
		due := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return dueOf(tx, 10, false, 10) })
		if len(due) != 2 || due[0].URL != "failed then" || due[1].URL != "made then" {
			t.Errorf("%+v", due)
		}
	})
}

func TestNoticesInTime(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		if next := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.NextNotice(false) }); next != 0 {
			t.Errorf("next %d of nothing", next)
		}
		putNotices(t, l,
			notice("d-due", func(n *ledger.Notice) { n.QuietTill, n.NotBefore = 100, 50 }),
			notice("c-quiet", func(n *ledger.Notice) { n.QuietTill, n.NotBefore = 300, 60 }),
			notice("b-paused", func(n *ledger.Notice) { n.NotBefore, n.Attempts = 400, 1 }),
			notice("a-spaced", func(n *ledger.Notice) { n.NotBefore = 500 }),
			notice("done", func(n *ledger.Notice) { n.State = ledger.Done }),
			notice("dead", func(n *ledger.Notice) { n.State = ledger.Dead }),
		)
		for _, c := range []struct {
			now         int64
			ignoreDelay bool
			due         []string
			left        int64
		}{
			{99, false, nil, 1},
			{100, false, []string{"d-due"}, 2},
			{100, true, []string{"c-quiet", "d-due"}, 3},
			{500, false, []string{"a-spaced", "b-paused", "c-quiet", "d-due"}, 4},
		} {
			var due []string
			for _, n := range get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return dueOf(tx, c.now, c.ignoreDelay, 10) }) {
				due = append(due, n.URL)
			}
			left := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.NoticesLeft(c.now, c.ignoreDelay) })
			if !slices.Equal(due, c.due) || left != c.left {
				t.Errorf("at %d, %v: due %q, left %d", c.now, c.ignoreDelay, due, left)
			}
		}
		if one := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return dueOf(tx, 500, false, 1) }); len(one) != 1 {
			t.Errorf("%d, want one", len(one))
		}
		for ignoreDelay, want := range map[bool]int64{false: 100, true: 50} {
			if next := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.NextNotice(ignoreDelay) }); next != want {
				t.Errorf("next %d, want %d", next, want)
			}
		}
		for state, want := range map[string]int64{ledger.Waiting: 4, ledger.Done: 1, ledger.Dead: 1} {
			n := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.NoticeCount(state) })
			all := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return tx.Notices(state, 10) })
			if n != want || int64(len(all)) != want {
				t.Errorf("%s: %d, %d, want %d", state, n, len(all), want)
			}
		}
	})
}

// dueOf returns what any target is to hear, by target.
func dueOf(tx *ledger.Tx, now int64, ignoreDelay bool, limit int) ([]*ledger.Notice, error) {
	targets, err := tx.DueTargets(now, ignoreDelay)
	var all []*ledger.Notice
	for _, target := range targets {
		some, err := tx.DueNotices(target, now, ignoreDelay, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all[:min(len(all), limit)], err
}
