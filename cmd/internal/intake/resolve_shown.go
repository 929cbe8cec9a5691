package intake

import (
	"cmp"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// What this file holds matters once: in the first scans after the ledger was lost. The ids that
// standing feeds show are then the articles' own, whatever front matter has come to claim since.

// shownIDs lets new entries claim the ids that readers know them by, whatever they claim themselves.
func (r *resolver) shownIDs() error {
	if len(r.shown) == 0 {
		return nil
	}
	return r.tx.StagedPages(r.source, ledger.ByKey, ledger.StagedNew, func(s *ledger.Staged) error {
		id := r.shown[s.URL]
		if id == "" || mintedFor(s.Claim, id) {
			return nil
		}
		if taken, err := r.tx.GUIDTaken(id); err != nil || taken {
			return err
		}
		s.Claim = id
		return r.tx.Restage(s)
	})
}

// knownFirst puts, of entries that claim one id, the one that readers know by it first.
func (r *resolver) knownFirst(ids []int64) ([]int64, error) {
	return r.order(ids, func(s *ledger.Staged, strangeness int) (string, int) {
		if r.shown[s.URL] != s.Claim {
			strangeness = stranger + 1
		}
		return s.Claim, strangeness
	})
}

// shownFirst puts, of entries at one URL, the one first that standing documents show there: who came to
// want the URL later, and was refused it, is not known any more.
func (r *resolver) shownFirst(ids []int64) ([]int64, error) {
	if count, err := r.tx.RecoveredCount(); err != nil || count == 0 {
		return ids, err
	}
	return r.order(ids, func(s *ledger.Staged, strangeness int) (string, int) { return s.URL, strangeness })
}

// stranger is how strange an entry is that gives another date than what stood at its URL, or none as a draft, which
// no document shows. Any other without a date may be what stood there; one that gives that date is.
const stranger = 2

func strangeness(s *ledger.Staged, rec ledger.Recovered) int {
	dated := s.Published != 0 && s.DatedBy != source.DatedByFirstSeen && s.DatedBy != source.DatedByRecovery
	switch {
	case dated && (s.Published == rec.LastMod || s.Published == rec.FeedPublished):
		return 0
	case dated, s.Flags&ledger.Draft != 0:
		return stranger
	}
	return 1
}

// order brings entries into the order of a group and a rank in it, and leaves them otherwise. The rank
// is made from how strange an entry is at its URL.
func (r *resolver) order(ids []int64, rank func(s *ledger.Staged, strangeness int) (string, int)) ([]int64, error) {
	type ranked struct {
		id    int64
		group string
		rank  int
	}
	all := make([]ranked, len(ids))
	for i, id := range ids {
		s, err := r.tx.StagedByID(id)
		if err != nil {
			return nil, err
		}
		rec, found, err := r.tx.Recovered(s.URL)
		if err != nil {
			return nil, err
		}
		strange := 0
		if found && s.Article == 0 {
			strange = strangeness(s, rec)
		}
		all[i].id = id
		all[i].group, all[i].rank = rank(s, strange)
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.group, b.group), a.rank-b.rank)
	})
	out := make([]int64, len(all))
	for i, a := range all {
		out[i] = a.id
	}
	return out, nil
}

// claim gives the id that a new entry asks for: what readers know outlives what the article came to
// claim later. An id that no feed showed is only what the article had if it claimed none.
func (a *applier) claim(st *ledger.Staged, rec ledger.Recovered) (string, error) {
	if rec.GUID == "" || rec.FeedPublished == 0 || mintedFor(st.Claim, rec.GUID) {
		return cmp.Or(st.Claim, rec.GUID), nil
	}
	if taken, err := a.tx.GUIDTaken(rec.GUID); err != nil || taken {
		return st.Claim, err
	}
	return rec.GUID, nil
}

// mintedFor reports whether a recovered id may be what Atom shows instead of a claimed one that is
// no IRI.
func mintedFor(claim, recovered string) bool {
	return claim != "" && !strings.Contains(claim, ":") && strings.HasPrefix(recovered, "tag:")
}

// reservedIDs gives the ids that readers know articles by which no scan has met since the ledger was lost.
func reservedIDs(tx *ledger.Tx) (map[string]bool, error) {
	shown, err := tx.RecoveredIDs()
	ids := make(map[string]bool, len(shown))
	for _, id := range shown {
		ids[id] = true
	}
	return ids, err
}
