// Package screen prints the reports of the commands as text for a terminal: one function a screen, and the table that most of
// them print their rows with. What others wrote reaches the terminal without its control characters.
package screen

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/hold"
)

// maxLines bounds each list of a screen; check lists every refused article. maxDetailed is how many holds are shown
// with what they hold: more would hide each other.
const (
	maxLines    = 20
	maxDetailed = 3
)

// table prints rows of a name and a text.
type table struct{ w io.Writer }

// row prints a text under a name, on one line; nothing where there is no text.
func (t table) row(name, text string) {
	if text != "" {
		fmt.Fprintf(t.w, "%-9s  %s\n", name, Printable(onOneLine(text)))
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

// Printable keeps what others wrote from steering the terminal.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, s)
}

// Counted returns "1 file", "2 files".
func Counted[N int | int64](n N, noun string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Moment returns a time as screens show it.
func Moment(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.RFC3339)
}
