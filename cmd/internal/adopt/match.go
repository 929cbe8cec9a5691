package adopt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/permalink"
)

// pair is an item and its article.
type pair struct {
	item    Item
	article *article
	by      string // what it is known by
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
	if err != nil {
		return nil, err
	}
	for i, item := range f.Items {
		p := pair{item: item, article: m.found[i], by: m.by[i]}
		if p.article != nil && p.by == byTitle {
			if err := a.confirm(ctx, &p, m.home); err != nil {
				return nil, err
			}
		}
		if p.article != nil {
			out.pairs = append(out.pairs, p)
		} else {
			out.items = append(out.items, item)
		}
	}
	slices.SortStableFunc(out.pairs, func(a, b pair) int { return cmp.Compare(a.article.row, b.article.row) })
	return out, nil
}

// confirm takes an article away from an item of its title unless, with the item's date, it would stand where the item says:
// its permalink has the date in it, and that of its first sight tells nothing.
func (a *Adoption) confirm(ctx context.Context, p *pair, home string) error {
	own, err := a.config.Load(ctx, p.article.source, p.article.key)
	var refused *source.ArticleError
	if err != nil && !errors.As(err, &refused) {
		return fmt.Errorf("load %s: %w", p.article.place, err)
	}
	if err == nil && own != nil && own.Published.IsZero() && permalink.NeedsDate(own.Link.Pattern) && p.item.date() != 0 {
		if url, _, err := a.relocated(own, p.item.date()); err == nil && url == p.item.link(home) {
			return nil
		}
	}
	p.article = nil
	return nil
}

// relocated returns the URL of an article whose permalink has its date, on another date, and the path that it is joined from.
func (a *Adoption) relocated(own *source.Article, date int64) (url, path string, err error) {
	dated := *own
	dated.Published = ledger.Time(date)
	if path, err = permalink.Expand(&dated, a.config.Placement.Zone); err != nil {
		return "", "", err
	}
	path, _, _ = strings.Cut(path, "#")
	url, err = a.config.Placement.Site.Join(path)
	return url, path, err
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
