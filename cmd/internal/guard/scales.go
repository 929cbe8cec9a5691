package guard

import (
	"fmt"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
)

// Scales weigh what a scan would change of a source, together with what earlier scans of the last ten minutes did.
type Scales struct {
	source string
	at     int64                  // when the scan began, in milliseconds
	pasts  map[int64]*ledger.Past // by article: what it was at first, of all that is kept
	had    int64                  // articles that readers had
	before counts                 // what earlier scans changed
	after  counts                 // that, and what this one would
}

// counts are numbers of articles. Added are those that some document is to show, now or later; entered those that readers have now.
type counts struct{ removed, changed, added, entered int64 }

func (c *counts) add(d counts, sign int64) {
	c.removed += sign * d.removed
	c.changed += sign * d.changed
	c.added += sign * d.added
	c.entered += sign * d.entered
}

// Open returns Scales with what is kept of a source on them, for a scan that began at a moment. readers is how many articles of the source
// documents show. What is older than the guard looks back is forgotten; so is what a clock that was set back since has put
// further ahead than that.
func Open(tx *ledger.Tx, source string, readers, at int64) (*Scales, error) {
	s := &Scales{source: source, at: at, had: readers, pasts: map[int64]*ledger.Past{}}
	var order []int64
	err := tx.Pasts(source, func(p *ledger.Past) error {
		if s.pasts[p.Article] == nil {
			s.pasts[p.Article] = p
			order = append(order, p.Article)
		}
		return nil
	})
	for _, id := range order {
		if err != nil {
			return nil, err
		}
		var row *ledger.Article
		if row, err = tx.Article(id); err == nil {
			s.before.add(s.compare(s.pasts[id], row), 1)
			s.had += one(s.has(s.pasts[id])) - one(row.InFeed || row.InSitemap)
		}
	}
	s.after = s.before
	return s, err
}

// Prune forgets what is older than the guard looks back at a moment, and what lies as far ahead: a clock was set back since. It
// returns how much is kept.
func Prune(tx *ledger.Tx, source string, at int64) (kept int64, err error) {
	if err := tx.KeepPasts(source, at-window.Milliseconds(), at+window.Milliseconds()); err != nil {
		return 0, err
	}
	return tx.PastCount(source)
}

// Change puts on the scales what a scan would make of a row: old is the row as it stands, empty for a new article.
func (s *Scales) Change(old, row *ledger.Article) {
	was := s.pasts[old.ID]
	if old.ID == 0 || was == nil {
		was = state(old, s.at)
	}
	s.after.add(s.compare(was, old), -1)
	s.after.add(s.compare(was, row), 1)
}

// compare counts what became of an article.
func (s *Scales) compare(was *ledger.Past, row *ledger.Article) (c counts) {
	is, had := state(row, s.at), s.has(was)
	soon := is.Expires != was.Expires && is.Expires != 0 && is.Expires <= s.at+window.Milliseconds() // nothing guards the clock
	has := is.Shown && !soon
	c.removed = one(had && !has)
	c.changed = one(had && has && differ(was, is))
	c.added = one(is.Meant && (!was.Meant || s.expired(was)))
	c.entered = one(!had && has)
	return c
}

// has reports whether readers would have an article, had no scan changed it since.
func (s *Scales) has(was *ledger.Past) bool { return was.Shown && !s.expired(was) }

func (s *Scales) expired(was *ledger.Past) bool { return was.Expires != 0 && was.Expires <= s.at }

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// Breach returns the kind and the summary of the hold for the first limit that the scan goes over; "" for none. Only what the scan makes more is
// held: what earlier scans changed stands.
func (s *Scales) Breach(l *Limits) (kind, summary string) {
	a, b := s.after, s.before
	shareable := s.had >= countedFrom
	removes := a.removed > b.removed
	switch {
	case removes && s.had+a.entered == a.removed && !l.Removed.off():
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
