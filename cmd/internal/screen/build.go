package screen

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

// Build prints the closing screen of build.
func Build(w io.Writer, r *engine.BuildReport) {
	t := table{w}
	for _, s := range r.Sources {
		t.row(s.Source, sourceLine(s))
		if s.Recovered > 0 {
			t.row("", fmt.Sprintf("there was no state: %s known again from the published documents, ids and dates stay", Counted(s.Recovered, "article")))
		}
		t.row("", emptyLine(s.Empty))
		t.first("", lines(s.Warnings, warningLine), s.WarningCount)
	}
	for _, f := range r.Failed {
		t.row(f.Source, "NOT READ, its last good articles stay: "+f.Error)
	}
	t.row("dated by", datedBy(r))
	if r.Live != nil {
		t.first("not live", lines(r.Live.Waits, waitLine), r.Live.Waiting)
	}
	t.row("pages", pages(r))
	t.first("refused", lines(r.Refused(), refusalLine), r.RefusedCount())
	t.list("soon", r.Ahead())
	held := r.Holds()
	t.holds(held[:min(maxLines, len(held))], func(h hold.Hold) string { return fmt.Sprintf("%d: %s", h.ID, h.Remedy()) })
	if more := len(held) - maxLines; more > 0 {
		t.row("", fmt.Sprintf("and %d more; herald status lists them", more))
	}
	if r.Published != nil {
		t.list("kept", r.Published.Failed)
	}
	t.list("ERROR", r.Errors)
	outputRows(t, r)
	noticeRows(t, r)
}

func sourceLine(s *intake.ScanReport) string {
	if s.Hold != nil {
		return "held: nothing of it was taken over"
	}
	parts := []string{Counted(s.Articles, "article")}
	for _, c := range []struct {
		n    int64
		what string
	}{{s.Added, "added"}, {s.Changed, "changed"}, {s.Renamed, "renamed"}, {s.Removed, "removed"}, {s.HandedOver, "left to another source"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(parts) == 1 {
		parts = append(parts, "nothing changed")
	}
	if s.Merged > 0 {
		parts = append(parts, fmt.Sprintf("%d merged with articles of other sources", s.Merged))
	}
	if s.Missing > 0 {
		parts = append(parts, fmt.Sprintf("%d missing and kept, the first until %s", s.Missing, Moment(s.MissingUntil)))
	}
	if n := s.RefusedCount; n > 0 {
		parts = append(parts, fmt.Sprintf("%d refused", n))
	}
	if s.Unfinished != "" {
		parts = append(parts, s.Unfinished+": the next scan goes on")
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
func pages(r *engine.BuildReport) string {
	count := int64(0)
	for _, s := range r.Sources {
		count += s.Pages
	}
	if count == 0 {
		return ""
	}
	return fmt.Sprintf("%d undated beside dated ones: in the sitemap only, until they get a date (undated: first_seen puts them into the feeds)", count)
}

func outputRows(t table, r *engine.BuildReport) {
	if r.Published == nil {
		return
	}
	p := r.Published
	t.row("outputs", fmt.Sprintf("%s in %s", Counted(p.Documents, "document"), r.Outputs))
	t.list("written", p.Written)
	t.list("removed", p.Removed)
	if r.First {
		t.list("try", p.Examples[:min(3, len(p.Examples))])
	}
}

func noticeRows(t table, r *engine.BuildReport) {
	if len(r.Told) == 0 {
		t.row("told", "nobody is told: the config has no notify")
	} else {
		t.row("told", strings.Join(r.Told, ", "))
	}
	if r.Served == "" {
		t.row("served", "nothing is served: the config has no serve")
	} else {
		t.row("served", "herald run answers readers at "+r.Served)
	}
	if r.Published != nil && len(r.Published.Notices) > 0 {
		t.row("queued", Counted(len(r.Published.Notices), "notice"))
	}
	if d := r.Delivered; d != nil {
		t.row("notices", fmt.Sprintf("%d delivered, %d waiting, %d given up", len(d.Delivered), d.Left, len(d.Dead)))
		t.list("waiting", lines(d.Waiting, noticeLine))
		t.list("given up", lines(d.Dead, noticeLine))
	}
}
