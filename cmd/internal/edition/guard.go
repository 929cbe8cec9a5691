package edition

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// The kinds of holds.
const (
	HoldEmptied   = "emptied"
	HoldRemoved   = "removed"
	HoldChanged   = "changed"
	HoldAdded     = "added"
	HoldGone      = "gone" // a source left the config
	HoldSiteURL   = "site_url"
	HoldForeign   = "foreign"
	HoldVanishing = "vanishing"
)

// scanHolds are the kinds of holds over what a scan found.
func scanHolds() []string { return []string{HoldEmptied, HoldRemoved, HoldChanged, HoldAdded} }

const (
	countedFrom    = 10  // articles, from which a share means anything
	addedOfAtLeast = 100 // articles, that a share of additions is taken of at least
	detailLines    = 19  // of a hold, and one for the rest
)

// verdict is what the guard says of a staged scan.
type verdict struct {
	held      bool
	hold      ledger.Hold
	firstSeen []string // keys without a date of their own, whose first sight is kept
}

// over reports whether n of base is more than the limit allows. A plain number is counted from
// the first article on.
func (l Limit) over(n, base int64) bool {
	switch {
	case l.Plain:
		return n > l.Number
	case l.off():
		return false
	}
	return float64(n) > l.Share*float64(base)
}

// off reports whether the limit is turned off: by a share of the whole.
func (l Limit) off() bool { return !l.Plain && l.Share >= 1 }

// judge asks the guard and fills in the report's counts.
func (s *scan) judge(tx *ledger.Tx) (verdict, error) {
	counts, err := tx.GuardCounts(s.src.Name, s.start)
	if err != nil {
		return verdict{}, err
	}
	kind, summary := s.breach(counts)
	existing, err := tx.HoldsOf(s.src.Name, scanHolds()...)
	if err != nil {
		return verdict{}, err
	}
	if kind == "" {
		return verdict{}, dropHolds(tx, existing)
	}
	v := verdict{hold: ledger.Hold{Kind: kind, Subject: s.src.Name, Summary: summary, Since: s.start}}
	if err := s.describe(tx, &v); err != nil {
		return v, err
	}
	for _, h := range existing {
		if h.Signature == v.hold.Signature {
			v.hold.ID, v.hold.Since, v.hold.Approved = h.ID, h.Since, h.Approved
		}
	}
	if s.opts.Force || v.hold.Approved {
		return verdict{}, dropHolds(tx, existing)
	}
	v.held = true
	return v, nil
}

// breach names the first limit that a scan goes over.
func (s *scan) breach(c ledger.GuardCounts) (kind, summary string) {
	g := s.Guard
	if g == nil || s.first {
		return "", ""
	}
	shareable := c.Known >= countedFrom
	switch {
	case c.Known > 0 && c.Removed >= c.Known && c.Added == 0 && !g.Removed.off():
		return HoldEmptied, fmt.Sprintf("source %s is suddenly empty: all its %d articles would be removed", s.src.Name, c.Known)
	case (shareable || g.Removed.Plain) && g.Removed.over(c.Removed, c.Known):
		return HoldRemoved, fmt.Sprintf("%d of %d articles of source %s would be removed", c.Removed, c.Known, s.src.Name)
	case (shareable || g.Changed.Plain) && g.Changed.over(c.Changed, c.Known):
		return HoldChanged, fmt.Sprintf("%d of %d articles of source %s would change", c.Changed, c.Known, s.src.Name)
	case g.Added.over(c.Added, max(c.Known, addedOfAtLeast)):
		return HoldAdded, fmt.Sprintf("%d articles would be added to the %d of source %s", c.Added, c.Known, s.src.Name)
	}
	return "", ""
}

// describe fills in a hold's signature and its first lines, and which first sights to keep.
func (s *scan) describe(tx *ledger.Tx, v *verdict) error {
	sum, more := sha256.New(), 0
	err := tx.Staged(s.src.Name, ledger.StagedChanges, func(st *ledger.Staged) error {
		// The date of a first sight differs from scan to scan; a URL made from it does too.
		url := st.URL
		if st.DatedBy == source.DatedByFirstSeen {
			url = ""
		}
		fmt.Fprintf(sum, "%s %d %q %x %d %q\n", st.Kind, st.Article, st.Key, st.Words, st.Flags, url)
		if len(v.hold.Detail) < detailLines {
			v.hold.Detail = append(v.hold.Detail, fmt.Sprintf("%s %s", st.Kind, st.Key))
		} else {
			more++
		}
		if st.Kind == ledger.New && st.DatedBy == source.DatedByFirstSeen {
			v.firstSeen = append(v.firstSeen, st.Key)
		}
		return nil
	})
	if more > 0 {
		v.hold.Detail = append(v.hold.Detail, fmt.Sprintf("and %d more", more))
	}
	copy(v.hold.Signature[:], sum.Sum(nil))
	return err
}

// hold keeps a held scan's hold and first sights; nothing else of the scan becomes true.
func (s *scan) hold(tx *ledger.Tx, v verdict) error {
	existing, err := tx.HoldsOf(s.src.Name, scanHolds()...)
	if err != nil {
		return err
	}
	for _, h := range existing {
		if h.ID != v.hold.ID {
			if err := tx.DropHold(h.ID); err != nil {
				return err
			}
		}
	}
	if err := tx.PutHold(&v.hold); err != nil {
		return err
	}
	for _, key := range v.firstSeen {
		if err := tx.PutSighting(s.src.Name, key, s.start); err != nil {
			return err
		}
	}
	s.report.Hold = holdOf(v.hold)
	return s.finish(tx, false)
}

func holdOf(h ledger.Hold) *Hold {
	return &Hold{ID: h.ID, Kind: h.Kind, Subject: h.Subject, Summary: h.Summary, Detail: h.Detail, Since: ledger.Time(h.Since)}
}

func dropHolds(tx *ledger.Tx, holds []ledger.Hold) error {
	for _, h := range holds {
		if err := tx.DropHold(h.ID); err != nil {
			return err
		}
	}
	return nil
}

// ensureHold keeps a hold under the number that the same change had before, and tells whether the
// operator has released exactly it.
func (e *Edition) ensureHold(tx *ledger.Tx, want ledger.Hold) (Hold, bool, error) {
	existing, err := tx.HoldsOf(want.Subject, want.Kind)
	if err != nil {
		return Hold{}, false, err
	}
	want.Since = ledger.Millis(e.Now().Truncate(time.Second))
	for _, h := range existing {
		if h.Signature == want.Signature {
			return *holdOf(h), h.Approved, nil
		}
	}
	err = errors.Join(dropHolds(tx, existing), tx.PutHold(&want))
	return *holdOf(want), false, err
}

func signature(parts ...string) (d source.Digest) {
	sum := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(sum, "%q\n", p)
	}
	copy(d[:], sum.Sum(nil))
	return d
}
