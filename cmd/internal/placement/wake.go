package placement

import (
	"fmt"
	"time"

	"herald/cmd/internal/ledger"
)

// Wake asks again for the articles whose moment has come by now: a future post, an expiry. now is in milliseconds.
func Wake(tx *ledger.Tx, c Config, now int64) error {
	var due []*ledger.Article
	if err := tx.Due(now, func(a *ledger.Article) error { due = append(due, a); return nil }); err != nil || len(due) == 0 {
		return err
	}
	w, err := Open(tx, c)
	if err != nil {
		return err
	}
	for _, row := range due {
		old := *row
		if err := w.Put(&old, row, now, false); err != nil {
			return err
		}
	}
	return w.Close()
}

// nearFuture is how far ahead of UTC a clock on Earth can be: a zone-less date within it may well
// have been meant as now.
const nearFuture = 14 * time.Hour

// Ahead describes the articles that wait for a date which was written without an offset, while no
// site.timezone says what was meant.
func Ahead(tx *ledger.Tx, c Config, now int64) ([]string, error) {
	if c.ZoneSet {
		return nil, nil
	}
	var out []string
	err := tx.Ahead(now, now+nearFuture.Milliseconds(), func(row *ledger.Article) error {
		out = append(out, fmt.Sprintf("%s appears at %s; if its date is another zone's, set site.timezone",
			row.Shown.Place, ledger.Time(row.Published).In(c.Zone).Format(time.RFC3339)))
		return nil
	})
	return out, err
}
