package engine_test

import (
	"slices"
)

// rank is the place of a source in the config; below 0: it left.
func (c *conf) rank(name string) int {
	return slices.IndexFunc(c.origins, func(o origin) bool { return o.name == name })
}

// elsewhere reports whether another source of the config leads a living article.
func (s *scanned) elsewhere(f *fact) bool {
	return f != nil && f.removed == 0 && f.source != s.origin.name && s.conf.rank(f.source) >= 0
}

// first reports whether the source that is scanned goes before the one that leads an article.
func (s *scanned) leads(f *fact) bool { return s.conf.rank(s.origin.name) < s.conf.rank(f.source) }

// stay lets what was another source's article be that still, where it claims its id or has its URL.
func (s *scanned) staying() {
	was := s.copies[s.origin.name]
	for key := range was {
		if s.lacks(key) && !slices.ContainsFunc(s.entries, func(e *entry) bool { return e.key == key && !e.refused }) {
			s.uncopied[key] = true
		}
	}
	for _, e := range s.entries {
		f := was[e.key]
		if f == nil || e.refused {
			continue
		}
		same := s.elsewhere(f) && (e.claim != "" && e.claim == f.guid || f.path == e.reading.path(e.day(f), s.conf.zone) && (!e.needsYear || !e.date.IsZero() || !f.date.IsZero()))
		if same && !s.leads(f) {
			s.become(e, f)
			continue
		}
		s.uncopied[e.key] = true
		if same {
			s.take(e, f, true)
		}
	}
}

// become makes an entry another source's article. An article that it had is missing now.
func (s *scanned) become(e *entry, f *fact) {
	s.copied[f] = e
	s.entries = slices.DeleteFunc(slices.Clone(s.entries), func(o *entry) bool { return o == e })
	if own := e.f; own != nil && own.removed == 0 && own.source == s.origin.name {
		s.missing, s.displaced[own] = append(s.missing, own), true
		delete(s.taken, own)
	}
	e.f = nil
}

// place reports whether an entry may be the one of its source that is another source's article.
func (s *scanned) place(e *entry, f *fact) bool {
	for key, g := range s.copies[s.origin.name] {
		if g == f && key != e.key && !s.uncopied[key] {
			return false
		}
	}
	return s.copied[f] == nil
}

// meet joins a new entry with an article of another source: it takes that over, or is it.
func (s *scanned) meet(e *entry, f *fact) bool {
	switch {
	case !s.elsewhere(f):
		return false
	case s.leads(f):
		return s.take(e, f, true)
	case s.place(e, f):
		s.become(e, f)
		return true
	}
	return false
}

// shared joins new entries with the articles of other sources at their URLs.
func (s *scanned) shared() {
	for _, e := range s.entries {
		for _, f := range s.facts {
			if e.fresh && !e.refused && e.f == nil && s.copied[f] != e && f.waits == "" && s.elsewhere(f) && s.stands(e, f) && s.meet(e, f) {
				break
			}
		}
	}
}

// collide deals with an entry at the URL of another source's article; false: it is refused.
func (s *scanned) collide(e *entry, f *fact) bool {
	switch {
	case !s.elsewhere(f), f.waits != "":
		return false
	case e.f == nil && s.recovered[e.showed()] == nil:
		return s.meet(e, f)
	case !s.leads(f) && s.place(e, f):
		s.become(e, f)
		return true
	case s.leads(f) && e.f != nil:
		s.absorbed[f] = e
		return true
	}
	return false
}

// heir returns the source and key of the next copy of an article.
func (m *model) heir(c *conf, f *fact) (source, key string) {
	for _, o := range c.origins {
		for key, g := range m.copies[o.name] {
			if g == f {
				return o.name, key
			}
		}
	}
	return "", ""
}

// inherited reports whether a missing article is another source's from now on: it keeps its URL until that is scanned.
func (s *scanned) inherited(f *fact) bool {
	source, _ := s.heir(s.conf, f)
	return source != "" && !s.taken[f]
}

// hand lets the next copy lead an article; false: there is none.
func (m *model) hand(c *conf, f *fact) bool {
	source, key := m.heir(c, f)
	if source == "" {
		return false
	}
	delete(m.copies[source], key)
	f.source, f.key = source, key
	if at := m.places[[2]string{source, key}]; at != f.path {
		f.waits = at
	}
	return true
}

// rearrange lets copies take over what sources led that are in the config no more.
func (m *model) rearrange(c *conf) {
	for _, f := range m.facts {
		if f.removed == 0 && c.rank(f.source) < 0 {
			m.hand(c, f)
		}
	}
}

// merge makes true what a scan found of other sources' articles.
func (s *scanned) merge(before map[*fact]fact) {
	name := s.origin.name
	copies := map[string]*fact{}
	for key, f := range s.copies[name] {
		if slices.ContainsFunc(s.entries, func(e *entry) bool { return e.key == key && e.refused && e.f == nil }) && s.elsewhere(f) && s.copied[f] == nil {
			copies[key] = f // its last good version
		}
		if !s.lacks(key) && !slices.ContainsFunc(s.entries, func(e *entry) bool { return e.key == key }) {
			copies[key] = f // it was not listed
		}
	}
	for f, e := range s.copied {
		copies[e.key] = f
		if s.places[[2]string{name, e.key}] = ""; !e.needsYear || !e.date.IsZero() {
			s.places[[2]string{name, e.key}] = e.reading.path(e.day(f), s.conf.zone)
		}
	}
	s.copies[name] = copies
	give := func(source, key, path string, f *fact) {
		s.places[[2]string{source, key}] = path
		if s.copies[source] == nil {
			s.copies[source] = map[string]*fact{}
		}
		s.copies[source][key] = f
	}
	for f, was := range before {
		if f.source == name && was.removed == 0 && was.source != name && s.conf.rank(was.source) >= 0 {
			give(was.source, was.key, was.path, f)
		}
	}
	for f, e := range s.absorbed {
		if e.refused || e.path != f.path {
			continue
		}
		f.removed, f.out = s.scans, false
		give(f.source, f.key, f.path, e.f)
	}
}

// copy writes the words of a file into another source, under the id or at the URL of the article.
func (h *history) copyFile() {
	folder, key := h.pick()
	to := h.conf.origins[h.rand.IntN(len(h.conf.origins))].folder
	if _, there := h.disk[to][key]; there || to == folder {
		return
	}
	s := h.disk[folder][key]
	c := s.clone()
	c.edits = h.rand.IntN(3)
	for _, f := range h.model.facts {
		if o := h.conf.origin(f.source); f.removed == 0 && o != nil && o.folder == folder && f.key == h.kind.of(folder).key(s) {
			switch h.rand.IntN(3) {
			case 0:
				if h.kind.of(to).can("claim") {
					c.meta["id"] = f.guid
				}
			default:
				s = s.clone()
				s.meta["permalink"], c.meta["permalink"] = "/함께-"+s.word+"/", "/함께-"+s.word+"/"
				h.save(folder, key, s)
			}
		}
	}
	h.save(to, key, c)
}

// reorder changes the order of the sources in the config.
func (h *history) reorder() {
	o := slices.Clone(h.conf.origins)
	h.rand.Shuffle(len(o), func(i, j int) { o[i], o[j] = o[j], o[i] })
	h.conf.origins = o
	h.open()
}
