package adopt

import (
	"herald/cmd/internal/ledger"
	"herald/source"
)

// article is what matters here of a row.
type article struct {
	row                        int64
	source, key                string
	place, url, title, guid    string
	published, updated         int64
	feedPublished, feedUpdated int64
	datedBy                    source.DateRule
	inFeed                     bool
}

func articleOf(row *ledger.Article) *article {
	return &article{
		row: row.ID, source: row.Source, key: row.Key, place: row.Shown.Place, url: row.URL, title: row.Shown.Title, guid: row.GUID,
		published: row.Published, updated: row.Updated, feedPublished: row.FeedPublished, feedUpdated: row.FeedUpdated,
		datedBy: row.DatedBy, inFeed: row.InFeed,
	}
}

// dated reports whether the article has a date of its own.
func (a *article) dated() bool {
	switch a.datedBy {
	case "", source.DatedByFirstSeen, source.DatedByRecovery, source.DatedByAdopted:
		return false
	}
	return true
}
