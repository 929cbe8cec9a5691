package progress

import (
	"cmp"
	"strings"
	"time"

	"herald/cmd/internal/words"
	"herald/source/text"
)

// State is how far the work is.
type State struct {
	Work  string // what is done: "reading posts"
	Unit  string // of what is counted, in the plural; "": nothing is
	Done  int64
	Total int64         // 0: nobody knows
	Rate  float64       // a second; 0: not known yet
	Spent time.Duration // since the work began

	lang words.Language // of a terminal
	said string         // Work in that language; "": as it is
}

// work returns what is done as a terminal shows it.
func (s State) work() string { return printable(cmp.Or(s.said, s.Work)) }

// The texts of a line, in the order of its parts.
const (
	countedOf = "%d of %d %s"
	counted   = "%d %s"
	perSecond = "%d/s"
	left      = "%s left"
	spent     = "%s so far"
)

// left returns how long the rest takes at the rate until now; 0: nobody knows.
func (s State) left() time.Duration {
	if s.Rate <= 0 || s.Total <= s.Done {
		return 0
	}
	return time.Duration(float64(s.Total-s.Done) / s.Rate * float64(time.Second))
}

// parts are what is said beside what is done, the most telling first.
func (s State) parts() (all []string) {
	switch {
	case s.Unit == "" || s.Done == 0 && s.Total == 0:
		return []string{s.lang.Say(spent, s.duration(s.Spent.Truncate(time.Second)))}
	case s.Total > 0:
		all = append(all, s.lang.Say(countedOf, min(s.Done, s.Total), s.Total, s.lang.Word(s.Unit)))
	default:
		all = append(all, s.lang.Say(counted, s.Done, s.lang.Word(s.Unit)))
	}
	if s.Rate >= 1 {
		all = append(all, s.lang.Say(perSecond, int64(s.Rate)))
	}
	if rest := s.left(); rest > 0 {
		all = append(all, s.lang.Say(left, s.duration(rest)))
	}
	return all
}

// Line returns the state as one line of plain text.
func (s State) Line() string { return s.work() + ": " + printable(strings.Join(s.parts(), ", ")) }

// leastWork is how many columns of what is done stay where there is little room.
const leastWork = 10

// wideBar and smallBar are the widths that the bar itself may have, in columns: few, so that it does not change with each number.
const (
	wideBar  = 20
	smallBar = 10
)

// bar returns the state as one line of at most so many columns, with a bar where there is room and the whole is known.
func (s State) bar(columns int, colour bool) string {
	work, rest := s.work(), printable(strings.Join(s.parts(), ", "))
	room := columns - text.Columns(work) - text.Columns(rest) - len("  []")
	switch {
	case s.Unit == "" || s.Total <= 0 || room < smallBar:
		work = cut(work, max(columns-text.Columns(rest)-len("  "), leastWork))
		return cut(work+"  "+rest, columns)
	case room < wideBar:
		room = smallBar
	default:
		room = wideBar
	}
	full := int(float64(room) * float64(min(s.Done, s.Total)) / float64(s.Total))
	filled := strings.Repeat("=", full)
	if colour {
		filled = green + filled + plain
	}
	return work + " [" + filled + strings.Repeat(" ", room-full) + "] " + rest
}

const green, plain = "\x1b[32m", "\x1b[0m"

// cut returns the beginning of a text that fits into so many columns.
func cut(s string, columns int) string {
	for i, r := range s {
		if columns -= text.Columns(string(r)); columns < 0 {
			return s[:i]
		}
	}
	return s
}

// printable keeps what others wrote from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, s)
}

// duration returns how long something takes, in whole units that people count in, rounded up.
func (s State) duration(d time.Duration) string {
	seconds := int64((d + time.Second - 1) / time.Second)
	switch minutes := (seconds + 59) / 60; {
	case seconds < 100:
		return s.lang.Say("%d s", seconds)
	case minutes < 100:
		return s.lang.Say("%d min", minutes)
	default:
		return s.lang.Say("%d h %d min", minutes/60, minutes%60)
	}
}
