// Package screen prints the reports of the commands as text for a terminal: one function a screen, and the table that most of
// them print their rows with. What others wrote reaches the terminal without its control characters.
package screen

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/words"
	"herald/source/text"
	"herald/source/weburl"
)

// maxLines bounds each list of a screen; check lists every refused article. maxDetailed is how many holds are shown
// with what they hold: more would hide each other.
const (
	maxLines    = 20
	maxDetailed = 3
)

// Screen is a terminal that reports are printed on: in a language, times in a zone, URLs as people read them.
type Screen struct {
	out  io.Writer
	zone *time.Location
	lang words.Language
}

// New returns a Screen that writes to w; a nil zone is UTC.
func New(w io.Writer, zone *time.Location, lang words.Language) Screen {
	if zone == nil {
		zone = time.UTC
	}
	return Screen{w, zone, lang}
}

// Printf prints a line without a name, in the language.
func (s Screen) Printf(format string, args ...any) { s.line(s.say(format, args...)) }

// line prints a line that is said already.
func (s Screen) line(text string) { fmt.Fprintln(s.out, Printable(readable(text))) }

// say formats a text of the catalogue in the language.
func (s Screen) say(format string, args ...any) string { return s.lang.Say(format, args...) }

// word returns a word of the catalogue in the language.
func (s Screen) word(english string) string { return s.lang.Word(english) }

// text returns what another room has said in the language.
func (s Screen) text(said string) string { return s.lang.Text(said) }

// texts is text for each of them.
func (s Screen) texts(said []string) []string { return lines(said, s.text) }

// Exactly prints a text as it is: it goes into a file, or to another program.
func (s Screen) Exactly(text string) { fmt.Fprint(s.out, text) }

// lines returns what line makes of each.
func lines[T any](all []T, line func(T) string) []string {
	out := make([]string, len(all))
	for i, one := range all {
		out[i] = line(one)
	}
	return out
}

// label is the name of a row: a text of the catalogue, in English.
type label string

// row prints a text under a name, on one line; nothing where there is no text.
func (s Screen) row(name label, text string) { s.named(s.word(string(name)), text) }

// named is row under a name that is an operator's, and so is not translated.
func (s Screen) named(name, line string) {
	if line != "" {
		s.line(name + strings.Repeat(" ", max(0, nameWidth-text.Columns(name))) + "  " + onOneLine(line))
	}
}

// nameWidth is the least width of the column of names.
const nameWidth = 9

// list prints one line each, bounded, with the name before the first.
func (s Screen) list(name label, lines []string) { s.first(name, lines, int64(len(lines))) }

// first is list where lines are the first of so many.
func (s Screen) first(name label, lines []string, count int64) {
	for _, line := range lines[:min(maxLines, len(lines))] {
		s.row(name, line)
		name = ""
	}
	if more := max(count, int64(len(lines))) - maxLines; more > 0 {
		s.row("", s.say("and %d more", more))
	}
}

// holds prints holds, few of them with what they hold and how they end.
func (s Screen) holds(all []hold.Hold, line func(hold.Hold) string) {
	for _, hold := range all {
		s.row("HELD", line(hold))
		if len(all) <= maxDetailed {
			s.list("", s.texts(hold.Detail))
			s.row("", s.text(hold.Ends))
		}
	}
}

// Moment returns a time as people read it, with its distance from UTC.
func (s Screen) Moment(t time.Time) string {
	if t.IsZero() {
		return s.say("never")
	}
	return t.In(s.zone).Format(people)
}

// day returns the day of a moment, with the time of day where that is not midnight.
func (s Screen) day(t time.Time) string {
	if t = t.In(s.zone); t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, s.zone)) {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04")
}

// people is how times are written for them.
const people = "2006-01-02 15:04:05 -07:00"

// address is what may be a URL, or a path, with letters that are encoded.
var address = regexp.MustCompile(`\S*(?:/\S*%|://xn--|://\S*\.xn--)\S*`)

// readable returns a text with its URLs as people read them.
func readable(text string) string {
	return address.ReplaceAllStringFunc(text, weburl.Readable)
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

// counted returns a number of things: one is the text of a single one, many that of any other number.
func counted[N int | int64](s Screen, n N, one, many string) string {
	if n == 1 {
		return s.word(one)
	}
	return s.say(many, n)
}

func (s Screen) articles(n int64) string   { return counted(s, n, "1 article", "%d articles") }
func (s Screen) documents(n int) string    { return counted(s, n, "1 document", "%d documents") }
func (s Screen) notices(n int64) string    { return counted(s, n, "1 notice", "%d notices") }
func (s Screen) files(n int) string        { return counted(s, n, "1 file", "%d files") }
func (s Screen) warningsOf(n int64) string { return counted(s, n, "1 warning", "%d warnings") }
