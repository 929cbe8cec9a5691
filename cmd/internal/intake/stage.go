package intake

import (
	"context"
	"fmt"
	"iter"

	"herald/cmd/internal/ledger"
)

// batch is how many entries go into a transaction together.
const batch = 500

// stage writes what was loaded into the stage, a batch a transaction.
func (s *scan) stage(ctx context.Context, all iter.Seq2[*found, error]) error {
	pending := make([]*found, 0, batch)
	flush := func() error {
		defer func() { pending = pending[:0] }()
		return s.ledger.Write(ctx, func(tx *ledger.Tx) error { return s.stageBatch(tx, pending) })
	}
	for f, err := range all {
		if err != nil {
			return err
		}
		if pending = append(pending, f); len(pending) == batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if len(pending) == 0 {
		return nil
	}
	return flush()
}

// stageBatch stages entries. The first batch of a scan is its first writing: from then on an earlier scan of the source,
// perhaps of another process, writes nothing more.
func (s *scan) stageBatch(tx *ledger.Tx, batch []*found) error {
	if err := s.ownEpoch(tx); err != nil {
		return err
	}
	s.staged += int64(len(batch))
	for _, f := range batch {
		if f.staged == nil {
			s.passedOver(f)
			continue
		}
		if err := s.stageOne(tx, f); err != nil {
			return err
		}
	}
	return nil
}

// ownEpoch returns ledger.ErrFenced where another scan of the source has written since this one began.
func (s *scan) ownEpoch(tx *ledger.Tx) error {
	if err := tx.CheckEpoch(s.source.Name, s.epoch); err != nil || s.wrote {
		return err
	}
	epoch, err := tx.BumpEpoch(s.source.Name)
	s.epoch, s.wrote = epoch, true
	return err
}

// stageOne compares an entry with its row and stages it.
func (s *scan) stageOne(tx *ledger.Tx, f *found) error {
	st := f.staged
	s.report.warn(f.warned)
	switch {
	case st.Kind == ledger.Missing && f.seen.Key == "":
		return nil // came and went while we looked
	case st.Kind == ledger.Same && f.seen.Copy:
		return nil // out of the window that is listed
	case f.seen.Copy && st.Kind != ledger.Copy:
		s.uncopied[st.Key] = true
	case st.Kind == ledger.Ignored && st.Article != 0:
		st.Kind, st.Reason = ledger.Missing, noArticle
	case st.Kind == ledger.Changed:
		row, err := tx.Article(st.Article)
		if err != nil {
			return err
		}
		if row == nil {
			return fmt.Errorf("article %d of %s is gone: %w", st.Article, st.Key, ledger.ErrDamaged)
		}
		s.entries.compare(st, row)
	}
	return tx.Stage(s.source.Name, st)
}
