package intake

import (
	"errors"
	"maps"
	"slices"

	"herald/cmd/internal/intake/merging"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/copies"
)

// newMerging returns what finds the entries of several sources that are one article.
func (r *resolver) newMerging() *merging.Entries {
	return &merging.Entries{
		Tx: r.tx, Source: r.source, Sources: r.scan.in.names(), Left: r.scan.uncopied,
		Take: r.take, Inherit: r.scan.entries.inherit,
		Copied: map[int64]bool{}, Absorbed: map[int64]int64{}, Displaced: map[int64]bool{},
	}
}

// handOver lets a copy take over the article of an entry that is gone; false where there is none.
func (a *applier) handOver(row *ledger.Article) (bool, error) {
	heir, found, err := merging.Sources(a.scan.in.names()).Heir(a.tx, row.ID)
	if err != nil || !found {
		return false, err
	}
	a.scan.report.HandedOver++
	a.concerns(heir.Source)
	return true, merging.Hand(a.tx, a.rows, row, heir, a.scan.start)
}

// concerns notes that a source is to be scanned again, for one of its copies is to be looked at.
func (a *applier) concerns(source string) {
	a.others[source] = true
	if !slices.Contains(a.scan.report.Revisit, source) {
		a.scan.report.Revisit = append(a.scan.report.Revisit, source)
	}
}

// askCopies has the copies of an article looked at again.
func (a *applier) askCopies(article int64) error {
	all, err := a.tx.Copies().Of(article)
	for _, c := range all {
		if err := merging.AskAgain(a.tx, c); err != nil {
			return err
		}
		a.concerns(c.Source)
	}
	return err
}

// leave takes a row from the source that it was in. One that the config names has a copy of the article from now on; one that it does not
// must not remove what has moved on.
func (a *applier) leave(old *ledger.Article) error {
	switch {
	case old.Source == a.source:
		return nil
	case !a.leads(old):
		return a.tx.DropSeen(old.Source, old.Key)
	}
	a.others[old.Source] = true
	return a.tx.Copies().Put(copies.Copy{Source: old.Source, Key: old.Key, Article: old.ID, Place: old.Shown.Place, URL: old.URL})
}

// leads reports whether another source of the config leads the article of a row.
func (a *applier) leads(row *ledger.Article) bool {
	_, configured := a.scan.in.source(row.Source)
	return configured && row.Source != a.source
}

// absorb removes the rows of articles that became one with an earlier source's; their entries are copies of it now.
func (a *applier) absorb() error {
	for _, id := range slices.Sorted(maps.Keys(a.scan.merged.Absorbed)) {
		s, err := a.tx.StagedByID(a.scan.merged.Absorbed[id])
		if err != nil {
			return err
		}
		row, err := a.tx.Article(id)
		if err != nil {
			return err
		}
		if s.Kind != ledger.Changed || s.URL != row.URL {
			continue // it was refused, or stands elsewhere after all
		}
		old := *row
		row.RemovedAt, row.MissingSince = a.scan.start, 0
		a.others[row.Source] = true
		if a.scan.report.Contested {
			a.concerns(a.source) // which may have been refused the id that is free now
		}
		copied := copies.Copy{Source: row.Source, Key: row.Key, Article: s.Article, Place: row.Shown.Place, URL: row.URL}
		if err := errors.Join(a.askCopies(id), a.tx.Copies().Put(copied), a.rows.Put(&old, row, a.scan.start, false)); err != nil {
			return err
		}
	}
	return nil
}
