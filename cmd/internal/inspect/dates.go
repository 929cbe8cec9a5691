package inspect

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
)

// pagesNamed is how many pages of a source check names: a manual may have hundreds.
const pagesNamed = 5

// undated names the articles of a source that its Reader found without a date, and says what has become of them.
func (c Config) undated(ctx context.Context, s Source) (all []string, err error) {
	pages := int64(0)
	err = c.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		for _, key := range slices.Sorted(maps.Keys(s.Reader.undated)) {
			seen, _, err := tx.Seen(s.Name, key)
			if err != nil {
				return err
			}
			row, err := tx.Article(seen.Article)
			switch {
			case err != nil:
				return err
			case row == nil: // refused
			case !row.IsPage():
				all = append(all, s.Reader.undated[key]+": no date: its first sight dates it")
			default:
				if pages++; pages <= pagesNamed {
					all = append(all, s.Reader.undated[key]+": no date, and it stands beside dated articles: a page, in the sitemap only")
				}
			}
		}
		return nil
	})
	if more := pages - pagesNamed; more > 0 {
		all = append(all, fmt.Sprintf("source %s: %d more articles without a date beside dated ones: pages, in the sitemap only", s.Name, more))
	}
	return all, err
}

// zoneless warns of dates that are read in a zone that nobody named.
func (c Config) zoneless(s Source) []string {
	n := len(s.Reader.zoneless)
	if n == 0 || c.ZoneSet {
		return nil
	}
	articles := "1 article"
	if n > 1 {
		articles = fmt.Sprintf("%d articles", n)
	}
	return []string{fmt.Sprintf("source %s: %s with a date without an offset, read in UTC; set site.timezone (the first: %s)", s.Name, articles, slices.Min(s.Reader.zoneless))}
}
