package intake

import (
	"fmt"
	"path"

	"herald/cmd/internal/ledger"
	"herald/source/text"
)

// urlTaken is what the later of two claimants of a URL reads.
func urlTaken(s *ledger.Staged, other string) string {
	if text.LooksLike(s.Place, other) {
		return fmt.Sprintf("URL %s is taken by a file whose name looks the same and is spelled otherwise in Unicode (%+q beside %+q); remove one of the two",
			s.URL, path.Base(other), path.Base(s.Place))
	}
	return fmt.Sprintf("URL %s is taken by %s; give one of the two another permalink", s.URL, other)
}

// urls expands the permalinks that waited for a date.
func (r *resolver) urls() error {
	return r.tx.StagedPages(r.source, ledger.ByKey, ledger.StagedUnplaced, func(s *ledger.Staged) error {
		r.scan.entries.relocate(s)
		return r.tx.Restage(s)
	})
}

// conflicts refuses the later of two articles of a source at one URL. A refused article keeps its last good
// URL, which may refuse another: hence the rounds.
func (r *resolver) conflicts() error {
	if err := r.sharedURLs(); err != nil {
		return err
	}
	for {
		pairs, err := r.tx.URLsTaken(r.source)
		if err != nil {
			return err
		}
		refused := 0
		for _, p := range pairs {
			n, err := r.standing(p)
			if err != nil {
				return err
			}
			refused += n
		}
		if refused == 0 {
			return nil
		}
	}
}

func (r *resolver) sharedURLs() error {
	ids, err := r.tx.URLsTwice(r.source)
	if err != nil {
		return err
	}
	return r.keepFirst(ids, func(s *ledger.Staged) string { return s.URL }, r.refuseURL)
}

// standing refuses a staged entry whose URL a living row of its source keeps, and merges it with one of another source; it counts these.
func (r *resolver) standing(p ledger.Pair) (int, error) {
	holder, err := r.tx.StagedByArticle(p.Article)
	if err != nil {
		return 0, err
	}
	s, err := r.tx.StagedByID(p.Stage)
	if err != nil || s.Kind == ledger.Refused || s.Kind == ledger.Copy || r.merged.Absorbed[p.Article] == s.ID {
		return 0, err
	}
	heir, stays, err := r.merged.Heir(holder)
	switch {
	case err != nil:
		return 0, err
	case stays:
		return 1, r.refuseURL(s, heir.Place)
	case holder != nil && (holder.Kind == ledger.Missing || holder.Kind == ledger.Changed && holder.URL != s.URL):
		return 0, nil // it leaves
	}
	row, err := r.tx.Article(p.Article)
	if err != nil {
		return 0, err
	}
	if done, err := r.merged.AtURL(s, row); err != nil || done {
		return 1, err
	}
	return 1, r.refuseURL(s, row.Shown.Place)
}

func (r *resolver) refuseURL(s *ledger.Staged, other string) error {
	r.scan.report.Contested = true
	refuseAt(s, r.stated(s).URLAt, urlTaken(s, other))
	return r.tx.Restage(s)
}
