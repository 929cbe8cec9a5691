package intake

import (
	"context"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/settle"
)

// moveGrace is how long what is missing stays beside new entries that were passed over.
const moveGrace = 2 * time.Second

// Settled reports whether an entry of a source may be taken: nobody is writing it any more, or has for too long.
func (in *Intake) Settled(name, key string) bool {
	s, known := in.source(name)
	return !known || settle.Settled(s.Source, key)
}

// loadSettled loads an entry, or passes over it and returns nil. The first complete scan of a source is one whole, and waits.
func (s *scan) loadSettled(ctx context.Context, f *found) (st *ledger.Staged, err error) {
	if f.entry.Key == "" {
		return s.load(ctx, f)
	}
	taken, err := s.loading.Load(ctx, f.entry.Key, func() (err error) {
		st, err = s.load(ctx, f)
		return err
	})
	if !taken {
		return nil, err
	}
	return st, err
}

// passedOver notes an entry that was not taken.
func (s *scan) passedOver(f *found) {
	s.report.PassedOver = append(s.report.PassedOver, f.entry.Key)
	s.arriving = s.arriving || f.seen.Key == ""
}

// grace returns how long public articles that are missing stay. Where new entries were passed over, one of them may be what is
// missing, under its new name.
func (s *scan) grace() time.Duration {
	if s.arriving {
		return max(s.source.Grace, moveGrace)
	}
	return s.source.Grace
}
