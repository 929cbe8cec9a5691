package guard

import (
	"fmt"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
)

// Scales weigh what a scan would change of a source, together with what earlier scans of the last ten minutes did.
type Scales struct {
	limits *Limits
	source string
	at     int64                  // when the scan began, in milliseconds
	pasts  map[int64]*ledger.Past // by article: what it was at first, of all that is kept
	had    int64                  // articles that readers had
	before counts                 // what earlier scans changed
	after  counts                 // that, and what this one would
}

// Weigh puts what is kept of a source on Scales, for a scan that began at a moment and has staged changes; nil where these cannot go over
// a limit. What is older than the guard looks back is forgotten; so is what lies as far ahead: a clock was set back since.
func Weigh(tx *ledger.Tx, l *Limits, source string, at int64) (*Scales, error) {
	record, err := tx.Source(source)
	if err != nil {
		return nil, err
	}
	staged, err := tx.StagedCounts(source)
	if err != nil {
		return nil, err
	}
	if err := tx.KeepPasts(source, at-window.Milliseconds(), at+window.Milliseconds()); err != nil {
		return nil, err
	}
	past, err := tx.PastSum(source)
	if err != nil || !l.asks(staged, past, record.Readers) {
		return nil, err
	}
	s := &Scales{limits: l, source: source, at: at, had: record.Readers, pasts: map[int64]*ledger.Past{}}
	err = tx.Pasts(source, func(p *ledger.Past) error {
		if s.pasts[p.Article] == nil {
			s.pasts[p.Article] = p
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, s.weighPasts(tx)
}

// weighPasts compares what is kept with how the articles stand.
func (s *Scales) weighPasts(tx *ledger.Tx) error {
	for id, was := range s.pasts {
		row, err := tx.Article(id)
		if err != nil {
			return err
		}
		is := state(row, s.at)
		s.before.add(s.compare(was, is), 1)
		s.had += one(had(was, is, s.at)) - one(is.Shown && row.Source == s.source)
	}
	s.after = s.before
	return nil
}

// Change puts on the scales what a scan would make of a row: old is the row as it stands, empty for a new article.
func (s *Scales) Change(old, row *ledger.Article) {
	now := state(old, s.at)
	was := s.pasts[old.ID]
	if was == nil {
		was = now
	}
	s.after.add(s.compare(was, now), -1)
	s.after.add(s.compare(was, state(row, s.at)), 1)
}

func (s *Scales) compare(was, is *ledger.Past) counts {
	return compare(was, is, s.at, s.at+window.Milliseconds())
}

// Breach returns the kind and the summary of the hold for the first limit that the scan goes over; "" for none. Only what the scan makes more is
// held: what earlier scans changed stands.
func (s *Scales) Breach(copies bool) (kind, summary string) {
	l, a, b := s.limits, s.after, s.before
	shareable := s.had >= countedFrom
	removes := a.removed > b.removed
	switch {
	case removes && s.had+a.entered == a.removed && !copies && !l.Removed.off():
		return hold.Emptied, fmt.Sprintf("source %s is suddenly empty: all its %d articles would be removed%s", s.source, s.had, already(b.removed))
	case removes && (shareable || l.Removed.Plain) && l.Removed.over(a.removed, s.had):
		return hold.Removed, fmt.Sprintf("%d of %d articles of source %s would be removed%s", a.removed, s.had, s.source, already(b.removed))
	case a.changed > b.changed && (shareable || l.Changed.Plain) && l.Changed.over(a.changed, s.had):
		return hold.Changed, fmt.Sprintf("%d of %d articles of source %s would change%s", a.changed, s.had, s.source, already(b.changed))
	case a.added > b.added && l.Added.over(a.added, max(s.had, addedOfAtLeast)):
		return hold.Added, fmt.Sprintf("%d articles would be added to the %d of source %s%s", a.added, s.had, s.source, already(b.added))
	}
	return "", ""
}

// already names what earlier scans did of what a summary counts.
func already(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", with %d of the last ten minutes", n)
}
