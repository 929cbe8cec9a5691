package edition

import (
	"context"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// fetchAtOnce is of how many articles bodies are loaded before they are written.
const fetchAtOnce = 200

// Fetch loads the bodies that the feeds need and the ledger does not keep. One whose content is no longer
// the row's is not taken.
func (s *feedSet) Fetch(ctx context.Context) error {
	var all []Feed
	err := s.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		all, err = s.toLookAt(tx)
		return err
	})
	fetched := false
	for err == nil && len(all) > 0 {
		var wanted map[int64]*ledger.Article
		err = s.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
			wanted, all, err = s.wanted(tx, all)
			return err
		})
		if err == nil && len(wanted) > 0 {
			fetched = true
			err = s.take(ctx, wanted)
		}
	}
	if err != nil || !fetched {
		return err
	}
	return s.config.Ledger.Write(ctx, s.prune)
}

// toLookAt returns the feeds that may have changed.
func (s *feedSet) toLookAt(tx *ledger.Tx) (some []Feed, err error) {
	v, err := s.view(tx)
	if err != nil {
		return nil, err
	}
	all, err := s.list.All(tx, v.known)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		now, err := s.stamps(v, f)
		if err != nil {
			return nil, err
		}
		var docs []*Document
		for _, format := range s.list.Formats(f) {
			d, err := Document{Kind: s.kind(format)}.at(s.config.Placement.Site, f.Paths[format.Kind])
			if err != nil {
				return nil, err
			}
			docs = append(docs, d)
		}
		if !v.unchanged(docs, now) {
			some = append(some, f)
		}
	}
	return some, nil
}

// wanted returns the rows of which the first of some feeds need bodies that are not there, and the other feeds.
func (s *feedSet) wanted(tx *ledger.Tx, all []Feed) (wanted map[int64]*ledger.Article, rest []Feed, err error) {
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

// take loads the bodies of rows and keeps them.
func (s *feedSet) take(ctx context.Context, wanted map[int64]*ledger.Article) error {
	loaded := s.load(ctx, wanted)
	return s.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
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

// prune drops the bodies that no feed can show soon; of many feeds, once there are twice as many as the feeds look at.
func (s *feedSet) prune(tx *ledger.Tx) error {
	known, err := tx.Feeds()
	if err != nil {
		return err
	}
	all, err := s.list.All(tx, known)
	if err != nil {
		return err
	}
	windows, most := make([]ledger.Window, len(all)), 0
	for i, f := range all {
		windows[i] = ledger.Window{Where: f.Where, Newest: candidates(f)}
		most += 2 * candidates(f)
	}
	bodies, err := tx.Bodies()
	if err != nil || len(all) > pruneAlways && bodies <= int64(most) {
		return err
	}
	return tx.PruneBodies(windows...)
}

// load loads articles that rows want, by row.
func (s *feedSet) load(ctx context.Context, wanted map[int64]*ledger.Article) map[int64]*source.Article {
	loaded := map[int64]*source.Article{}
	for id, row := range wanted {
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
