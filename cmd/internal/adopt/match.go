package adopt

import (
	"context"
	"slices"

	"herald/cmd/internal/ledger"
)

// pair is an item and its article.
type pair struct {
	item    Item
	article *article
	by      string // link or title
}

// matched is a feed beside the articles.
type matched struct {
	feed      *Feed
	home      string // what relative links start from
	authority string // the host that tag: ids are minted under
	pairs     []pair // by row
	items     []Item // without an article, in the feed's order

	articles []*article // in feeds, and of no item: the first of them
	count    int64      // of all of these
	living   int64
}

// listed is how many articles of no item are named.
const listed = 1000

// match finds the article of each item: by link, then by title and date. What could be two is none.
func (a *Adoption) match(ctx context.Context, f *Feed) (*matched, error) {
	m := newMatcher(f, a.config)
	out := &matched{feed: f, home: m.home}
	err := a.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		if out.authority, err = tx.Meta(ledger.MetaAuthority); err != nil {
			return err
		}
		err = living(tx, func(row *ledger.Article) { out.living++; m.meet(row) })
		if err != nil {
			return err
		}
		m.decide()
		return living(tx, func(row *ledger.Article) {
			if m.taken[row.ID] || !row.InFeed {
				return
			}
			if out.count++; out.count <= listed {
				out.articles = append(out.articles, articleOf(row))
			}
		})
	})
	for i, item := range f.Items {
		if found := m.found[i]; found != nil {
			out.pairs = append(out.pairs, pair{item, found, m.by[i]})
		} else {
			out.items = append(out.items, item)
		}
	}
	slices.SortStableFunc(out.pairs, func(a, b pair) int { return int(a.article.row - b.article.row) })
	return out, err
}

// living calls f for every article that its source has.
func living(tx *ledger.Tx, f func(*ledger.Article)) error {
	return tx.All(func(row *ledger.Article) error {
		if row.RemovedAt == 0 && row.Source != ledger.Recovered {
			f(row)
		}
		return nil
	})
}
