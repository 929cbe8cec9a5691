package inspect

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
)

// undated names the articles of a source that its Reader found without a date, and says what has become of them.
func (c Config) undated(ctx context.Context, s Source) (all []string, err error) {
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
				all = append(all, s.Reader.undated[key]+": no date, and it stands beside dated articles: a page, in the sitemap only")
			}
		}
		return nil
	})
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
	return []string{fmt.Sprintf("source %s: %s with a date without an offset, read in UTC; set site.timezone (the first: %s)", s.Name, articles, slices.Min(slices.Collect(maps.Values(s.Reader.zoneless))))}
}
