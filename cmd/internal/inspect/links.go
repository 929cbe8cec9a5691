package inspect

import (
	"context"
	"fmt"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source"
)

// linkWarnings is how many articles are named whose links lead nowhere.
const linkWarnings = 100

// checkLinks warns, once an article, of links to files and posts that are no public articles. Names in brackets that no
// article has are left alone: they may be no links at all.
func (c Config) checkLinks(ctx context.Context, r *Report) error {
	warned := 0
	return c.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		return tx.All(func(row *ledger.Article) error {
			if len(row.Shown.Refs) == 0 || !placement.Stands(row) {
				return nil
			}
			warning, err := c.deadLinks(tx, row)
			if err != nil || warning == "" {
				return err
			}
			if warned++; warned <= linkWarnings {
				r.Warnings = append(r.Warnings, warning)
			} else {
				r.More++
			}
			return nil
		})
	})
}

// deadLinks returns the warning of an article with links that lead nowhere; "": it has none.
func (c Config) deadLinks(tx *ledger.Tx, row *ledger.Article) (warning string, err error) {
	named, err := c.Links.Of(tx, row)
	more := 0
	for _, a := range named {
		switch {
		case a.URL != "" || a.Ref.Kind == source.RefName:
		case warning == "":
			warning = row.Shown.Place + ": " + a.String()
		default:
			more++
		}
	}
	if more > 0 {
		warning += fmt.Sprintf("; and %d more", more)
	}
	return warning, err
}
