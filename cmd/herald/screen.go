package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/live"
	"herald/cmd/internal/outbox"
)

// maxLines bounds each list of a screen; check lists every refused article. maxDetailed is how many holds are shown
// with what they hold: more would hide each other.
const (
	maxLines    = 20
	maxDetailed = 3
)

// buildScreen is the closing screen of build.
func buildScreen(w io.Writer, r *engine.BuildReport) {
	t := table{w}
	for _, s := range r.Sources {
		t.row(s.Source, sourceLine(s))
		if s.Recovered > 0 {
			t.row("", fmt.Sprintf("there was no state: %s known again from the published documents, ids and dates stay", counted(s.Recovered, "article")))
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
	parts := []string{counted(s.Articles, "article")}
	for _, c := range []struct {
		n    int64
		what string
	}{{s.Added, "added"}, {s.Changed, "changed"}, {s.Renamed, "renamed"}, {s.Removed, "removed"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(parts) == 1 {
		parts = append(parts, "nothing changed")
	}
	if s.Missing > 0 {
		parts = append(parts, fmt.Sprintf("%d missing and kept, the first until %s", s.Missing, moment(s.MissingUntil)))
	}
	if n := s.RefusedCount; n > 0 {
		parts = append(parts, fmt.Sprintf("%d refused", n))
	}
	return strings.Join(parts, ", ")
}

// lines returns what line makes of each.
func lines[T any](all []T, line func(T) string) []string {
	out := make([]string, len(all))
	for i, one := range all {
		out[i] = line(one)
	}
	return out
}

func waitLine(w live.Wait) string {
	if w.Answer == "" {
		return w.URL + " waits: nobody has asked for it yet (publish_when: live)"
	}
	return w.URL + " waits (publish_when: live): " + w.Answer
}

func warningLine(warning string) string { return "warning: " + warning }

// emptyLine warns of a source without an article; "" where it has some.
func emptyLine(empty bool) string {
	if !empty {
		return ""
	}
	return warningLine(intake.EmptySource)
}

func refusalLine(r intake.Refusal) string {
	if r.LastGood {
		return r.Reason + " (its last good version stays)"
	}
	return r.Reason
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
	t.row("outputs", fmt.Sprintf("%s in %s", counted(p.Documents, "document"), r.Outputs))
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
		t.row("queued", counted(len(r.Published.Notices), "notice"))
	}
	if d := r.Delivered; d != nil {
		t.row("notices", fmt.Sprintf("%d delivered, %d waiting, %d given up", len(d.Delivered), d.Left, len(d.Dead)))
		t.list("waiting", lines(d.Waiting, noticeLine))
		t.list("given up", lines(d.Dead, noticeLine))
	}
}

func noticeLine(n outbox.Notice) string {
	line := n.URL + " for " + n.Target
	if n.Removed {
		line += " (removed)"
	}
	if n.Status != 0 {
		line += fmt.Sprintf(": answered %d", n.Status)
	}
	if n.Detail != "" {
		line += ": " + n.Detail
	}
	return line
}

// table prints rows of a name and a text.
type table struct{ w io.Writer }

func (t table) row(name, text string) {
	if text != "" {
		fmt.Fprintf(t.w, "%-9s  %s\n", name, printable(onOneLine(text)))
	}
}

// list prints one line each, bounded, with the name before the first.
func (t table) list(name string, lines []string) { t.first(name, lines, int64(len(lines))) }

// first is list where lines are the first of so many.
func (t table) first(name string, lines []string, count int64) {
	for _, line := range lines[:min(maxLines, len(lines))] {
		t.row(name, line)
		name = ""
	}
	if more := max(count, int64(len(lines))) - maxLines; more > 0 {
		t.row("", fmt.Sprintf("and %d more", more))
	}
}

// holds prints holds, few of them with what they hold.
func (t table) holds(all []hold.Hold, line func(hold.Hold) string) {
	for _, hold := range all {
		t.row("HELD", line(hold))
		if len(all) <= maxDetailed {
			t.list("", hold.Detail)
		}
	}
}

// onOneLine joins errors that came together, and leaves out those that another one contains.
func onOneLine(text string) string {
	var parts []string
	for part := range strings.SplitSeq(text, "\n") {
		if !slices.ContainsFunc(parts, func(other string) bool { return strings.Contains(other, part) }) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}

// printable keeps what others wrote from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, s)
}

// counted returns "1 file", "2 files".
func counted[N int | int64](n N, noun string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// moment returns a time as screens show it.
func moment(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.RFC3339)
}
