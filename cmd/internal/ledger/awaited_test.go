package ledger_test

import (
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
)

func TestAWaitIsReadAsItWasWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		want := ledger.Wait{Article: 7, Quiet: true, Next: 1, Asks: 2, Asked: 3, URL: "https://news.example.org/" + odd, Answer: "404를 답했다", Live: true}
		write(t, l, func(tx *ledger.Tx) error { return tx.PutWait(&want) })
		got := get(t, l, func(tx *ledger.Tx) (*ledger.Wait, error) { return tx.Wait(7) })
		if got == nil || *got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.DropWait(7) })
		if got := get(t, l, func(tx *ledger.Tx) (*ledger.Wait, error) { return tx.Wait(7) }); got != nil {
			t.Errorf("got %+v, want none", got)
		}
	})
}

// Who is no draft, not removed, not to come and not expired is asked for, in its turn.
func TestWhoIsAskedFor(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		const now = 5000
		ready, second, draft, gone, future, expired, live := row("a", 1000), row("b", 1001), row("c", 1002), row("d", 1003), row("e", now+1), row("f", 1004), row("g", 1005)
		draft.Flags, gone.RemovedAt, expired.Expires = ledger.Draft, 4, now
		all := []*ledger.Article{ready, second, draft, gone, future, expired, live}
		put(t, l, all...)
		write(t, l, func(tx *ledger.Tx) error {
			for _, a := range all {
				if err := tx.PutWait(&ledger.Wait{Article: a.ID, Next: now, Live: a == live}); err != nil {
					return err
				}
			}
			return tx.PutWait(&ledger.Wait{Article: second.ID, Next: now + 60, Asks: 3})
		})
		of := func(waits []ledger.Wait) (ids []int64) {
			for _, w := range waits {
				ids = append(ids, w.Article)
			}
			return ids
		}
		for _, c := range []struct {
			due   int64
			limit int
			want  []int64
		}{{now, 9, []int64{ready.ID}}, {now + 60, 9, []int64{ready.ID, second.ID}}, {now + 60, 1, []int64{ready.ID}}, {now - 1, 9, nil}} {
			if got := of(get(t, l, func(tx *ledger.Tx) ([]ledger.Wait, error) { return tx.ToAsk(now, c.due, c.limit) })); !slices.Equal(got, c.want) {
				t.Errorf("due by %d: got %v, want %v", c.due, got, c.want)
			}
		}
		if got := of(get(t, l, func(tx *ledger.Tx) ([]ledger.Wait, error) { return tx.Waits(now, 9) })); !slices.Equal(got, []int64{second.ID, ready.ID}) {
			t.Errorf("waiting: got %v", got)
		}
		if got := of(get(t, l, func(tx *ledger.Tx) ([]ledger.Wait, error) { return tx.Arrived() })); !slices.Equal(got, []int64{live.ID}) {
			t.Errorf("arrived: got %v", got)
		}
		read(t, l, func(tx *ledger.Tx) error {
			count, next, err := tx.Waiting(now)
			if count != 2 || next != now {
				t.Errorf("%d wait, the next until %d; want 2, %d", count, next, now)
			}
			return err
		})
	})
}

func TestMissingArticlesAreCounted(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		first, second, gone, there := row("a", 1000), row("b", 1001), row("c", 1002), row("d", 1003)
		first.MissingSince, second.MissingSince, gone.MissingSince, gone.RemovedAt = 30, 20, 10, 40
		put(t, l, first, second, gone, there)
		read(t, l, func(tx *ledger.Tx) error {
			count, since, err := tx.MissingCount("posts")
			if count != 2 || since != 20 {
				t.Errorf("got %d since %d, want 2 since 20", count, since)
			}
			return err
		})
	})
}
