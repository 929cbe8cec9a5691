package edition

import (
	"strings"

	"herald/cmd/internal/ledger"
)

// public is the one rule that decides, for every document and notice, where an article stands at
// a moment. due is when it is to be asked again; 0: not by the clock.
func public(row *ledger.Article, at int64) (inFeed, inSitemap bool, due int64) {
	switch {
	case row.RemovedAt != 0, row.Flags&ledger.Draft != 0, row.Published == 0:
		return false, false, 0
	case row.Expires != 0 && row.Expires <= at:
		return false, false, 0
	case future(row, at):
		return false, false, row.Published
	}
	return row.Flags&ledger.NoFeed == 0, row.Flags&(ledger.NoIndex|ledger.NoSitemap|ledger.Foreign) == 0, row.Expires
}

// future reports whether a row's date is still to come. One that was out at its date, or later, has
// seen it come: a clock that is set back takes nothing away.
func future(row *ledger.Article, at int64) bool {
	return row.Published > at && (row.FeedPublished == 0 || row.Published > row.FeedPublished)
}

// knowable is what the world can know of a row: nothing where it is not public.
func knowable(row *ledger.Article) (url, topic ledger.Told) {
	now := ledger.Told{URL: row.URL, Digest: row.Digest}
	if row.InSitemap {
		url = now
	}
	if row.InFeed {
		topic = now
	}
	return url, topic
}

// foreign reports whether a canonical URL names another host than the site's.
func (e *Edition) foreign(canonical string) bool {
	if canonical == "" || strings.HasPrefix(canonical, "/") && !strings.HasPrefix(canonical, "//") {
		return false
	}
	_, err := e.Site.URL.Join(canonical)
	return err != nil
}

// settleRow brings a row's public state up to a moment, gives it feed times when it is first
// public, keeps its shard's sum, and writes it. old is the row as it stands. A quiet one is taken to
// be known to the world.
func (e *Edition) settleRow(tx *ledger.Tx, times *feedTimes, shards *shards, old, row *ledger.Article, at int64, quiet bool) error {
	was := old.InFeed || old.InSitemap
	row.InFeed, row.InSitemap, row.Due = public(row, at)
	is := row.InFeed || row.InSitemap
	if is || row.FeedPublished != 0 { // a change of what is out of sight moves its time, too
		if err := times.give(old, row); err != nil {
			return err
		}
	}
	switch {
	case is:
		row.LeftAt = 0
	case was:
		row.LeftAt = at
	}
	if row.InSitemap && row.Shard == "" {
		if err := shards.assign(row); err != nil {
			return err
		}
	}
	shards.subtract(old)
	if old.InSitemap && !row.InSitemap {
		shards.left(old, at)
	}
	shards.add(row)
	if quiet {
		row.ToldURL, row.ToldTopic = knowable(row)
	}
	return tx.Put(row)
}

// wake asks again for the articles whose moment has come: a future post, an expiry.
func (e *Edition) wake(tx *ledger.Tx, now int64) error {
	var due []*ledger.Article
	if err := tx.Due(now, func(a *ledger.Article) error { due = append(due, a); return nil }); err != nil || len(due) == 0 {
		return err
	}
	shards, err := e.openShards(tx)
	if err != nil {
		return err
	}
	times, err := newFeedTimes(tx)
	if err != nil {
		return err
	}
	for _, row := range due {
		old := *row
		if err := e.settleRow(tx, times, shards, &old, row, now, false); err != nil {
			return err
		}
		if err := tx.Touch(row.ID); err != nil {
			return err
		}
	}
	return shards.close()
}
