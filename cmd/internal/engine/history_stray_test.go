package engine_test

import "slices"

// strays lets known entries that took each other's names leave their articles, which are then to be
// found like new ones. What they leave is free for others.
func (s *scanned) strays() {
	var found []*entry
	for _, e := range s.entries {
		if s.changed(e) && !s.elsewhere(e.f) && s.strayed(e) {
			found = append(found, e)
		}
	}
	for _, e := range found {
		s.forsook[e.f], e.fresh = e, true
		delete(s.taken, e.f)
		e.f = nil
	}
}

// strayed reports whether a known entry is another article than that of its key: by the id that it
// claims and that is no longer where it was, or because what it was is now elsewhere, id and words.
func (s *scanned) strayed(e *entry) bool {
	if e.claim == e.f.guid {
		return false
	}
	for _, o := range s.entries {
		claimed := o.claim == e.f.guid && !o.refused && (o.f == nil || s.changed(o))
		if claimed && (e.claim != "" || o.said == e.f.said && e.said != e.f.said) {
			return true
		}
	}
	if e.claim == "" {
		return false
	}
	for _, f := range s.facts {
		if f.guid == e.claim && (f.removed != 0 && f.said == e.said || s.moved(f, e)) {
			return true
		}
	}
	return false
}

// moved reports whether an article is no longer under its key: nothing is, or another, and e may be it.
func (s *scanned) moved(f *fact, e *entry) bool {
	if slices.Contains(s.missing, f) {
		return true
	}
	return slices.ContainsFunc(s.entries, func(o *entry) bool {
		return o.f == f && s.changed(o) && o.claim != f.guid && (o.claim != "" || e.said == f.said && o.said != f.said)
	})
}

// changed reports whether a scan finds anything new in a readable entry of a known article.
func (s *scanned) changed(e *entry) bool {
	if e.f == nil || e.refused {
		return false
	}
	now := *e
	s.locate(&now)
	now.page = s.staysPage(e)
	return s.differs(&now)
}

// thieves refuses known entries that have come to claim the id of another article that is there.
func (s *scanned) thieves() {
	for _, e := range s.entries {
		if !s.changed(e) || e.claim == "" {
			continue
		}
		for _, f := range s.facts {
			if f == e.f || f.removed != 0 || f.guid != e.claim || s.vacant(f) {
				continue
			}
			if s.elsewhere(f) && !s.leads(f) && s.place(e, f) {
				s.become(e, f)
				break
			}
			e.refused = true
		}
	}
}

// forsaken lets the articles that an entry left and that nobody took be gone, but where that entry was
// refused: then its last good version stands.
func (s *scanned) forsaken() {
	for _, f := range s.facts {
		switch e := s.forsook[f]; {
		case e == nil || s.taken[f]:
		case e.refused:
			e.f = f
		default:
			s.missing = append(s.missing, f)
		}
	}
}
