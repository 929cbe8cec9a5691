package intake

import (
	"slices"

	"herald/cmd/internal/ledger"
)

// sameLeft takes up what a source that left the config holds at the same URLs under the same key or with
// the same words: the source has another name now. An entry whose URL waits for a date stands, with the row's date, where
// the row does. This comes before any claim is asked after, for what an article came to claim too late has never counted.
func (r *resolver) sameLeft() error {
	byKey, err := r.tx.LeftByKey(r.source, r.scan.in.names())
	if err != nil {
		return err
	}
	byURL, err := r.tx.LeftByURL(r.source, r.scan.in.names())
	if err != nil {
		return err
	}
	for _, p := range slices.Concat(byKey, byURL) {
		s, row, err := r.pair(p)
		if err != nil {
			return err
		}
		if s.Link != "" {
			if r.scan.entries.inherit(s, row); s.Link != "" {
				r.scan.entries.relocate(s) // a draft: its permalink has the day of its first sight
			}
		}
		if s.URL != row.URL || s.ContentDigest != row.ContentDigest && s.Key != row.Key {
			continue
		}
		if err := r.take(p); err != nil {
			return err
		}
	}
	return nil
}

// pair returns a staged entry and the row that it may belong to.
func (r *resolver) pair(p ledger.Pair) (*ledger.Staged, *ledger.Article, error) {
	s, err := r.tx.StagedByID(p.Stage)
	if err != nil {
		return nil, nil, err
	}
	row, err := r.tx.Article(p.Article)
	return s, row, err
}
