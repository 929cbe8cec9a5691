package edition

import (
	"cmp"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
)

// What this file holds matters once: in the first scans after the ledger was lost. The ids that
// standing feeds show are then the articles' own, whatever front matter has come to claim since.

// shownIDs lets new entries claim the ids that readers know them by, whatever they claim themselves.
func (r *resolve) shownIDs() error {
	if len(r.shown) == 0 {
		return nil
	}
	return r.tx.StagedPages(r.src.Name, ledger.ByKey, "kind = 'new'", func(s *ledger.Staged) error {
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
func (r *resolve) knownFirst(ids []int64) ([]int64, error) {
	staged := make([]*ledger.Staged, len(ids))
	for i, id := range ids {
		var err error
		if staged[i], err = r.tx.StagedByID(id); err != nil {
			return nil, err
		}
	}
	unknown := func(s *ledger.Staged) int {
		if r.shown[s.URL] == s.Claim {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(staged, func(a, b *ledger.Staged) int {
		return cmp.Or(cmp.Compare(a.Claim, b.Claim), unknown(a)-unknown(b))
	})
	for i, s := range staged {
		ids[i] = s.ID
	}
	return ids, nil
}

// claim gives the id that a new entry asks for: what readers know outlives what the article came to
// claim later. An id that no feed showed is only what the article had if it claimed none.
func (a *applying) claim(st *ledger.Staged, rec ledger.Recovered) (string, error) {
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
