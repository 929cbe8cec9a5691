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
		due := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return dueOf(tx, ledger.Moment{Now: 10}, 10) })
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
		due := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return dueOf(tx, ledger.Moment{Now: 10}, 10) })
		if len(due) != 2 || due[0].URL != "failed then" || due[1].URL != "made then" {
			t.Errorf("%+v", due)
		}
	})
}

// What was never tried goes out together: once nothing has joined it for the delay (100), or its oldest has waited the longest
// (1000).
func TestNoticesInTime(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		if next := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.NextNotice(ledger.Moment{}) }); next != 0 {
			t.Errorf("next %d of nothing", next)
		}
		putNotices(t, l,
			notice("a-first", func(n *ledger.Notice) { n.Created, n.QuietTill = 10, 110 }),
			notice("b-joined", func(n *ledger.Notice) { n.Created, n.QuietTill = 90, 190 }),
			notice("c-tried", func(n *ledger.Notice) { n.Created, n.QuietTill, n.NotBefore, n.Attempts = 10, 110, 400, 1 }),
			notice("d-spaced", func(n *ledger.Notice) { n.Created, n.QuietTill, n.NotBefore = 10, 110, 500 }),
			notice("done", func(n *ledger.Notice) { n.State = ledger.Done }),
			notice("dead", func(n *ledger.Notice) { n.State = ledger.Dead }),
		)
		for _, c := range []struct {
			now, longest int64
			ignoreDelay  bool
			due          []string
			left, next   int64
		}{
			{189, 1000, false, nil, 1, 190},
			{190, 1000, false, []string{"a-first", "b-joined"}, 3, 190},
			{100, 1000, true, []string{"a-first", "b-joined"}, 3, 100},
			{109, 100, false, nil, 1, 110},
			{110, 100, false, []string{"a-first", "b-joined"}, 3, 110}, // the oldest has waited the longest
			{500, 1000, false, []string{"a-first", "b-joined", "c-tried", "d-spaced"}, 4, 190},
		} {
			m := ledger.Moment{Now: c.now, Longest: c.longest, IgnoreDelay: c.ignoreDelay}
			var due []string
			for _, n := range get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return dueOf(tx, m, 10) }) {
				due = append(due, n.URL)
			}
			left := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.NoticesLeft(m) })
			next := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.NextNotice(m) })
			if !slices.Equal(due, c.due) || left != c.left || next != c.next {
				t.Errorf("%+v: got due %q, left %d, next %d, want %q, %d, %d", m, due, left, next, c.due, c.left, c.next)
			}
		}
		if one := get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) { return dueOf(tx, ledger.Moment{Now: 500}, 1) }); len(one) != 1 {
			t.Errorf("%d, want one", len(one))
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

// A target that is left alone has nothing to hear, whatever joins meanwhile; others do.
func TestAPausedTargetHasNothingToHear(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		putNotices(t, l,
			notice("old", func(n *ledger.Notice) { n.Attempts, n.NotBefore = 1, 20 }),
			notice("new", func(n *ledger.Notice) { n.Created, n.QuietTill = 30, 40 }),
			notice("other", func(n *ledger.Notice) { n.Target, n.Created, n.QuietTill = "https://other.example/", 30, 40 }),
		)
		pause := ledger.Pause{Target: "https://engine.example/", Channel: ledger.ChannelURL, Since: 10, Until: 600, Failures: 3}
		write(t, l, func(tx *ledger.Tx) error { return tx.PutPause(&pause) })
		at := func(now int64, want ...string) {
			t.Helper()
			var due []string
			for _, n := range get(t, l, func(tx *ledger.Tx) ([]*ledger.Notice, error) {
				return dueOf(tx, ledger.Moment{Now: now, Longest: 1000}, 10)
			}) {
				due = append(due, n.URL)
			}
			if !slices.Equal(due, want) {
				t.Errorf("at %d: got %q, want %q", now, due, want)
			}
		}
		at(599, "other")
		at(600, "new", "old", "other")
		if next := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.NextNotice(ledger.Moment{Now: 45, Longest: 1000}) }); next != 40 {
			t.Errorf("next: got %d, want 40, of the other target", next)
		}
		pause.Since = 700 // as if the clock had been set back
		write(t, l, func(tx *ledger.Tx) error { return tx.PutPause(&pause) })
		at(50, "new", "old", "other")
		write(t, l, func(tx *ledger.Tx) error { return tx.EndPause(pause.Target, pause.Channel) })
		if _, found, err := getPause(t, l, pause); found || err != nil {
			t.Errorf("got a pause that had ended, %v", err)
		}
	})
}

func getPause(t *testing.T, l *ledger.Ledger, of ledger.Pause) (p ledger.Pause, found bool, err error) {
	t.Helper()
	err = l.Read(t.Context(), func(tx *ledger.Tx) (err error) {
		p, found, err = tx.Pause(of.Target, of.Channel)
		return err
	})
	return p, found, err
}

// dueOf returns what any target is to hear, by target.
func dueOf(tx *ledger.Tx, m ledger.Moment, limit int) ([]*ledger.Notice, error) {
	targets, err := tx.DueTargets(m)
	var all []*ledger.Notice
	for _, target := range targets {
		some, err := tx.DueNotices(target, m, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all[:min(len(all), limit)], err
}
