package intake

import (
	"strings"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// stays reports whether an article whose entry is no longer listed is there all the same: the listing is a window that has
// moved on.
func (s *scan) stays(seen ledger.Seen) bool {
	w, windowed := s.source.Source.(source.Windowed)
	return windowed && seen.Article != 0 && w.Stays(seen.Key)
}

// recall tells a source what it saw when it was applied last. It is to list everything where that was read otherwise, where it is
// unknown what stands, and where an entry has to be asked again whatever it says.
func (s *scan) recall(tx *ledger.Tx) error {
	r, remembers := s.source.Source.(source.Remembering)
	if !remembers {
		return nil
	}
	kept, err := tx.Meta(ledger.MemoryOf(s.source.Name))
	if err != nil {
		return err
	}
	refused, err := tx.RefusalCount(s.source.Name)
	if err != nil {
		return err
	}
	as, memory, _ := strings.Cut(kept, "\n")
	r.Recall(memory, as != s.fingerprint(source.Entry{Fingerprint: "-"}) || refused > 0 || s.first || s.options.Reload)
	return nil
}

// remember keeps what a source has seen, now that it is applied.
func (s *scan) remember(tx *ledger.Tx) error {
	r, remembers := s.source.Source.(source.Remembering)
	if !remembers || s.report.Hold != nil || s.partial {
		return nil
	}
	name, now := ledger.MemoryOf(s.source.Name), s.fingerprint(source.Entry{Fingerprint: "-"})+"\n"+r.Memory()
	if was, err := tx.Meta(name); err != nil || was == now {
		return err
	}
	return tx.SetMeta(name, now)
}
