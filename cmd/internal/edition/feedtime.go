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

// from gives the second that ms may be raised to, and the base that it is raised from.
func (t *feedTimes) from(updated bool, ms int64) (base, at int64) {
	base = ms - ms%1000
	if next, ok := t.of(updated)[base]; ok {
		return base, next
	}
	return base, base
}

// took remembers that a second was given, so that the next of the same base is sought after it.
func (t *feedTimes) took(updated bool, base, at int64) {
	if at != base {
		t.of(updated)[base] = at + 1000
	}
}

func (t *feedTimes) of(updated bool) map[int64]int64 {
	if updated {
		return t.next[1]
	}
	return t.next[0]
}

// free gives the first second from ms on that no article has, for publication or for change.
func (t *feedTimes) free(updated bool, ms int64) (int64, error) {
	base, at := t.from(updated, ms)
	for {
		taken, err := t.tx.FeedTimeTaken(updated, at)
		if err != nil {
			return 0, err
		}
		if !taken {
			t.took(updated, base, at)
			return at, nil
		}
		at += 1000
	}
}

// guess gives a new row the feed times that it most likely can have, without a look at the ledger.
// took is to be called once they are its own.
func (t *feedTimes) guess(row *ledger.Article) (took func()) {
	took = func() {}
	if row.FeedPublished == 0 {
		var base int64
		base, row.FeedPublished = t.from(false, row.Published)
		took = func() { t.took(false, base, row.FeedPublished) }
	}
	if row.FeedUpdated == 0 {
		first := took
		base, at := t.from(true, max(row.Updated, row.FeedPublished))
		row.FeedUpdated = at
		took = func() { first(); t.took(true, base, at) }
	}
	return took
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
