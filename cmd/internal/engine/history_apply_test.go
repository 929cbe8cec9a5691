package engine_test

import (
	"maps"
	"slices"
	"time"
)

// apply makes a scan true: removals first.
func (s *scanned) apply() {
	first := !s.complete[s.origin.name]
	were, before := map[*fact]standpoint{}, map[*fact]fact{}
	for _, f := range s.facts {
		before[f] = *f
	}
	for _, c := range s.changes() {
		were[c.f] = c.f.standpoint(s.now)
	}
	for _, f := range s.missing {
		if f.missing = s.stay[f]; !s.taken[f] && f.missing.IsZero() && !s.hand(s.conf, f) {
			f.removed, f.out = s.scans, false
			f.enter(s.now, false)
		}
	}
	for _, e := range s.entries {
		e.refused = e.refused || e.f == nil && e.claim != "" && s.given(e.claim) // minted in this scan
		if e.refused {
			if e.f != nil && e.f.removed == 0 && !s.elsewhere(e.f) {
				e.f.source, e.f.key, e.f.waits = s.origin.name, e.key, ""
			}
			continue
		}
		waits := e.f != nil && e.f.removed != 0 && e.f.told != [2]know{} // to be told as removed from where it was
		s.applyOne(e)
		e.f.enter(s.now, first && !waits)
		if first && !waits {
			e.f.told = e.f.knowable(s.now)
		}
	}
	s.merge(before)
	s.keep(were)
	if len(s.living(s.origin.name))+len(s.copies[s.origin.name]) > 0 {
		s.complete[s.origin.name] = true
	}
}

func (s *scanned) applyOne(e *entry) {
	f := e.f
	if f == nil {
		f = &fact{n: len(s.facts) + 1, since: map[string]time.Time{}, firstYear: s.now, born: e.born}
		e.f = f
		s.facts = append(s.facts, f)
		f.guid = s.mint(e)
		f.shown = s.recall(e)
		f.regained = f.shown != (shown{})
		delete(s.recovered, e.showed())
	}
	was := *f
	f.source, f.key, f.removed, f.missing, f.reading = s.origin.name, e.key, 0, time.Time{}, e.reading
	f.waits = ""
	f.path, f.date, f.byName, f.minted, f.page = e.path, e.at, e.byName, e.minted, e.page
	f.leavePages(&was)
	f.move(&was, s.now)
	f.hush(&was, s.now)
	if inFeed, inSitemap := f.public(s.now); f.out != (inFeed || inSitemap) {
		f.out = !f.out
	}
}

// move lets an article's time of change move: to the one that its file gives, if that can be, else with
// every change that is not minor.
func (f *fact) move(was *fact, now time.Time) {
	claims := !f.modified.IsZero() && !f.modified.Before(f.date) && !f.modified.After(now)
	changed := f.mark() != was.mark() || f.path != was.path
	switch {
	case claims && f.modified.Equal(was.changed) && was.claimed.IsZero():
		f.claimed = f.modified // it gives the very time that was noted
	case claims && !f.modified.Equal(was.claimed):
		f.version, f.claimed = f.version+1, f.modified
	case !claims && changed && !f.minor:
		f.version, f.claimed, f.changed = f.version+1, time.Time{}, now
	case !claims && changed && !f.date.Equal(was.date):
		f.shown.version, f.shown.listed = 0, 0 // a minor change, which may have dated the article after its last
	}
	f.version = max(f.version, 1)
	if f.regained && (f.minted || was.minted) && !f.modified.IsZero() {
		f.shown.version, f.shown.listed = 0, 0 // its date is not known, so nor is whether it can have changed then
	}
}

// hush lets nobody hear of a minor change, unless another one waits to be told or it lets the article enter or
// leave.
func (f *fact) hush(was *fact, now time.Time) {
	if !f.minor || was.n == 0 || f.path != was.path || was.told != was.knowable(now) {
		return
	}
	is := f.knowable(now)
	if (is[0] == know{}) == (was.told[0] == know{}) && (is[1] == know{}) == (was.told[1] == know{}) {
		f.told = is
	}
}

// mint returns the id of a new article.
func (s *scanned) mint(e *entry) string {
	if rec := s.recovered[e.showed()]; rec != nil && rec.guid != "" && !s.given(rec.guid) {
		return rec.guid
	}
	want := e.claim
	if want == "" {
		want = s.site + e.path
	}
	for n, guid := 2, want; ; n++ {
		if !s.given(guid) && (guid == e.claim || !s.reserved(guid)) {
			return guid
		}
		guid = s.site + e.path + "#" + string(rune('0'+n))
	}
}

// given reports whether an id is some article's.
func (m *model) given(guid string) bool {
	return slices.ContainsFunc(m.facts, func(f *fact) bool { return f.guid == guid })
}

// reserved reports whether readers know another article by an id, whose file has not been seen yet
// since the ledger was lost.
func (m *model) reserved(guid string) bool {
	for _, rec := range m.recovered {
		if rec.guid == guid {
			return true
		}
	}
	return false
}

// recall returns what standing documents showed of a URL when the ledger was lost.
func (s *scanned) recall(e *entry) shown {
	rec := s.recovered[e.showed()]
	if rec == nil && e.noSitemap && !e.draft && s.unmet && !s.complete[s.origin.name] {
		return shown{latest: s.oldest} // no document lists it, yet it is no news
	}
	if rec == nil {
		return shown{}
	}
	out := rec.shown
	out.version, out.listed = min(out.version, 1), min(out.listed, 1)
	return out
}

// leave removes the articles of sources that the config no longer names, unless the guard wants to
// be asked; it gives the sources that are held.
func (m *model) leave(c *conf, released func(source string) bool) (held []string) {
	gone, waits := map[string]bool{}, map[string]bool{}
	for _, f := range m.facts {
		switch {
		case f.removed != 0 || c.origin(f.source) != nil:
		case c.guard && !released(f.source):
			waits[f.source] = true
		default:
			gone[f.source] = true
		}
	}
	if len(gone) > 0 {
		m.scans++
	}
	for _, f := range m.facts {
		if gone[f.source] && f.removed == 0 {
			f.removed, f.out = m.scans, false
		}
	}
	maps.DeleteFunc(m.formers, func(source string, _ []former) bool { return c.origin(source) == nil && !waits[source] })
	return slices.Sorted(maps.Keys(waits))
}

// news is what a publication must tell.
type news struct {
	urls    []string       // sorted
	changed map[*fact]bool // of which the hubs know something else
	any     bool           // something public is otherwise than before
}

// publish brings what the world knows up to a moment.
func (m *model) publish(now time.Time) news {
	out := news{changed: map[*fact]bool{}}
	listed := map[string]bool{}
	for _, f := range m.facts {
		f.enter(now, false)
		inFeed, inSitemap := f.public(now)
		if f.out = inFeed || inSitemap; f.out && f.shown.debut.IsZero() {
			f.shown.debut, f.shown.minted = f.date, f.minted
		}
		if inSitemap {
			listed[f.path] = true
		}
	}
	told := map[string]bool{}
	for _, f := range m.facts {
		now := f.knowable(now)
		if was := f.told[0]; was != now[0] {
			if now[0].path != "" {
				told[m.site+now[0].path] = true
			}
			if was.path != "" && !listed[was.path] {
				told[m.site+was.path] = true
			}
		}
		if f.told[1] != now[1] {
			out.changed[f] = true
		}
		out.any = out.any || f.told != now
		f.told = now
	}
	out.urls = slices.Sorted(maps.Keys(told))
	return out
}

// public returns the articles of the feeds and the paths of the sitemap.
func (m *model) public(now time.Time) (inFeed []*fact, listed []string) {
	for _, f := range m.facts {
		feed, sitemap := f.public(now)
		if feed {
			inFeed = append(inFeed, f)
		}
		if sitemap {
			listed = append(listed, f.path)
		}
	}
	return inFeed, listed
}
