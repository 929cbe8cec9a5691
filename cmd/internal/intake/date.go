package intake

import (
	"strconv"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// dates mints the dates of what no rule but first sight dates: whole seconds counting back from
// the scan's start, the greatest key the newest, unique in the site. Drafts wait for theirs until
// they are none.
func (r *resolver) dates() error {
	held, err := r.tx.HasSightings(r.source)
	if err != nil {
		return err
	}
	recovered, err := r.tx.RemovedCount(ledger.Recovered)
	if err != nil {
		return err
	}
	newest, err := r.tx.NewestFeedTime()
	if err != nil {
		return err
	}
	m := &minter{resolver: r, held: held, next: map[int64]int64{}, newest: newest}
	if recovered > 0 && r.scan.first {
		oldest, err := r.tx.Meta(ledger.MetaRecoveredOldest)
		if err != nil {
			return err
		}
		m.oldest, _ = strconv.ParseInt(oldest, 10, 64) // none was written: 0
	}
	return r.tx.StagedPages(r.source, ledger.ByKeyDesc, ledger.StagedUndated, func(s *ledger.Staged) error {
		if err := m.date(s); err != nil {
			return err
		}
		return r.tx.Restage(s)
	})
}

// minter mints dates, keys descending.
type minter struct {
	resolver *resolver
	held     bool            // first sights of held scans are kept
	next     map[int64]int64 // start of a scan -> the next second to give
	oldest   int64           // date of all that was recovered; 0: none
	newest   int64           // feed time of all articles; 0: there is none
}

// date mints the date of an entry.
func (m *minter) date(s *ledger.Staged) error {
	base, rule := m.resolver.scan.start, source.DatedByFirstSeen
	if m.oldest != 0 && s.Article == 0 && s.Flags&neverListed != 0 {
		base, rule = m.oldest-1000, source.DatedByRecovery
	}
	if m.held {
		seen, err := m.resolver.tx.Sighting(m.resolver.source, s.Key)
		if err != nil {
			return err
		}
		if seen != 0 {
			base = seen
		}
	}
	at, ok := m.next[base]
	if !ok {
		at = base
	}
	if at <= m.newest { // else no article has it
		var err error
		if at, err = m.resolver.tx.FreeFeedTime(false, at, true); err != nil {
			return err
		}
	}
	m.next[base] = at - 1000
	s.Published, s.DatedBy = at, rule
	m.resolver.page(s, false)
	return nil
}

// neverListed marks what no sitemap lists. That no document shows such an article does not make it
// new when the ledger was lost: it is dated before all that was recovered, lest it come out on top.
const neverListed = ledger.NoIndex | ledger.NoSitemap | ledger.Foreign
