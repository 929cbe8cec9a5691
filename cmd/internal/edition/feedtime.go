package edition

import "herald/cmd/internal/ledger"

// feedTimes gives feed times: whole seconds, raised until no other article of the site has them.
type feedTimes struct {
	tx   *ledger.Tx
	next [2]map[int64]int64 // base -> the first second after it that may be free
}

func newFeedTimes(tx *ledger.Tx) *feedTimes {
	return &feedTimes{tx: tx, next: [2]map[int64]int64{{}, {}}}
}

// free gives the first second from ms on that no article has, for publication or for change.
func (t *feedTimes) free(updated bool, ms int64) (int64, error) {
	base := ms - ms%1000
	next := t.next[0]
	if updated {
		next = t.next[1]
	}
	at := base
	if n, ok := next[base]; ok {
		at = n
	}
	for {
		taken, err := t.tx.FeedTimeTaken(updated, at)
		if err != nil {
			return 0, err
		}
		if !taken {
			if at != base {
				next[base] = at + 1000
			}
			return at, nil
		}
		at += 1000
	}
}

// give sets the feed times of a public row. The one of publication never moves; the one of change
// moves forward whenever the row's own moves, even by a clock that was set back.
func (t *feedTimes) give(old, row *ledger.Article) (err error) {
	if row.FeedPublished == 0 {
		if row.FeedPublished, err = t.free(false, row.Published); err != nil {
			return err
		}
	}
	moved := old != nil && old.FeedUpdated != 0 && row.Updated != old.Updated
	if row.FeedUpdated != 0 && !moved {
		return nil
	}
	row.FeedUpdated, err = t.free(true, max(row.Updated, row.FeedPublished, row.FeedUpdated))
	return err
}

// recovered takes over the feed times that a standing document showed, where they are free.
func (t *feedTimes) recovered(row *ledger.Article, rec ledger.Recovered) error {
	for updated, at := range map[bool]*int64{false: &row.FeedPublished, true: &row.FeedUpdated} {
		shown := rec.FeedPublished
		if updated {
			shown = rec.FeedUpdated
		}
		taken, err := t.tx.FeedTimeTaken(updated, shown)
		if err != nil {
			return err
		}
		if shown != 0 && !taken {
			*at = shown
		}
	}
	return nil
}
