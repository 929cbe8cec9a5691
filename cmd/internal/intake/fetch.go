package intake

import (
	"context"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// Fetch has a source ask its origin, so that the next Scan waits for nobody. It does nothing for one that is no
// source.Fetching. It may be called beside Scan and Look, which tell what went wrong.
func (in *Intake) Fetch(ctx context.Context, name string, o ScanOptions) {
	s, err := in.newScan(name)
	if err != nil {
		return
	}
	s.options = o
	fetching, may := s.source.Source.(source.Fetching)
	if !may || s.ledger.Read(ctx, s.begin) != nil {
		return
	}
	ctx, cancel := s.within(ctx)
	defer cancel()
	fetching.Fetch(ctx, func(e source.Entry) bool { return s.knows(ctx, e) })
}

// knows reports whether an entry was applied as it looks now.
func (s *scan) knows(ctx context.Context, e source.Entry) (known bool) {
	as := s.fingerprint(e)
	err := s.ledger.Read(ctx, func(tx *ledger.Tx) error {
		seen, found, err := tx.Seen(s.source.Name, e.Key)
		known = found && as != "" && seen.Fingerprint == as
		return err
	})
	return err == nil && known
}
