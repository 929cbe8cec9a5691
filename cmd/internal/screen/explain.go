package screen

import (
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/status"
)

// Explanation prints the life of an article.
func (s Screen) Explanation(e status.Explanation) {
	s.row("title", e.Title)
	switch {
	case e.Source != "":
		s.row("source", entry(e.Source, e.Key, e.Place))
	case e.Key != "":
		s.row("file", e.Key)
	}
	s.row("id", e.ID)
	s.row("url", e.URL)
	s.row("state", s.word(e.State))
	s.list("why", s.texts(e.Why))
	if e.ID == "" { // never an article: there is no more to tell
		for _, n := range e.Told {
			s.row("told", s.toldLine(n))
		}
		s.Printf("")
		return
	}
	if !e.Published.IsZero() {
		s.row("published", s.say("%s by %s", s.Moment(e.Published), e.DatedBy))
	}
	s.row("updated", s.Moment(e.Updated))
	s.row("feed time", s.Moment(e.FeedTime))
	s.row("seen", s.Moment(e.FirstSeen))
	s.list("documents", e.Documents)
	s.list("links", s.texts(e.Links))
	for _, n := range e.Told {
		s.row("told", s.toldLine(n))
	}
	if len(e.Told) == 0 {
		s.row("told", s.say("nobody yet"))
	}
	s.Printf("")
}

// toldLine says what became of a notice.
func (s Screen) toldLine(n outbox.Notice) string {
	line := s.word(n.State) + " " + s.noticeLine(n)
	switch {
	case !n.Answered.IsZero():
		line += s.say(" at %s", s.Moment(n.Answered))
	case !n.Due.IsZero():
		line += s.say(", due from %s on", s.Moment(n.Due))
	}
	return line
}
