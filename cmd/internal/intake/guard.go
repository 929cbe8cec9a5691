package intake

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/source"
)

const (
	countedFrom    = 10  // articles, from which a share means anything
	addedOfAtLeast = 100 // articles, that a share of additions is taken of at least
	detailLines    = 19  // of a hold, and one for the rest
)

// judge asks the guard and fills in the report's counts.
func (s *scan) judge(tx *ledger.Tx) (verdict, error) {
	counts, err := tx.GuardCounts(s.source.Name, s.start)
	if err != nil {
		return verdict{}, err
	}
	kind, summary := s.breach(counts)
	existing, err := tx.HoldsOf(s.source.Name, hold.ScanKinds()...)
	if err != nil {
		return verdict{}, err
	}
	if kind == "" {
		return verdict{}, hold.Drop(tx, existing)
	}
	v := verdict{hold: ledger.Hold{Kind: kind, Subject: s.source.Name, Summary: summary, Since: s.start}}
	if err := s.describe(tx, &v); err != nil {
		return v, err
	}
	for _, h := range existing {
		if h.Signature == v.hold.Signature {
			v.hold.ID, v.hold.Since, v.hold.Approved = h.ID, h.Since, h.Approved
		}
	}
	if s.options.Force || v.hold.Approved {
		return verdict{}, hold.Drop(tx, existing)
	}
	v.held = true
	return v, nil
}

// breach names the first limit that a scan goes over.
func (s *scan) breach(c ledger.GuardCounts) (kind, summary string) {
	g := s.in.config.Guard
	if g == nil || s.first {
		return "", ""
	}
	shareable := c.Known >= countedFrom
	switch {
	case c.Known > 0 && c.Removed >= c.Known && c.Added == 0 && !g.Removed.off():
		return hold.Emptied, fmt.Sprintf("source %s is suddenly empty: all its %d articles would be removed", s.source.Name, c.Known)
	case (shareable || g.Removed.Plain) && g.Removed.over(c.Removed, c.Known):
		return hold.Removed, fmt.Sprintf("%d of %d articles of source %s would be removed", c.Removed, c.Known, s.source.Name)
	case (shareable || g.Changed.Plain) && g.Changed.over(c.Changed, c.Known):
		return hold.Changed, fmt.Sprintf("%d of %d articles of source %s would change", c.Changed, c.Known, s.source.Name)
	case g.Added.over(c.Added, max(c.Known, addedOfAtLeast)):
		return hold.Added, fmt.Sprintf("%d articles would be added to the %d of source %s", c.Added, c.Known, s.source.Name)
	}
	return "", ""
}

// describe fills in a hold's signature and its first lines, and which first sights to keep.
func (s *scan) describe(tx *ledger.Tx, v *verdict) error {
	sum, more := sha256.New(), 0
	err := tx.Staged(s.source.Name, ledger.StagedChanges, func(st *ledger.Staged) error {
		// The date of a first sight differs from scan to scan; a URL made from it does too.
		url := st.URL
		if st.DatedBy == source.DatedByFirstSeen {
			url = ""
		}
		fmt.Fprintf(sum, "%s %d %q %x %d %q\n", st.Kind, st.Article, st.Key, st.ContentDigest, st.Flags, url)
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
	existing, err := tx.HoldsOf(s.source.Name, hold.ScanKinds()...)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(existing, func(h ledger.Hold) bool { return h.ID == v.hold.ID })
	if err := hold.Drop(tx, others); err != nil {
		return err
	}
	if err := tx.PutHold(&v.hold); err != nil {
		return err
	}
	for _, key := range v.firstSeen {
		if err := tx.PutSighting(s.source.Name, key, s.start); err != nil {
			return err
		}
	}
	held := hold.Of(v.hold)
	s.report.Hold = &held
	return s.finish(tx, false)
}
