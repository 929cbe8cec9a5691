package engine_test

import (
	"slices"
	"time"
)

// The limits of a history's guard: two shares in hundredths, and a number.
const (
	guardRemoved = 20
	guardChanged = 50
	guardAdded   = 8
)

// guardLooksBack is how long ago readers had what a scan is compared with.
const guardLooksBack = 10 * time.Minute

// standpoint is what an article is to readers at some moment: nothing, or so.
type standpoint struct {
	out     bool // some document shows it
	meant   bool // and is to, or will when its date comes
	said    string
	path    string
	expires time.Time
}

// former is what an article was before a scan changed it.
type former struct {
	at time.Time
	f  *fact
	standpoint
}

// standpoint is how an article stands. Whether it is out was last asked when something was published or taken in.
func (f *fact) standpoint(now time.Time) standpoint {
	if f == nil || f.removed != 0 {
		return standpoint{}
	}
	later := *f
	if later.date.After(now) {
		now = later.date
	}
	inFeed, inSitemap := later.public(now)
	return standpoint{f.out, inFeed || inSitemap, f.said, f.path, f.expires}
}

// becomes returns the article that a scan makes of an entry that is not refused.
func (s *scanned) becomes(e *entry) *fact {
	f := &fact{}
	if e.f != nil {
		*f = *e.f
	}
	f.reading, f.path, f.date, f.page, f.removed = e.reading, e.path, e.at, e.page, 0
	inFeed, inSitemap := f.public(s.now)
	f.out = inFeed || inSitemap
	return f
}

// change is one article beside what a scan would make of it.
type change struct{ f, after *fact } // f is nil for a new article, after for one that is removed

// changes are the articles that a scan would change.
func (s *scanned) changes() (out []change) {
	for _, f := range s.missing {
		if heir, _ := s.heir(s.conf, f); heir == "" && !s.taken[f] && s.stay[f].IsZero() {
			out = append(out, change{f, nil})
		}
	}
	for _, e := range s.entries {
		if !e.refused && (e.f == nil || s.differs(e)) {
			out = append(out, change{e.f, s.becomes(e)})
		}
	}
	return out
}

// differs reports whether a scan finds anything new in an entry of a known article.
func (s *scanned) differs(e *entry) bool {
	f := e.f
	return f.removed != 0 || e.said != f.said || e.path != f.path || !e.at.Equal(f.date) || e.noFeed != f.noFeed || e.page != f.page || !f.missing.IsZero()
}

// breach returns the kind of hold that a scan asks for: it is compared with what readers had ten minutes ago, or when a
// change of the source was last released.
func (s *scanned) breach() string {
	if !s.conf.guard || !s.complete[s.origin.name] {
		return ""
	}
	s.formers[s.origin.name] = slices.DeleteFunc(s.formers[s.origin.name], func(p former) bool {
		return s.now.Sub(p.at).Abs() >= guardLooksBack
	})
	had, before, after := s.readers(), s.count(nil), s.count(s.changes())
	over := func(n, share int) bool { return had >= 10 && n*100 > share*had }
	switch {
	case after.removed > before.removed && had+after.entered == after.removed && len(s.copied) == 0:
		return "emptied"
	case after.removed > before.removed && over(after.removed, guardRemoved):
		return "removed"
	case after.changed > before.changed && over(after.changed, guardChanged):
		return "changed"
	case after.added > before.added && after.added > guardAdded:
		return "added"
	}
	return ""
}

// first returns what an article was before all that is kept of it; how it stands, if nothing is.
func (s *scanned) first(f *fact) standpoint {
	for _, p := range s.formers[s.origin.name] {
		if p.f == f {
			return p.standpoint
		}
	}
	return f.standpoint(s.now)
}

// had reports whether readers had an article. One that left at the expiry that it had then was to leave.
func (p standpoint) had(is standpoint, now time.Time) bool {
	return p.out && (is.out || p.expires.IsZero() || p.expires.After(now))
}

// readers counts the articles that readers had.
func (s *scanned) readers() (n int) {
	for _, f := range s.facts {
		kept := slices.ContainsFunc(s.formers[s.origin.name], func(p former) bool { return p.f == f })
		was := s.first(f)
		if kept && was.had(f.standpoint(s.now), s.now) || !kept && f.removed == 0 && f.source == s.origin.name && f.out {
			n++
		}
	}
	return n
}

// tally counts what became of articles.
type tally struct{ removed, changed, added, entered int }

// count counts what earlier scans made of articles, and what some changes would.
func (s *scanned) count(changes []change) (t tally) {
	met := map[*fact]bool{}
	for _, c := range changes {
		met[c.f] = true
		t.add(s.first(c.f), c.after.standpoint(s.now), s.now)
	}
	for _, p := range s.formers[s.origin.name] {
		if !met[p.f] {
			met[p.f] = true
			t.add(p.standpoint, p.f.standpoint(s.now), s.now)
		}
	}
	return t
}

func (t *tally) add(was, is standpoint, now time.Time) {
	had := was.had(is, now)
	soon := !is.expires.Equal(was.expires) && !is.expires.IsZero() && !is.expires.After(now.Add(guardLooksBack))
	has := is.out && !soon
	switch {
	case had && !has:
		t.removed++
	case had && (was.said != is.said || was.path != is.path):
		t.changed++
	case !had && has:
		t.entered++
	}
	if is.meant && !was.meant {
		t.added++
	}
}

// keep keeps what the articles were that a scan has changed, new ones too, where readers have something else now. It keeps
// nothing of the first scan of a source, nor of one whose breach was released.
func (s *scanned) keep(were map[*fact]standpoint) {
	if !s.noted {
		return
	}
	for _, f := range s.facts {
		was, known := were[f]
		is := f.standpoint(s.now)
		if !known && f.n <= s.before || was == is || !was.out && !is.out && was.meant == is.meant {
			continue
		}
		at := s.now
		if looked, early := s.looked[f.key]; early {
			at = looked
		}
		s.formers[f.source] = append(s.formers[f.source], former{at, f, was})
	}
}
