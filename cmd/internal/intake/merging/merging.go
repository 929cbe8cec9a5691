// Package merging finds entries of several sources that are one article: they claim one id, or else stand at one URL. That of the
// source which the config names first leads the article; the others are copies, see ledger.Copy.
package merging

import (
	"slices"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/copies"
)

// Sources are the names of the sources in the order of the config.
type Sources []string

// Has reports whether the config names a source.
func (s Sources) Has(name string) bool { return slices.Contains(s, name) }

// Before reports whether the config names a before b.
func (s Sources) Before(a, b string) bool { return slices.Index(s, a) < slices.Index(s, b) }

// Entries are the staged entries of a scan, and what is found of them. They are used within one transaction, by one goroutine.
type Entries struct {
	Tx      *ledger.Tx
	Source  string // the name of the source that is scanned
	Sources Sources
	Left    map[string]bool // keys of copies that the scan found to be none any more; it grows

	Take    func(ledger.Pair) error                      // joins a new entry with a row
	Inherit func(st *ledger.Staged, row *ledger.Article) // lets the date of a row stand where an entry gives none

	Copied    map[int64]bool  // rows that an entry of the scan is a copy of
	Absorbed  map[int64]int64 // rows of other sources that became one with the row of an entry of the scan -> that entry
	Displaced map[int64]bool  // rows of the source whose entry became a copy of another one
}

// Any reports whether some entry of the scan turned out to be another source's article.
func (e *Entries) Any() bool { return len(e.Copied)+len(e.Absorbed) > 0 }

// Stay lets copies that are looked at again be what they were, where they still claim the id or stand at the URL of their article. All
// others are new entries.
func (e *Entries) Stay() error {
	return e.Tx.StagedPages(e.Source, ledger.ByKey, ledger.StagedCopies, func(s *ledger.Staged) error {
		row, err := e.Tx.Article(s.Article)
		if err != nil {
			return err
		}
		same := e.another(row) && e.same(s, row)
		if same && !e.leads(row) {
			e.Copied[row.ID] = true
			return nil
		}
		e.Left[s.Key] = true
		s.Kind, s.Article = ledger.New, 0
		if err := e.Tx.Restage(s); err != nil || !same {
			return err
		}
		_, err = e.Meet(s, row)
		return err
	})
}

// another reports whether a row is that of a living article which another source of the config leads.
func (e *Entries) another(row *ledger.Article) bool {
	return row != nil && row.RemovedAt == 0 && row.Source != e.Source && e.Sources.Has(row.Source)
}

// Led reports whether a row is that of a living article which another source of the config led until this scan.
func (e *Entries) Led(article int64) (bool, error) {
	row, err := e.Tx.Article(article)
	return err == nil && e.another(row), err
}

// awaits reports whether the URL of another source's row is that of the entry which led it before: the one that leads is to be scanned yet, and
// stands elsewhere. Nothing becomes one with it by that URL.
func (e *Entries) awaits(row *ledger.Article) (bool, error) {
	if !e.another(row) {
		return false, nil
	}
	url, err := e.Tx.Copies().Awaited(row.Source, row.Key)
	return url != "" && url != row.URL, err
}

// Heir returns the copy that takes over the article of an entry which is missing: it keeps its URL until the source of the copy is scanned.
// missing may be any entry, or nil.
func (e *Entries) Heir(missing *ledger.Staged) (heir copies.Copy, found bool, err error) {
	if missing == nil || missing.Kind != ledger.Missing {
		return heir, false, nil
	}
	return e.Sources.Heir(e.Tx, missing.Article)
}

// Keep lets a refused entry be the copy that it was, unless another one is by now: its last good version was one. It returns the
// article; 0: there is none.
func (e *Entries) Keep(key string) (int64, error) {
	seen, _, err := e.Tx.Seen(e.Source, key)
	if err != nil || !seen.Copy || e.Copied[seen.Article] {
		return 0, err
	}
	if led, err := e.Led(seen.Article); err != nil || !led {
		return 0, err
	}
	return seen.Article, nil
}

// leads reports whether an entry of the scan goes before the one that leads a row.
func (e *Entries) leads(row *ledger.Article) bool { return e.Sources.Before(e.Source, row.Source) }

// same reports whether an entry is the article of a row. A permalink that waits for a date is tried with the row's.
func (e *Entries) same(s *ledger.Staged, row *ledger.Article) bool {
	if s.Claim != "" && s.Claim == row.GUID {
		return true
	}
	at := *s
	if at.Link != "" {
		e.Inherit(&at, row)
	}
	return at.Link == "" && at.URL == row.URL
}

// Meet joins a new entry with a row of another source that is the same article: it takes the row over, or becomes a copy. False: it is
// neither, for the row is no other source's, or another entry of the scan was earlier.
func (e *Entries) Meet(s *ledger.Staged, row *ledger.Article) (met bool, err error) {
	if !e.another(row) {
		return false, nil
	}
	if !e.leads(row) {
		return e.copy(s, row)
	}
	if err := e.Take(ledger.Pair{Stage: s.ID, Article: row.ID}); err != nil {
		return false, err
	}
	now, err := e.Tx.StagedByID(s.ID)
	return err == nil && now.Article == row.ID, err
}

// copy makes an entry a copy of a row. Of each source only one can be: that which was so before, else the one that asks first.
func (e *Entries) copy(s *ledger.Staged, row *ledger.Article) (done bool, err error) {
	key, err := e.Tx.Copies().Key(row.ID, e.Source)
	if err != nil || e.Copied[row.ID] || key != "" && key != s.Key && !e.Left[key] {
		return false, err
	}
	own := s.Article
	e.Copied[row.ID] = true
	s.Kind, s.Article = ledger.Copy, row.ID
	if err := e.Tx.Restage(s); err != nil || own == 0 {
		return true, err
	}
	return true, e.giveUp(s, own)
}

// giveUp lets go of the row that an entry had: it is missing now.
func (e *Entries) giveUp(s *ledger.Staged, own int64) error {
	row, err := e.Tx.Article(own)
	if err != nil || row.RemovedAt != 0 || row.Source != e.Source {
		return err
	}
	e.Displaced[own] = true
	return e.Tx.Stage(e.Source, &ledger.Staged{Key: s.Key, Kind: ledger.Missing, Article: own})
}

// SharedURLs joins new entries with the articles of other sources that stand at their URLs.
func (e *Entries) SharedURLs() error {
	if alone, err := e.alone(); err != nil || alone {
		return err
	}
	pairs, err := e.Tx.SharedURLs(e.Source)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		s, err := e.Tx.StagedByID(p.Stage)
		if err != nil {
			return err
		}
		if s.Kind != ledger.New || s.Article != 0 {
			continue
		}
		row, err := e.Tx.Article(p.Article)
		if err != nil {
			return err
		}
		if waits, err := e.awaits(row); err != nil || waits {
			if err != nil {
				return err
			}
			continue
		}
		if _, err := e.Meet(s, row); err != nil {
			return err
		}
	}
	return nil
}

// alone reports whether no other source leads an article.
func (e *Entries) alone() (bool, error) {
	for _, name := range e.Sources {
		record, err := e.Tx.Source(name)
		if err != nil || name != e.Source && record.Articles > 0 {
			return false, err
		}
	}
	return true, nil
}

// AtURL joins an entry with a row of another source at its URL. An article that the source has already becomes one with it: under the row of
// the one that leads. False: the row is no other source's.
func (e *Entries) AtURL(s *ledger.Staged, row *ledger.Article) (done bool, err error) {
	waits, err := e.awaits(row)
	switch {
	case err != nil || waits:
		return false, err
	case s.Kind == ledger.New && s.Article == 0:
		return e.Meet(s, row)
	case !e.another(row):
		return false, nil
	case !e.leads(row):
		return e.copy(s, row)
	case s.Kind == ledger.Changed:
		e.Absorbed[row.ID] = s.ID
		return true, nil
	}
	return false, nil
}

// Claiming makes an entry that has a row, and claims the id of another source's article, a copy of that, where the other source goes before.
func (e *Entries) Claiming(s *ledger.Staged, row *ledger.Article) (done bool, err error) {
	if !e.another(row) || e.leads(row) {
		return false, nil
	}
	return e.copy(s, row)
}
