package screen

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/placement"
)

// Build prints the closing screen of build.
func (s Screen) Build(r *engine.BuildReport) {
	for _, one := range r.Sources {
		s.source(one, r.Standing[one.Source])
		if one.Recovered > 0 {
			s.row("", s.say("there was no state: %s known again from the published documents, ids and dates stay", s.articles(one.Recovered)))
		}
		s.row("", s.emptyLine(one.Empty))
		s.row("", s.restingLine(r.Resting[one.Source]))
		s.warnings(one.Warnings, one.WarningCount)
	}
	for _, f := range r.Failed {
		s.named(f.Source, s.unread(f, r.Standing[f.Source]))
		s.row("", s.restingLine(r.Resting[f.Source]))
	}
	s.row("dated by", datedBy(r))
	if r.Live != nil {
		s.first("not live", lines(r.Live.Waits, s.waitLine), r.Live.Waiting)
	}
	s.row("pages", s.pages(r))
	s.first("refused", lines(r.Refused(), s.refusalLine), r.RefusedCount())
	s.list("soon", s.texts(r.Ahead()))
	s.moved(r, "the old address ends: permalink: %s in the article keeps it, or a redirect on your web server sends its readers on")
	held := r.Holds()
	s.holds(held[:min(maxLines, len(held))], func(h hold.Hold) string { return fmt.Sprintf("%d: %s", h.ID, s.text(h.Remedy())) })
	if more := len(held) - maxLines; more > 0 {
		s.row("", s.say("and %d more; herald status lists them", more))
	}
	if r.Published != nil {
		s.list("kept", s.texts(r.Published.Failed))
	}
	s.list("ERROR", s.texts(r.Errors))
	s.outputs(r)
	s.deliveries(r)
	s.tells(r)
	s.served(r)
}

// restingLine says when a source asks its server again that said so; "" where it may be asked at any time.
func (s Screen) restingLine(next time.Time) string {
	if next.IsZero() {
		return ""
	}
	return s.say("asks again at %s (the server said so)", s.Moment(next))
}

// unread says that a source could not be read, and what becomes of what it held.
func (s Screen) unread(f engine.SourceFailure, stands placement.Standing) string {
	if stands.Articles == 0 {
		return s.say("NOT READ: %s", f.Error)
	}
	return s.say("NOT READ, its last good articles stay (%s): %s", s.standing(stands), f.Error)
}

// source prints what a scan found and what stands now. With nothing taken over, what stood stays.
func (s Screen) source(one *intake.ScanReport, stands placement.Standing) {
	if one.Hold != nil {
		s.named(one.Source, s.say("held: none of it was taken over; %s as before", s.standing(stands)))
		return
	}
	s.named(one.Source, s.standing(stands)+", "+s.changes(one))
}

// standing returns how many articles a source has, and what becomes of them where that differs.
func (s Screen) standing(n placement.Standing) string {
	var parts []string
	if n.Public > 0 {
		parts = append(parts, s.say("%d public", n.Public))
	}
	if n.Drafts > 0 {
		parts = append(parts, counted(s, n.Drafts, "1 draft", "%d drafts"))
	}
	switch {
	case n.Future == 1:
		parts = append(parts, s.say("1 from %s", s.day(n.Appears)))
	case n.Future > 1:
		parts = append(parts, s.say("%d to come, the first on %s", n.Future, s.day(n.Appears)))
	}
	if n.Expired > 0 {
		parts = append(parts, s.say("%d expired", n.Expired))
	}
	if n.Waiting > 0 {
		parts = append(parts, s.say("%d not live yet", n.Waiting))
	}
	if n.Articles == 0 {
		return s.articles(n.Articles)
	}
	return s.say("%s (%s)", s.articles(n.Articles), strings.Join(parts, ", "))
}

// changes returns what a scan changed.
func (s Screen) changes(one *intake.ScanReport) string {
	var parts []string
	for _, c := range []struct {
		n    int64
		what string
	}{{one.Added, "%d added"}, {one.Changed, "%d changed"}, {one.Renamed, "%d renamed"}, {one.Removed, "%d removed"}, {one.HandedOver, "%d left to another source"}} {
		if c.n > 0 {
			parts = append(parts, s.say(c.what, c.n))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, s.say("nothing changed"))
	}
	if one.Merged > 0 {
		parts = append(parts, s.say("%d merged with articles of other sources", one.Merged))
	}
	if one.Missing > 0 {
		parts = append(parts, s.say("%d missing and kept, the first until %s", one.Missing, s.Moment(one.MissingUntil)))
	}
	if n := one.RefusedCount; n > 0 {
		parts = append(parts, s.say("%d refused", n))
	}
	if one.Unfinished != "" {
		parts = append(parts, s.say("%s: the next scan goes on", one.Unfinished))
	}
	return strings.Join(parts, ", ")
}

// datedBy returns how many new articles each rule has dated; "" where none was added.
func datedBy(r *engine.BuildReport) string {
	counts := r.DatedBy()
	var parts []string
	for _, rule := range slices.Sorted(maps.Keys(counts)) {
		if counts[rule] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", rule, counts[rule]))
		}
	}
	return strings.Join(parts, ", ")
}

// pages says how many new articles are pages; "" where none is.
func (s Screen) pages(r *engine.BuildReport) string {
	count := int64(0)
	for _, one := range r.Sources {
		count += one.Pages
	}
	if count == 0 {
		return ""
	}
	return s.say("%d undated beside dated ones: in the sitemap only, until they get a date (undated: first_seen puts them into the feeds)", count)
}

// moved prints the articles that readers knew at another address; advice says what becomes of the old one, with its path.
func (s Screen) moved(r *engine.BuildReport, advice string) {
	var all []string
	was := ""
	for _, one := range r.Sources {
		for _, c := range one.Changes {
			if c.Was != "" {
				all = append(all, fmt.Sprintf("%s → %s %s", path(c.Was), path(c.URL), c.Title))
				was = cmp.Or(was, path(c.Was))
			}
		}
	}
	if len(all) > 0 {
		s.list("moved", all)
		s.row("", s.say(advice, was))
	}
}

// outputs prints where the documents are and what was done to them.
func (s Screen) outputs(r *engine.BuildReport) {
	if r.Published == nil {
		return
	}
	p := r.Published
	if p.Documents == 0 {
		s.row("outputs", s.say("nothing is published yet"))
		return
	}
	line := s.say("%s in %s", s.documents(p.Documents), r.Outputs)
	if len(p.Written)+len(p.Removed)+len(r.Errors)+len(p.Failed) == 0 {
		line += s.say(": nothing to write")
	}
	s.row("outputs", line)
	s.list("written", p.Written)
	s.list("removed", p.Removed)
	if r.First {
		s.list("try", p.Examples[:min(3, len(p.Examples))])
	}
}
