package recovery

import (
	"errors"
	"fmt"
	"net/url"

	"herald/cmd/internal/guard"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source/weburl"
)

// moveSite returns every article its URL under the new site.url. Ids stay, no time moves, and
// nobody is told: the content is the same.
func (r *Recovery) moveSite(tx *ledger.Tx) error {
	site := r.config.Placement.Site
	if err := tx.ClearShards(); err != nil {
		return err
	}
	former, err := tx.Meta(ledger.MetaSiteURL)
	if err != nil {
		return err
	}
	rows, err := placement.Open(tx, r.config.Placement)
	if err != nil {
		return err
	}
	err = tx.All(func(row *ledger.Article) error {
		where, err := site.Join(row.Path)
		if err != nil && elsewhere(former, row) {
			return nil // it is of neither site
		}
		if err != nil {
			where, err = site.Join(pathOf(row.Path))
		}
		if err != nil && row.Source == ledger.Recovered {
			return nil // no URL of ours
		}
		if err != nil {
			return fmt.Errorf("move %s: %w", row.Shown.Place, err)
		}
		row.URL = where
		row.Flags &^= ledger.Foreign
		if placement.Foreign(site, row.Shown.Canonical) {
			row.Flags |= ledger.Foreign
		}
		row.Digest = placement.Digest(row)
		if row.Shown.Image != "" {
			row.Image = weburl.Resolve(row.URL, row.Shown.Image)
		}
		return rows.Move(row, ledger.Millis(r.config.Now()))
	})
	if err != nil {
		return err
	}
	names, err := tx.SourceNames()
	for _, name := range names { // the operator has released what readers have now
		err = errors.Join(err, guard.Forget(tx, name))
	}
	return errors.Join(err, rows.Close(), tx.SetMeta(ledger.MetaSiteURL, r.site()))
}

// elsewhere reports whether an article stood on another host than the former site's.
func elsewhere(former string, row *ledger.Article) bool {
	site, err := weburl.ParseSite(former)
	if err != nil || row.Path != row.URL || !weburl.IsWeb(row.Path) {
		return false
	}
	_, err = site.Join(row.Path)
	return err != nil
}

// pathOf returns what an absolute URL of the former site has behind its host.
func pathOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.RequestURI()
}
