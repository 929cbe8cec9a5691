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

func (s Screen) waitLine(w live.Wait) string {
	if w.Answer == "" {
		return s.say("%s waits: nobody has asked for it yet (publish_when: live)", w.URL)
	}
	return s.say("%s waits (publish_when: live): %s", w.URL, w.Answer)
}

// warnings prints the first warnings of so many.
func (s Screen) warnings(all []string, count int64) {
	left := max(count, int64(len(all)))
	for i, line := range alike.Lines(all) {
		if i == maxLines {
			break
		}
		s.row("", s.warningLine(line.Text))
		left -= int64(line.Count)
	}
	if left > 0 {
		s.row("", counted(s, left, "and 1 warning more; herald check lists it", "and %d warnings more; herald check lists them"))
	}
}

// waitingLine is noticeLine with the moment from which a notice is due.
func (s Screen) waitingLine(n outbox.Notice) string {
	return s.noticeLine(n) + s.say(", due from %s on", s.Moment(n.Due))
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

func (s Screen) warningLine(warning string) string { return s.say("warning: %s", warning) }

// emptyLine warns of a source without an article; "" where it has some.
func (s Screen) emptyLine(empty bool) string {
	if !empty {
		return ""
	}
	return s.warningLine(intake.EmptySource)
}

func (s Screen) refusalLine(r intake.Refusal) string {
	if r.LastGood {
		return s.say("%s (its last good version stays)", r.Reason)
	}
	return s.text(r.Reason)
}

func (s Screen) noticeLine(n outbox.Notice) string {
	line := s.say("%s for %s", n.URL, n.Target)
	if n.Removed {
		line += s.say(" (removed)")
	}
	status := fmt.Sprint(n.Status)
	if n.Status != 0 && strings.HasPrefix(n.Detail, status) { // "200 OK"
		return line + s.say(": answered %s", n.Detail)
	}
	if n.Status != 0 {
		line += s.say(": answered %d", n.Status)
	}
	if n.Detail != "" {
		line += ": " + s.text(n.Detail)
	}
	return line
}
