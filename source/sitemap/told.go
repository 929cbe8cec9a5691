package sitemap

import (
	"context"

	"herald/source/remote"
)

// Heed takes what the sitemap's server said in an earlier process: see remote.Patient.
func (s *Source) Heed(said remote.Said) {
	h := s.hosts.of(s.root)
	h.mu.Lock()
	h.patience.Heed(said, s.root)
	h.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told.Heed(said, s.root)
}

// Said returns what the sitemap's server said last; that it stands only where no page is left to be read.
func (s *Source) Said() remote.Said {
	h := s.hosts.of(s.root)
	h.mu.Lock()
	said := h.patience.Said(s.root)
	h.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch l := s.listed; {
	case said.Until > 0 || l == nil || l.open:
		said.Fresh = 0
		return said
	case l.same:
		return s.told.Said(s.root)
	default:
		return l.said
	}
}

// stands returns the listing of who need not ask, since an earlier process read all pages and its sitemaps stand; nil: they are to be read.
func (s *Source) stands(ctx context.Context) *listing {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil && !s.found.same || !s.told.Stands(ctx, s.config.Now()) {
		return nil
	}
	return &listing{same: true, moved: s.moved, checked: s.checked, notes: s.moved.Notes()}
}
