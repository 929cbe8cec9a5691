package engine_test

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// lost forgets everything but what the documents said that stand.
func (m *model) lost(site string, standing map[string]*fact, oldest time.Time) {
	*m = *newModel(site)
	m.recovered, m.oldest = standing, oldest
}

// reunite finds the articles that have another URL than the one that documents showed when the ledger was lost: by
// the id that they claim, else by title, text, and the date if they give one. Where two fit, none does.
func (s *scanned) reunite() {
	if s.complete[s.origin.name] {
		return
	}
	left := maps.Clone(s.recovered)
	for _, e := range s.entries {
		delete(left, e.path)
	}
	for _, f := range s.facts {
		delete(left, f.path)
	}
	for _, e := range s.entries {
		if e.f != nil || e.refused || e.draft || s.recovered[e.path] != nil {
			continue
		}
		var fit []string
		for _, path := range slices.Sorted(maps.Keys(left)) {
			if left[path].guid != "" && e.resembles(left[path]) {
				fit = append(fit, path)
			}
		}
		if len(fit) == 1 {
			e.was = fit[0]
			delete(left, e.was)
		}
	}
}

// resembles reports whether an entry says what documents showed of an article.
func (e *entry) resembles(rec *fact) bool {
	if e.claim != "" {
		return e.claim == rec.guid
	}
	shift := rec.shown.published.Sub(e.date)
	return e.title == rec.title && e.reading.body == rec.body && (!e.dated || 0 <= shift && shift < time.Hour)
}

// showed returns the path at which documents showed an entry when the ledger was lost.
func (e *entry) showed() string { return cmp.Or(e.was, e.path) }
