package placement

import "herald/cmd/internal/ledger"

// feedTimes finds feed times: whole seconds, raised until no other article of the site has them.
type feedTimes struct {
	tx                 *ledger.Tx
	published, updated runs // of seconds that are known to be taken
}

func (t *feedTimes) taken(updated bool) *runs {
	if updated {
		return &t.updated
	}
	return &t.published
}

// free returns the first second from ms on that no article has, for publication or for change.
func (t *feedTimes) free(updated bool, ms int64) (int64, error) {
	base := ms - ms%1000
	runs := t.taken(updated)
	for at := base; ; {
		next, err := t.tx.FreeFeedTime(updated, runs.after(at), false)
		if err != nil {
			return 0, err
		}
		if at = runs.after(next); at == next {
			runs.add(base, at)
			return at, nil
		}
	}
}

// guess returns a new row the feed times that it most likely can have, without asking the ledger. took is to be called once
// they are its own.
func (t *feedTimes) guess(row *ledger.Article) (took func()) {
	published := row.Published - row.Published%1000
	row.FeedPublished = t.published.after(published)
	updated := max(row.Updated, row.FeedPublished)
	updated -= updated % 1000
	row.FeedUpdated = t.updated.after(updated)
	return func() {
		t.published.add(published, row.FeedPublished)
		t.updated.add(updated, row.FeedUpdated)
	}
}

// assign sets the feed times of a public row. The one of publication never moves; the one of change
// moves forward whenever the row's own moves, even by a clock that was set back.
func (t *feedTimes) assign(old, row *ledger.Article) (err error) {
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
