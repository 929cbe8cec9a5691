package feedset

import (
	"context"
	"maps"
	"slices"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/ledger"
	"herald/source"
)

// fetchAtOnce is of how many articles bodies are loaded before they are written.
const fetchAtOnce = 200

// Fetch loads the bodies that the feeds need and the ledger does not keep. One whose content is no longer
// the row's is not taken.
func (s *Set) Fetch(ctx context.Context) error {
	var all []Feed
	var now int64
	err := s.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		if now, err = tx.Changes(); err != nil || now == s.fetched && now != 0 {
			return err
		}
		all, err = s.toLookAt(tx)
		return err
	})
	fetched, lacks := false, false
	for err == nil && len(all) > 0 {
		var wanted map[int64]*ledger.Article
		err = s.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
			wanted, all, err = s.wanted(tx, all)
			return err
		})
		if err == nil && len(wanted) > 0 {
			var took int
			took, err = s.take(ctx, wanted)
			fetched, lacks = true, lacks || took < len(wanted)
		}
	}
	if err == nil && fetched && !s.hasArchives() { // archive documents show all
		err = s.config.Ledger.Write(ctx, s.prune)
	}
	if s.fetched = now; err != nil || lacks {
		s.fetched = 0
	}
	if err != nil {
		return err
	}
	return s.fetchArchives(ctx)
}

// toLookAt returns the feeds that may lack a body: of which something has changed since none did, else whose documents may be
// others than those that stand.
func (s *Set) toLookAt(tx *ledger.Tx) (some []Feed, err error) {
	v, err := s.view(tx)
	if err == nil && s.fetched == 0 {
		err = v.standing(tx)
	}
	if err != nil {
		return nil, err
	}
	for _, f := range s.list.All(v.known, v.values) {
		unchanged := false
		if s.fetched != 0 {
			unchanged = v.unchangedSince(s.fetched, f)
		} else if unchanged, err = s.stand(v, f); err != nil {
			return nil, err
		}
		if !unchanged {
			some = append(some, f)
		}
	}
	return some, nil
}

// stand reports whether all documents of a feed stand as they would be made now, as far as can be known without a look.
func (s *Set) stand(v *view, f Feed) (bool, error) {
	now, err := s.stamps(v, f)
	if err != nil {
		return false, err
	}
	var docs []*document.Document
	for _, format := range s.list.Formats(f) {
		d, err := s.place(format, f.Paths[format.Kind])
		if err != nil {
			return false, err
		}
		docs = append(docs, d)
	}
	return v.unchanged(docs, now), nil
}

// wanted returns the rows of which the first of some feeds need bodies that are not there, and the other feeds.
func (s *Set) wanted(tx *ledger.Tx, all []Feed) (wanted map[int64]*ledger.Article, rest []Feed, err error) {
	wanted = map[int64]*ledger.Article{}
	for len(all) > 0 && len(wanted) < fetchAtOnce {
		f := all[0]
		all = all[1:]
		want := func(row *ledger.Article) error {
			lacks, err := lacksBody(f, tx, row)
			if lacks {
				wanted[row.ID] = row
			}
			return err
		}
		if err := tx.NewestOf(f.Where, candidates(f), want); err != nil {
			return nil, nil, err
		}
		kept, err := keptRows(f, tx)
		if err != nil {
			return nil, nil, err
		}
		for _, row := range kept {
			if err := want(row); err != nil {
				return nil, nil, err
			}
		}
	}
	return wanted, all, nil
}

// take loads the bodies of rows and keeps them; it returns of how many.
func (s *Set) take(ctx context.Context, wanted map[int64]*ledger.Article) (took int, err error) {
	loaded := s.load(ctx, wanted)
	return len(loaded), s.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		for id, a := range loaded {
			if err := tx.PutBody(id, a.ContentDigest, a.Body); err != nil {
				return err
			}
		}
		return nil
	})
}

// pruneAlways is for how many feeds bodies are pruned whenever one was fetched.
const pruneAlways = 20

// prune drops the bodies that no feed can show soon; of many feeds, once a process.
func (s *Set) prune(tx *ledger.Tx) error {
	all, err := s.list.Read(tx)
	if err != nil {
		return err
	}
	if len(all) > pruneAlways && s.pruned {
		return nil
	}
	s.pruned = true
	windows := make([]ledger.Window, len(all))
	for i, f := range all {
		windows[i] = ledger.Window{Where: f.Where, Newest: candidates(f)}
	}
	return tx.PruneBodies(windows...)
}

// load loads articles that rows want, by row and in the order of rows, so that the same happens each time.
func (s *Set) load(ctx context.Context, wanted map[int64]*ledger.Article) map[int64]*source.Article {
	loaded := map[int64]*source.Article{}
	for _, id := range slices.Sorted(maps.Keys(wanted)) {
		row := wanted[id]
		a, err := s.config.Load(ctx, row.Source, row.Key)
		switch {
		case err == nil && a == nil: // its source left the config
		case err != nil || a.ContentDigest != row.ContentDigest:
			s.config.Log.Warn("body not to be had now; the article stays out of full-content documents", "article", row.Shown.Place, "cause", err)
		default:
			loaded[id] = a
		}
	}
	return loaded
}
