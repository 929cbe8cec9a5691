package engine_test

import (
	"slices"
	"time"
)

// grace finds out which of the missing articles stay: public ones, until they have been missing so long, unless another
// article has their key or URL now.
func (s *scanned) grace() {
	s.stay = map[*fact]time.Time{}
	for _, f := range s.missing {
		since := f.missing
		if since.IsZero() || since.After(s.now) {
			since = s.now
		}
		wanted := slices.ContainsFunc(s.entries, func(e *entry) bool { return !e.refused && e.path == f.path })
		if f.out && !wanted && s.forsook[f] == nil && !s.displaced[f] && s.now.Before(since.Add(s.origin.grace)) {
			s.stay[f] = since
		}
	}
}
