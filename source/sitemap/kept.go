package sitemap

import (
	"maps"

	"herald/source/spool"
)

// page returns a page that was fetched and is still kept.
func (s *Source) page(url string) (*kept, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, kept := s.pages[url]
	return p, kept
}

// forget lets go of a page that was applied.
func (s *Source) forget(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pages, url)
}

// keep keeps a page until it is loaded and applied.
func (s *Source) keep(url string, p *page) error {
	k := &kept{print: p.print, other: p}
	if p.body != nil {
		place, err := s.spool.Add(p.body)
		if err != nil {
			return err
		}
		k.place, k.other = place, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[url] = k
	return nil
}

// tidy lets go of pages that are not listed any more, and of the room that pages had which are gone. It is called by who fetches, before
// pages are added.
func (s *Source) tidy(l *listing) {
	maps.DeleteFunc(s.failed, func(url string, _ failure) bool { return l.find(url) == nil })
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.pages, func(url string, _ *kept) bool { return l.find(url) == nil })
	size := int64(0)
	for _, p := range s.pages {
		size += p.place.Size()
	}
	if 2*size >= s.spool.Size() {
		return
	}
	fresh := new(spool.Spool)
	for url, p := range s.pages {
		moved := *p
		if p.place.Size() > 0 {
			body, err := s.spool.Read(p.place)
			if err == nil {
				moved.place, err = fresh.Add(body)
			}
			if err != nil {
				delete(s.pages, url) // it is fetched again
				continue
			}
		}
		s.pages[url] = &moved
	}
	s.spool = fresh
}
