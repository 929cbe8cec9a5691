package intake

import (
	"context"
	"fmt"
	"slices"

	"herald/cmd/internal/intake/merging"
	"herald/cmd/internal/intake/recovered"
	"herald/cmd/internal/ledger"
	"herald/source"
)

// idTaken is what the later of two claimants of an id reads.
const idTaken = "id %q is taken by %s; give this article another id"

// resolver decides, for a complete stage, which rows its entries belong to, when they are dated and
// where they stand. It runs inside the transaction that applies its decisions.
type resolver struct {
	scan      *scan
	source    string // its name
	ctx       context.Context
	tx        *ledger.Tx
	taken     map[int64]bool  // rows that an entry of this scan has taken up
	abandoned map[int64]int64 // rows whose entry turned out to be another article -> that entry
	lost      *recovered.Rows // what standing documents left of a lost ledger
	merged    *merging.Entries
	beside    bool // in the first scan of a source that makes pages: some article of it has a date
}

// resolve decides for every staged entry of the scan.
func (s *scan) resolve(ctx context.Context, tx *ledger.Tx) error {
	r := s.newResolver(ctx, tx)
	steps := []func() error{
		r.merged.Stay,       // copies of other sources' articles that still are
		r.sameLeft,          // articles of a source that has another name now
		r.swapped,           // entries that are other articles than their rows: files took each other's names
		r.lost.IDs,          // with a lost ledger: the ids that readers know
		r.lost.URLs,         // and the URLs that are ids
		r.claimedTwice,      // of two new entries that claim one id, the later is refused
		r.claims,            // rows by the id that an entry claims
		r.removeAbandoned,   // rows that an entry of swapped left, and no claim took up
		r.renames,           // a key that vanished and one that appeared, of equal content
		r.merged.SharedURLs, // articles of other sources at the entry's URL
		r.returns,           // removed rows by key, content and URL
		r.besideDated,       // whether what has no date is a page
		r.lost.ByURL,        // with a lost ledger: what documents showed at the entry's URL
		r.lost.Elsewhere,    // and at other URLs: it was renamed meanwhile, or its URL has a date
		r.dates,             // what no rule but first sight dates
		r.urls,              // permalinks that waited for a date
		r.lost.ByURL,        // for those, too
		r.conflicts,         // of two articles at one URL, the later known is refused, or is the other source's
		r.grace,             // what is missing stays for a while, where nothing took its place
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	s.report.Early, s.merged = r.lost.Early, r.merged
	return nil
}

func (s *scan) newResolver(ctx context.Context, tx *ledger.Tx) *resolver {
	r := &resolver{scan: s, source: s.source.Name, ctx: ctx, tx: tx, taken: map[int64]bool{}}
	r.lost = &recovered.Rows{
		Tx: tx, Source: r.source, First: s.first, Sources: s.in.names(), Zone: s.entries.zone(), Taken: r.taken,
		Load:   func(key string) (*source.Article, error) { return s.source.Source.Load(ctx, key) },
		Locate: s.entries.relocate,
		Inherit: func(st *ledger.Staged, row *ledger.Article) {
			s.entries.inherit(st, row)
			r.page(st, row.Shown.ID != "")
		},
		RefuseClaim: r.refuseClaim, RefuseURL: r.refuseURL,
	}
	r.merged = r.newMerging()
	return r
}

// claimedTwice refuses the later of two new entries that claim one id; one that readers know by it
// goes first.
func (r *resolver) claimedTwice() error {
	ids, err := r.tx.ClaimsTwice(r.source)
	if err != nil {
		return err
	}
	if ids, err = r.lost.LikeFirst(ids); err != nil {
		return err
	}
	return r.keepFirst(ids, func(s *ledger.Staged) string { return s.Claim }, r.refuseClaim)
}

// keepFirst refuses, in every run of staged entries that share a value, all but the first.
func (r *resolver) keepFirst(ids []int64, value func(*ledger.Staged) string, refuse func(s *ledger.Staged, other string) error) error {
	var keeper *ledger.Staged
	for _, id := range ids {
		s, err := r.tx.StagedByID(id)
		if err != nil {
			return err
		}
		if keeper == nil || value(keeper) != value(s) {
			keeper = s
			continue
		}
		if err := refuse(s, keeper.Place); err != nil {
			return err
		}
	}
	return nil
}

func (r *resolver) refuseClaim(s *ledger.Staged, other string) error {
	r.scan.report.Contested = true
	refuseAt(s, r.stated(s).IDAt, fmt.Sprintf(idTaken, s.Claim, other))
	return r.tx.Restage(s)
}

// stated reads an entry that is to be refused once more, for the places of what it says. Rows and what servers answer have none, and are not asked for
// twice.
func (r *resolver) stated(s *ledger.Staged) *source.Article {
	if _, changes := r.scan.source.Source.(source.Incremental); changes {
		return &source.Article{}
	}
	if a, err := r.scan.source.Source.Load(r.ctx, s.Key); err == nil {
		return a
	}
	return &source.Article{}
}

// claims takes up rows by the id that a new entry claims: removed ones, missing ones, and those of
// sources that are no longer configured. An article of another source is the same one; another article's id refuses the entry.
func (r *resolver) claims() error {
	pairs, err := r.tx.ClaimedRows(r.source)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		row, err := r.tx.Article(p.Article)
		if err != nil {
			return err
		}
		vacant, err := r.vacant(row)
		if err != nil {
			return err
		}
		if vacant {
			if err := r.take(p); err != nil {
				return err
			}
			continue
		}
		s, err := r.tx.StagedByID(p.Stage)
		if err != nil {
			return err
		}
		if met, err := r.merged.Meet(s, row); err != nil || met {
			if err != nil {
				return err
			}
			continue
		}
		if err := r.refuseClaim(s, row.Shown.Place); err != nil {
			return err
		}
	}
	return nil
}

// vacant reports whether a row's article is gone, so that a new entry may be it.
func (r *resolver) vacant(row *ledger.Article) (bool, error) {
	if r.taken[row.ID] {
		return false, nil
	}
	if r.abandoned[row.ID] != 0 {
		return true, nil
	}
	if _, configured := r.scan.in.source(row.Source); row.RemovedAt != 0 || !configured {
		return true, nil
	}
	s, err := r.tx.StagedByArticle(row.ID)
	return s != nil && s.Kind == ledger.Missing && row.Source == r.source, err
}

// take joins a new entry with a row; the first entry that asks gets it.
func (r *resolver) take(p ledger.Pair) error {
	if r.taken[p.Article] {
		return nil
	}
	s, err := r.tx.StagedByID(p.Stage)
	if err != nil || s.Kind != ledger.New || s.Article != 0 {
		return err
	}
	row, err := r.tx.Article(p.Article)
	if err != nil {
		return err
	}
	r.taken[p.Article] = true
	moved, err := r.tx.DropMissing(p.Article)
	if err != nil {
		return err
	}
	if moved || r.abandoned[p.Article] != 0 {
		r.scan.report.Renamed++
	}
	s.Article, s.Kind = p.Article, ledger.Changed
	r.scan.entries.inherit(s, row)
	return r.tx.Restage(s)
}

// renames pairs keys that vanished with keys that appeared and say the same words.
func (r *resolver) renames() error {
	var missing []int64
	err := r.tx.Staged(r.source, ledger.StagedMissing, func(s *ledger.Staged) error {
		missing = append(missing, s.Article)
		return nil
	})
	if err != nil || len(missing) == 0 {
		return err
	}
	byWords := map[string][]int64{}
	for _, id := range missing {
		row, err := r.tx.Article(id)
		if err != nil {
			return err
		}
		byWords[string(row.ContentDigest[:])] = append(byWords[string(row.ContentDigest[:])], id)
	}
	var pairs []ledger.Pair
	err = r.tx.Staged(r.source, ledger.StagedUnmatched, func(s *ledger.Staged) error {
		words := string(s.ContentDigest[:])
		for rows := byWords[words]; len(rows) > 0; rows = byWords[words] {
			byWords[words] = rows[1:]
			if !r.taken[rows[0]] {
				pairs = append(pairs, ledger.Pair{Stage: s.ID, Article: rows[0]})
				break
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if err := r.take(p); err != nil {
			return err
		}
	}
	return nil
}

// returns takes up living rows of sources that left the config by their URL, removed rows by their
// key, then by their words, then vacant ones by their URL.
func (r *resolver) returns() error {
	byKey, err := r.tx.RemovedByKey(r.source)
	if err != nil {
		return err
	}
	byWords, err := r.tx.RemovedByContent(r.source)
	if err != nil {
		return err
	}
	byURL, err := r.tx.VacantByURL(r.source, r.scan.in.names())
	if err != nil {
		return err
	}
	left, err := r.tx.LeftByURL(r.source, r.scan.in.names())
	if err != nil {
		return err
	}
	for _, p := range slices.Concat(left, byKey, byWords, byURL) {
		if err := r.returning(p); err != nil {
			return err
		}
	}
	return nil
}

// returning takes up a row unless the entry claims another id than the row's: then it is another
// article, but where it says what the row says, claim included: the row came to say so too late.
func (r *resolver) returning(p ledger.Pair) error {
	s, row, err := r.pair(p)
	if err != nil {
		return err
	}
	if s.Claim != "" && s.Claim != row.GUID && s.ContentDigest != row.ContentDigest {
		return nil
	}
	return r.take(p)
}
