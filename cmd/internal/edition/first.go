package edition

import (
	"context"
	"iter"

	"herald/cmd/internal/ledger"
)

// beginning is a scan into a ledger that knows no article: there is nothing to compare with, to
// rename or to hold, so what is found passes through a spool in place of the stage, and the rules
// for what two entries both claim are asked in the order of keys.
type beginning struct {
	*scan
	spool   *ledger.Spool
	entries int
	undated int64 // public articles that no rule but first sight dates
}

func (s *scan) begin(ctx context.Context) error {
	spool, err := s.Ledger.NewSpool()
	if err != nil {
		return err
	}
	defer spool.Close()
	b := &beginning{scan: s, spool: spool}
	if err := s.collect(ctx, b.keep); err != nil {
		return err
	}
	return s.Ledger.Write(ctx, b.apply)
}

func (b *beginning) keep(_ context.Context, all iter.Seq2[*found, error]) error {
	for f, err := range all {
		if err != nil {
			return err
		}
		if f.staged.Kind == ledger.Missing {
			continue // came and went while we looked
		}
		b.warn(f)
		b.entries++
		if toDate(f.staged) {
			b.undated++
		}
		if err := b.spool.Add(f.staged); err != nil {
			return err
		}
	}
	return nil
}

func toDate(st *ledger.Staged) bool {
	return st.Kind == ledger.New && st.Published == 0 && st.Flags&ledger.Draft == 0
}

// drawn is a found entry with the row that it is to have; only a new one has one.
type drawn struct {
	st  *ledger.Staged
	row *ledger.Article
}

// drawAll gives what was found, dated. First sights count back from the scan's start, the greatest key the newest.
func (b *beginning) drawAll(yield func(drawn, error) bool) {
	next := b.start - (b.undated-1)*1000
	for st, err := range b.spool.All() {
		if err != nil {
			yield(drawn{}, err)
			return
		}
		if toDate(st) {
			st.Published, st.DatedBy = next, datedFirst
			next += 1000
		}
		if st.Link != "" {
			b.relocate(st)
		}
		d := drawn{st: st}
		if st.Kind == ledger.New {
			d.row = b.draw(st)
		}
		if !yield(d, nil) {
			return
		}
	}
}

// apply writes the rows, while the next ones are drawn.
func (b *beginning) apply(tx *ledger.Tx) error {
	if b.entries == 0 {
		return b.unchanged(tx)
	}
	a, err := b.applying(tx)
	if err != nil {
		return err
	}
	a.unresolved = true
	next, stop := readAhead(b.drawAll)
	defer stop()
	for {
		d, err, more := next()
		if err != nil {
			return err
		}
		if !more {
			return a.close()
		}
		a.claimed = a.claimed || d.st.Claim != ""
		if d.row != nil {
			err = a.add(d.st, d.row)
		} else {
			err = a.one(d.st)
		}
		if err != nil {
			return err
		}
	}
}
