package intake

import (
	"context"
	"iter"
	"strings"

	"herald/cmd/internal/progress"
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
	defer progress.Asking(ctx, name, fetching).End()
	fetching.Fetch(ctx, s.applied(ctx, cancel))
}

// applied returns what was applied of the source as it is read now. Where that cannot be read, the Fetch is over.
func (s *scan) applied(ctx context.Context, cancel func()) iter.Seq2[string, string] {
	as := s.fingerprint(source.Entry{Fingerprint: "-"})
	as = as[:len(as)-1]
	return func(yield func(key, fingerprint string) bool) {
		if s.options.Reload {
			return
		}
		for seen, err := range s.ledger.Seen(ctx, s.source.Name) {
			if err != nil {
				cancel()
				return
			}
			fingerprint, same := strings.CutPrefix(seen.Fingerprint, as)
			if same && fingerprint != "" && !yield(seen.Key, fingerprint) {
				return
			}
		}
	}
}
