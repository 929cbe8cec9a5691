// Package guard judges whether a scan changes too much of what readers have. It compares with what the readers of a source had
// ten minutes ago, or when the operator last released a change of it: what goes in small steps counts like what goes at once.
//
// Notes keep what an article was whenever a scan changes it; Scales put the changes of a scan on top of what is kept, and say which
// limit that goes over. What becomes due by the clock alone is no change: it was judged when it was written.
package guard

import (
	"time"

	"herald/cmd/internal/ledger"
)

const (
	window         = 10 * time.Minute
	countedFrom    = 10  // articles, from which a share means anything
	addedOfAtLeast = 100 // articles, that a share of additions is taken of at least
)

// Limits are the limits over which a change is held. The operator's contract sets them (section 2, guard).
type Limits struct{ Removed, Changed, Added Limit }

// Whole is the share that turns a limit off.
const Whole = 1_000_000

// Limit is a share of the articles that readers had, or a plain number of articles, which counts from the first article on.
type Limit struct {
	Share  int64 // in millionths; Whole never holds
	Number int64
	Plain  bool // Number counts, not Share
}

// over reports whether n of base is more than the limit allows.
func (l Limit) over(n, base int64) bool {
	switch {
	case l.Plain:
		return n > l.Number
	case l.off():
		return false
	}
	return n*Whole > l.Share*base
}

// off reports whether the limit is turned off: by a share of the whole.
func (l Limit) off() bool { return !l.Plain && l.Share >= Whole }

// asks reports whether a scan may go over a limit: if not, nothing is to be weighed one by one. It never reports false of one that does.
// readers is how many articles of the source documents show, past what the scans changed of which something is kept.
func (l *Limits) asks(staged ledger.StagedCounts, past ledger.PastSum, readers int64) bool {
	least := max(readers-past.Entered, 0) // of what readers had
	leaving := staged.Missing + staged.Changed
	return leaving > 0 && past.Removed+leaving >= readers || // it may be empty afterwards
		l.Removed.over(past.Removed+leaving, least) ||
		l.Changed.over(past.Changed+past.Removed+staged.Changed, least) || // what left may have come back with other words
		l.Added.over(past.Added+staged.New+staged.Changed, max(least, addedOfAtLeast))
}
