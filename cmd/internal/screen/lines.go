package screen

import (
	"fmt"
	"strings"

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
	if n.Status != 0 {
		line += fmt.Sprintf(": answered %d", n.Status)
	}
	if n.Detail != "" {
		line += ": " + n.Detail
	}
	return line
}
