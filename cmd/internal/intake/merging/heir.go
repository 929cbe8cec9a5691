package merging

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/copies"
	"herald/cmd/internal/placement"
)

// Heir returns the copy that leads an article once the entry that does is gone: that of the source which the config names first.
func (s Sources) Heir(tx *ledger.Tx, article int64) (heir copies.Copy, found bool, err error) {
	all, err := tx.Copies().Of(article)
	for _, c := range all {
		if s.Has(c.Source) && (!found || s.Before(c.Source, heir.Source)) {
			heir, found = c, true
		}
	}
	return heir, found, err
}

// Hand lets a copy lead the article of a row. Its words count once its source is scanned; until then the last ones stay. now is in milliseconds.
func Hand(tx *ledger.Tx, rows *placement.Writer, row *ledger.Article, to copies.Copy, now int64) error {
	old := *row
	row.Source, row.Key, row.MissingSince = to.Source, to.Key, 0
	return errors.Join(rows.Put(&old, row, now, false), tx.Copies().Lead(to), tx.ForgetMemory(to.Source))
}

// AskAgain has a copy looked at when its source is scanned.
func AskAgain(tx *ledger.Tx, c copies.Copy) error {
	return errors.Join(tx.Copies().AskAgain(c), tx.ForgetMemory(c.Source))
}

// Recount fills in how many articles a source leads, and how many copies it has.
func Recount(tx *ledger.Tx, record *ledger.Source) (err error) {
	if record.Articles, err = tx.Living(record.Name); err != nil {
		return err
	}
	record.Copies, err = tx.Copies().Count(record.Name)
	return err
}

// RecountAll is Recount of several sources, written down.
func RecountAll(tx *ledger.Tx, names map[string]bool) error {
	for _, name := range slices.Sorted(maps.Keys(names)) {
		record, err := tx.Source(name)
		if err != nil {
			return err
		}
		if err := errors.Join(Recount(tx, &record), tx.PutSource(record)); err != nil {
			return err
		}
	}
	return nil
}

// order returns the sources as ledger.MetaSources keeps them.
func (s Sources) order() string {
	text, err := json.Marshal(s)
	if err != nil { // strings always are JSON
		panic(err)
	}
	return string(text)
}

// KeepOrder follows a config that names other sources than at the last scan, or in another order: copies take over the articles of
// sources that left, and those that are to lead now are looked at again. now is in milliseconds.
func (s Sources) KeepOrder(ctx context.Context, l *ledger.Ledger, c placement.Config, now int64) error {
	var kept string
	err := l.Read(ctx, func(tx *ledger.Tx) (err error) {
		kept, err = tx.Meta(ledger.MetaSources)
		return err
	})
	if err != nil || kept == s.order() {
		return err
	}
	return l.Write(ctx, func(tx *ledger.Tx) error { return s.rearrange(tx, c, now) })
}

// rearrange is KeepOrder in a transaction.
func (s Sources) rearrange(tx *ledger.Tx, c placement.Config, now int64) error {
	rows, err := placement.Open(tx, c)
	if err != nil {
		return err
	}
	all, err := tx.Copies().All()
	if err != nil {
		return err
	}
	moved := map[string]bool{}
	for _, c := range all {
		if err := s.arrange(tx, rows, c, now, moved); err != nil {
			return err
		}
	}
	return errors.Join(rows.Close(), RecountAll(tx, moved), tx.SetMeta(ledger.MetaSources, s.order()))
}

// arrange deals with one copy. It notes sources that lead more or fewer articles now.
func (s Sources) arrange(tx *ledger.Tx, rows *placement.Writer, c copies.Copy, now int64, moved map[string]bool) error {
	row, err := tx.Article(c.Article)
	switch {
	case err != nil || row == nil || row.RemovedAt != 0 || !s.Has(c.Source):
		return err
	case s.Has(row.Source) && s.Before(c.Source, row.Source):
		return AskAgain(tx, c)
	case s.Has(row.Source):
		return nil
	}
	heir, _, err := s.Heir(tx, row.ID)
	if err != nil {
		return err
	}
	moved[row.Source], moved[heir.Source] = true, true
	return errors.Join(tx.DropSeen(row.Source, row.Key), Hand(tx, rows, row, heir, now))
}
