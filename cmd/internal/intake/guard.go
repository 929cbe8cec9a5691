package intake

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"herald/cmd/internal/guard"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake/merging"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source"
)

// detailLines is how many changes a hold names, and one line for the rest.
const detailLines = 19

// judge asks the guard. A change that the operator has released, or forces, is what readers are taken to have from then on.
func (s *scan) judge(tx *ledger.Tx) (verdict, error) {
	kind, summary, err := s.breach(tx)
	if err != nil {
		return verdict{}, err
	}
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
		s.noted = false
		return verdict{}, errors.Join(hold.Drop(tx, existing), guard.Forget(tx, s.source.Name))
	}
	v.held = true
	return v, nil
}

// breach names the first limit that a scan goes over.
func (s *scan) breach(tx *ledger.Tx) (kind, summary string, err error) {
	limits := s.in.config.Guard
	if s.noted = limits != nil && !s.first; !s.noted {
		return "", "", nil
	}
	scales, err := guard.Weigh(tx, limits, s.source.Name, s.start)
	if err != nil || scales == nil {
		return "", "", err
	}
	err = s.changes(tx, func(_ *ledger.Staged, old, row *ledger.Article) error {
		scales.Change(old, row)
		return nil
	})
	if err != nil {
		return "", "", err
	}
	copied, err := tx.Copies().Count(s.source.Name)
	kind, summary = scales.Breach(len(s.merged.Copied) > 0 || copied > int64(len(s.uncopied)))
	return kind, summary, err
}

// changes calls f for each change that is staged, with the row as it stands, empty for a new article, and as it would be.
func (s *scan) changes(tx *ledger.Tx, f func(st *ledger.Staged, old, row *ledger.Article) error) error {
	return tx.StagedPages(s.source.Name, ledger.ByKey, ledger.StagedChanges, func(st *ledger.Staged) error {
		old := &ledger.Article{}
		if st.Kind != ledger.New {
			var err error
			if old, err = tx.Article(st.Article); err != nil {
				return err
			}
		}
		row := *old
		if st.Kind == ledger.Missing {
			if _, found, err := merging.Sources(s.in.names()).Heir(tx, old.ID); err != nil || found {
				return err // readers have it all the same
			}
			row.RemovedAt = s.start
		} else {
			s.fill(&row, st)
			leavePages(&row, old)
			if s.source.Live && st.Kind == ledger.New {
				row.Flags |= ledger.Awaited
			}
		}
		row.InFeed, row.InSitemap, _ = placement.Public(&row, s.start)
		return f(st, old, &row)
	})
}

// describe fills in a hold's signature and its first lines, and which first sights to keep.
func (s *scan) describe(tx *ledger.Tx, v *verdict) error {
	sum, more := sha256.New(), 0
	err := s.changes(tx, func(st *ledger.Staged, old, row *ledger.Article) error {
		// The date of a first sight differs from scan to scan; a URL made from it does too.
		url, published := st.URL, st.Published
		if st.DatedBy == source.DatedByFirstSeen {
			url, published = "", 0
		}
		fmt.Fprintf(sum, "%s %d %q %x %d %q %d %d %d\n", st.Kind, st.Article, st.Key, st.ContentDigest, st.Flags, url, published, st.Expires, st.Shown.PublicFrom)
		if len(v.hold.Detail) < detailLines {
			v.hold.Detail = append(v.hold.Detail, line(st, old, row))
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

// line tells of one change in a hold: its kind and key, the title, and the URL, which may become another.
func line(st *ledger.Staged, old, row *ledger.Article) string {
	url := cmp.Or(old.URL, row.URL)
	if row.URL != url {
		url += " → " + row.URL
	}
	kind := cmp.Or(map[ledger.Kind]ledger.Kind{ledger.New: "added", ledger.Missing: "removed"}[st.Kind], st.Kind)
	return strings.TrimRight(fmt.Sprintf("%s %s: %s %s", kind, st.Key, row.Shown.Title, url), " ")
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
