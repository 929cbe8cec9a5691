package ledger_test

import (
	"reflect"
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/notice"
)

func newNotice(url string, change func(*notice.Notice)) *notice.Notice {
	n := &notice.Notice{Target: "https://engine.example/", URL: url, Channel: notice.ChannelURL, State: notice.Waiting}
	if change != nil {
		change(n)
	}
	return n
}

func putNotices(t *testing.T, l *ledger.Ledger, notices ...*notice.Notice) {
	t.Helper()
	write(t, l, func(tx *ledger.Tx) error {
		for _, n := range notices {
			if err := tx.Notices().Put(n); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestNoticeIsReadAsItWasWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		n := &notice.Notice{
			Target: "https://허브.example/", URL: odd, Channel: notice.ChannelTopic, Removed: true, Edition: 1, Created: 2, QuietTill: 3, NotBefore: 4,
			Attempts: 5, State: notice.Dead, Status: 422, Detail: "까닭", Sent: 6, Answered: 7,
		}
		older := newNotice(odd, func(o *notice.Notice) { o.Target, o.Channel = n.Target, n.Channel })
		putNotices(t, l, older, n) // the newer takes the older's place
		got := get(t, l, func(tx *ledger.Tx) (*notice.Notice, error) { return tx.Notices().Get(n.Target, n.Channel, odd) })
		if !reflect.DeepEqual(got, n) {
			t.Errorf("got  %+v\nwant %+v", got, n)
		}
		if got := get(t, l, func(tx *ledger.Tx) (*notice.Notice, error) { return tx.Notices().Get("x", n.Channel, odd) }); got != nil {
			t.Errorf("a notice out of nothing: %+v", got)
		}
		putNotices(t, l, newNotice(odd, nil))
		if of := get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) { return tx.Notices().Of(odd) }); len(of) != 2 || of[0].Target != "https://engine.example/" {
			t.Errorf("of the URL: %+v", of)
		}
	})
}

// One target may be told of a URL and of a topic that have one address: neither takes the other's place.
func TestNoticesOfTwoChannelsStandBesideEachOther(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		const feed = "https://news.example.org/feed.xml"
		url := newNotice(feed, func(n *notice.Notice) { n.Edition, n.Status = 1, 200 })
		topic := newNotice(feed, func(n *notice.Notice) { n.Channel, n.Edition, n.Status = notice.ChannelTopic, 2, 503 })
		putNotices(t, l, url, topic)
		for _, want := range []*notice.Notice{url, topic} {
			got := get(t, l, func(tx *ledger.Tx) (*notice.Notice, error) { return tx.Notices().Get(want.Target, want.Channel, feed) })
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %+v, want %+v", want.Channel, got, want)
			}
		}
		all := []*notice.Notice{topic, url} // by channel
		if got := get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) { return tx.Notices().Of(feed) }); !reflect.DeepEqual(got, all) {
			t.Errorf("of the address: got %+v, want %+v", got, all)
		}
		due := get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) { return dueOf(tx, notice.Moment{Now: 10}, 10) })
		if !reflect.DeepEqual(due, all) {
			t.Errorf("due: got %+v, want %+v", due, all)
		}
		url.State = notice.Done
		putNotices(t, l, url)
		if left := get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) { return tx.Notices().In(notice.Waiting, 10) }); !reflect.DeepEqual(left, all[:1]) {
			t.Errorf("waiting: got %+v, want %+v", left, all[:1])
		}
	})
}

// A clock that was set back keeps no notice waiting for the time that it showed before.
func TestNoticesOfAnotherClockAreDue(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		putNotices(t, l,
			newNotice("made then", func(n *notice.Notice) { n.Created, n.QuietTill, n.NotBefore = 900, 900, 950 }),
			newNotice("failed then", func(n *notice.Notice) { n.Created, n.Answered, n.NotBefore, n.Attempts = 5, 900, 950, 1 }),
			newNotice("told then, waits", func(n *notice.Notice) { n.Created, n.Answered, n.NotBefore = 5, 900, 950 }),
		)
		due := get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) { return dueOf(tx, notice.Moment{Now: 10}, 10) })
		if len(due) != 2 || due[0].URL != "failed then" || due[1].URL != "made then" {
			t.Errorf("%+v", due)
		}
	})
}

// What was never tried goes out together: once nothing has joined it for the delay (100), or its oldest has waited the longest
// (1000).
func TestNoticesInTime(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		if next := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.Notices().Next(notice.Moment{}) }); next != 0 {
			t.Errorf("next %d of nothing", next)
		}
		putNotices(t, l,
			newNotice("a-first", func(n *notice.Notice) { n.Created, n.QuietTill = 10, 110 }),
			newNotice("b-joined", func(n *notice.Notice) { n.Created, n.QuietTill = 90, 190 }),
			newNotice("c-tried", func(n *notice.Notice) { n.Created, n.QuietTill, n.NotBefore, n.Attempts = 10, 110, 400, 1 }),
			newNotice("d-spaced", func(n *notice.Notice) { n.Created, n.QuietTill, n.NotBefore = 10, 110, 500 }),
			newNotice("done", func(n *notice.Notice) { n.State = notice.Done }),
			newNotice("dead", func(n *notice.Notice) { n.State = notice.Dead }),
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
			m := notice.Moment{Now: c.now, Longest: c.longest, IgnoreDelay: c.ignoreDelay}
			var due []string
			for _, n := range get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) { return dueOf(tx, m, 10) }) {
				due = append(due, n.URL)
			}
			left := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.Notices().Left(m) })
			next := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.Notices().Next(m) })
			if !slices.Equal(due, c.due) || left != c.left || next != c.next {
				t.Errorf("%+v: got due %q, left %d, next %d, want %q, %d, %d", m, due, left, next, c.due, c.left, c.next)
			}
		}
		if one := get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) { return dueOf(tx, notice.Moment{Now: 500}, 1) }); len(one) != 1 {
			t.Errorf("%d, want one", len(one))
		}
		for state, want := range map[string]int64{notice.Waiting: 4, notice.Done: 1, notice.Dead: 1} {
			n := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.Notices().Count(state) })
			all := get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) { return tx.Notices().In(state, 10) })
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
			newNotice("old", func(n *notice.Notice) { n.Attempts, n.NotBefore = 1, 20 }),
			newNotice("new", func(n *notice.Notice) { n.Created, n.QuietTill = 30, 40 }),
			newNotice("other", func(n *notice.Notice) { n.Target, n.Created, n.QuietTill = "https://other.example/", 30, 40 }),
		)
		pause := notice.Pause{Target: "https://engine.example/", Channel: notice.ChannelURL, Since: 10, Until: 600, Failures: 3}
		write(t, l, func(tx *ledger.Tx) error { return tx.Notices().PutPause(&pause) })
		at := func(now int64, want ...string) {
			t.Helper()
			var due []string
			for _, n := range get(t, l, func(tx *ledger.Tx) ([]*notice.Notice, error) {
				return dueOf(tx, notice.Moment{Now: now, Longest: 1000}, 10)
			}) {
				due = append(due, n.URL)
			}
			if !slices.Equal(due, want) {
				t.Errorf("at %d: got %q, want %q", now, due, want)
			}
		}
		at(599, "other")
		at(600, "new", "old", "other")
		if next := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.Notices().Next(notice.Moment{Now: 45, Longest: 1000}) }); next != 40 {
			t.Errorf("next: got %d, want 40, of the other target", next)
		}
		pause.Since = 700 // as if the clock had been set back
		write(t, l, func(tx *ledger.Tx) error { return tx.Notices().PutPause(&pause) })
		at(50, "new", "old", "other")
		write(t, l, func(tx *ledger.Tx) error { return tx.Notices().EndPause(pause.Target, pause.Channel) })
		if _, found, err := getPause(t, l, pause); found || err != nil {
			t.Errorf("got a pause that had ended, %v", err)
		}
	})
}

func getPause(t *testing.T, l *ledger.Ledger, of notice.Pause) (p notice.Pause, found bool, err error) {
	t.Helper()
	err = l.Read(t.Context(), func(tx *ledger.Tx) (err error) {
		p, found, err = tx.Notices().Pause(of.Target, of.Channel)
		return err
	})
	return p, found, err
}

// dueOf returns what any target is to hear, by target.
func dueOf(tx *ledger.Tx, m notice.Moment, limit int) ([]*notice.Notice, error) {
	targets, err := tx.Notices().Targets(m)
	var all []*notice.Notice
	for _, target := range targets {
		some, err := tx.Notices().Due(target, m, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all[:min(len(all), limit)], err
}
