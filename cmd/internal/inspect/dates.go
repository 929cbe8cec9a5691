package inspect

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// undated names the articles of a source that its Reader found without a date, and says what has become of them. Of more than
// maxNamed they are counted.
func (c Config) undated(ctx context.Context, s Source) (all []string, err error) {
	err = c.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		if s.Reader.undated.more {
			all, err = countUndated(tx, s)
			return err
		}
		for _, key := range slices.Sorted(maps.Keys(s.Reader.undated.places)) {
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
				all = append(all, s.Reader.undated.places[key]+": no date: its first sight dates it")
			default:
				all = append(all, s.Reader.undated.places[key]+": no date, and it stands beside dated articles: a page, in the sitemap only")
			}
		}
		return nil
	})
	return all, err
}

// countUndated is undated where there are too many to name.
func countUndated(tx *ledger.Tx, s Source) (all []string, err error) {
	dated, pages := 0, 0
	err = tx.OfSource(s.Name, func(row *ledger.Article) error {
		switch {
		case row.Flags&ledger.Draft != 0:
		case row.IsPage():
			pages++
		case row.DatedBy == source.DatedByFirstSeen || row.DatedBy == source.DatedByRecovery:
			dated++
		}
		return nil
	})
	if dated > 0 {
		all = append(all, fmt.Sprintf("source %s: %s without a date: first sight dates them (one of them: %s)", s.Name, articles(dated), s.Reader.undated.first))
	}
	if pages > 0 {
		all = append(all, fmt.Sprintf("source %s: %s without a date beside dated ones: pages, in the sitemap only (one of them: %s)", s.Name, articles(pages), s.Reader.undated.first))
	}
	return all, err
}

// zoneless warns of dates that are read in a zone that nobody named.
func (c Config) zoneless(ctx context.Context, s Source) ([]string, error) {
	n := len(s.Reader.zoneless.places)
	if n == 0 || c.ZoneSet {
		return nil, nil
	}
	if s.Reader.zoneless.more {
		n = 0
		err := c.Ledger.Read(ctx, func(tx *ledger.Tx) error {
			return tx.OfSource(s.Name, func(row *ledger.Article) error {
				if row.Flags&ledger.Zoneless != 0 {
					n++
				}
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return []string{fmt.Sprintf("source %s: %s with a date without an offset, read in UTC; set site.timezone (the first: %s)", s.Name, articles(n), s.Reader.zoneless.first)}, nil
}

// articles writes a number of articles.
func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}
