package intake

import (
	"herald/cmd/internal/intake/memory"
	"herald/cmd/internal/ledger"
	"herald/source"
)

// stays reports whether an entry that is no longer listed is there all the same: the listing is a window that has moved on, or holds only what
// changed. Of a window that moves on nothing stays but articles.
func (s *scan) stays(seen ledger.Seen) bool {
	w, windowed := s.source.Source.(source.Windowed)
	return windowed && (seen.Article != 0 || seen.Key != "" && s.listsChanges()) && w.Stays(seen.Key)
}

func (s *scan) listsChanges() bool {
	i, may := s.source.Source.(source.Incremental)
	return may && i.Changes()
}

// memory is what is kept of the source from scan to scan.
func (s *scan) memory() memory.Of {
	return memory.Of{Name: s.source.Name, Source: s.source.Source, As: s.fingerprint(source.Entry{Fingerprint: "-"})}
}
