package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"herald/cmd/internal/edition"
)

// maxLines bounds each list of the closing screen; check and status list all.
const maxLines = 20

// screen is the closing screen of build.
func (r *buildReport) screen(w io.Writer) {
	t := table{w}
	for _, s := range r.Sources {
		t.row(s.Source, sourceLine(s))
		t.list("", warningLines(s.Warnings))
	}
	for _, f := range r.Failed {
		t.row(f.Source, "NOT READ, its last good articles stay: "+f.Error)
	}
	t.row("dated by", r.datedBy())
	t.list("refused", refusalLines(r.refused()))
	t.list("soon", r.ahead())
	for _, hold := range r.holds() {
		t.row("HELD", fmt.Sprintf("%d: %s (herald approve %d lets it through)", hold.ID, hold.Summary, hold.ID))
		t.list("", hold.Detail)
	}
	if r.Published != nil {
		t.list("kept", r.Published.Failed)
	}
	t.list("ERROR", r.Errors)
	r.outputs(t)
	r.notices(t)
}

func sourceLine(s *edition.ScanReport) string {
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
	if n := len(s.Refused); n > 0 {
		parts = append(parts, fmt.Sprintf("%d refused", n))
	}
	return strings.Join(parts, ", ")
}

func warningLines(warnings []string) []string {
	lines := make([]string, len(warnings))
	for i, w := range warnings {
		lines[i] = "warning: " + w
	}
	return lines
}

func refusalLines(refused []edition.Refusal) []string {
	lines := make([]string, len(refused))
	for i, one := range refused {
		lines[i] = one.Reason
		if one.LastGood {
			lines[i] += " (its last good version stays)"
		}
	}
	return lines
}

// datedBy says by which rule the new articles were dated; "" where none was added.
func (r *buildReport) datedBy() string {
	sum := map[string]int{}
	for _, s := range r.Sources {
		for rule, n := range s.DatedBy {
			sum[rule] += n
		}
	}
	var parts []string
	for _, rule := range slices.Sorted(maps.Keys(sum)) {
		if sum[rule] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", rule, sum[rule]))
		}
	}
	return strings.Join(parts, ", ")
}

func (r *buildReport) outputs(t table) {
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

func (r *buildReport) notices(t table) {
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
		t.list("waiting", noticeLines(d.Waiting))
		t.list("given up", noticeLines(d.Dead))
	}
}

func noticeLines(notices []edition.Notice) []string {
	lines := make([]string, len(notices))
	for i, n := range notices {
		lines[i] = fmt.Sprintf("%s for %s", n.URL, n.Target)
		if n.Removed {
			lines[i] += " (removed)"
		}
		if n.Status != 0 {
			lines[i] += fmt.Sprintf(": answered %d", n.Status)
		}
		if n.Detail != "" {
			lines[i] += ": " + n.Detail
		}
	}
	return lines
}

// table prints rows of a name and a text.
type table struct{ w io.Writer }

func (t table) row(name, text string) {
	if text != "" {
		fmt.Fprintf(t.w, "%-9s  %s\n", name, printable(text))
	}
}

// list prints one line each, bounded, with the name before the first.
func (t table) list(name string, lines []string) {
	for i, line := range lines {
		if i == maxLines {
			t.row("", fmt.Sprintf("and %d more", len(lines)-i))
			return
		}
		t.row(name, line)
		name = ""
	}
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
