package screen

import (
	"fmt"
	"net/url"
	"strings"

	"herald/cmd/internal/alike"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/live"
	"herald/cmd/internal/outbox"
)

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

// warnings prints the first warnings of so many.
func (s Screen) warnings(all []string, count int64) {
	left := max(count, int64(len(all)))
	for i, line := range alike.Lines(all) {
		if i == maxLines {
			break
		}
		s.row("", warningLine(line.Text))
		left -= int64(line.Count)
	}
	if left > 0 {
		s.row("", fmt.Sprintf("and %s more; herald check lists them", Counted(left, "warning")))
	}
}

// waitingLine is noticeLine with the moment from which a notice is due.
func (s Screen) waitingLine(n outbox.Notice) string {
	return noticeLine(n) + ", due from " + s.Moment(n.Due) + " on"
}

// path returns what a URL has behind its host.
func path(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.RequestURI()
}

// entry names an entry of a source: by its key, or as the source names it where that is by another.
func entry(source, key, place string) string {
	if strings.HasPrefix(place, source+": ") {
		return place
	}
	return source + ": " + key
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

func noticeLine(n outbox.Notice) string {
	line := n.URL + " for " + n.Target
	if n.Removed {
		line += " (removed)"
	}
	status := fmt.Sprint(n.Status)
	if n.Status != 0 && strings.HasPrefix(n.Detail, status) { // "200 OK"
		return line + ": answered " + n.Detail
	}
	if n.Status != 0 {
		line += ": answered " + status
	}
	if n.Detail != "" {
		line += ": " + n.Detail
	}
	return line
}
