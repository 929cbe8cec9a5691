package engine_test

import (
	"slices"
	"time"

	"herald/cmd/internal/intake"
)

// pages finds out which entries are pages: what the first scan of a source finds undated beside dated articles, and with
// sitemap_only whatever is undated. Once one it stays one until it gets a date, or until first_seen takes it for an article.
func (s *scanned) pages() {
	beside := slices.ContainsFunc(s.entries, func(e *entry) bool { return !e.refused && !e.draft && !e.at.IsZero() && !e.minted })
	for _, e := range s.copied { // what is another source's article stands beside them all the same
		beside = beside || e.dated && !e.draft
	}
	all, first := s.origin.undated == intake.SitemapOnly, s.origin.undated == intake.Auto && !s.complete[s.origin.name]
	for _, e := range s.entries {
		rec := s.recovered[e.showed()]
		switch {
		case e.dated, s.origin.undated == intake.FirstSeen, s.origin.undated == "":
		case e.f != nil && !e.f.date.IsZero():
			e.page = s.staysPage(e)
		case e.draft, rec != nil && rec.guid != "": // a feed showed it
		default:
			e.page = all || first && beside && e.f == nil
		}
	}
}

// staysPage reports whether a known entry is a page as it was.
func (s *scanned) staysPage(e *entry) bool {
	return e.f.page && !e.dated && s.origin.undated != intake.FirstSeen && s.origin.undated != ""
}

// leavePages lets a page that has got a date begin as an article of that date: no feed has shown it.
func (f *fact) leavePages(was *fact) {
	if was.page && !f.page && f.dated {
		f.shown.debut, f.shown.minted, f.shown.latest = time.Time{}, false, time.Time{}
	}
}
