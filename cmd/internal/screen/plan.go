package screen

import (
	"strings"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"

	"herald/source/text"
)

// Plan prints the report of a pass that wrote nothing.
func (s Screen) Plan(r *engine.BuildReport) {
	for _, one := range r.Sources {
		s.source(one, r.Standing[one.Source])
		s.row("", s.emptyLine(one.Empty))
		s.first("", lines(one.Changes, func(c intake.Change) string { return s.changeLine(one.Source, c) }), one.ChangeCount)
	}
	for _, f := range r.Failed {
		s.named(f.Source, s.say("cannot be read: %s", f.Error))
	}
	s.row("dated by", datedBy(r))
	s.row("pages", s.pages(r))
	if r.Live != nil {
		s.first("not live", lines(r.Live.Waits, s.waitLine), r.Live.Waiting)
	}
	s.first("refused", lines(r.Refused(), s.refusalLine), r.RefusedCount())
	s.list("soon", s.texts(r.Ahead()))
	s.moved(r, "the old address would end: permalink: %s in the article keeps it, or a redirect on your web server sends its readers on")
	s.holds(r.Holds(), func(h hold.Hold) string { return s.word(h.Kind) + " " + h.Subject + ": " + s.text(h.Summary) })
	s.list("ERROR", s.texts(r.Errors))
	if p := r.Published; p != nil {
		s.list("write", p.Written)
		s.list("remove", p.Removed)
		s.list("tell", lines(p.Notices, s.noticeLine))
		if len(p.Written)+len(p.Removed)+len(r.Errors) == 0 {
			s.row("outputs", s.say("nothing to write: %s is up to date", r.Outputs))
		}
	}
	s.planned(r)
}

// planned says why nobody would be told of anything.
func (s Screen) planned(r *engine.BuildReport) {
	switch {
	case len(r.Told) == 0:
		s.row("tell", s.say("nobody: the config has no notify"))
	case r.Published == nil || len(r.Published.Notices) > 0:
	case r.First:
		s.row("tell", s.say("nobody of anything: a source's first scan is quiet"))
	default:
		s.row("tell", s.say("nobody of anything"))
	}
}

func (s Screen) changeLine(source string, c intake.Change) string {
	key := c.Key
	if strings.HasPrefix(c.Place, source+": ") { // keys of rows are not what operators call them
		key = c.Place
	}
	kind := s.word(c.Kind)
	line := kind + strings.Repeat(" ", max(0, len("changed")-text.Columns(kind))) + " " + key
	for _, part := range []string{c.Title, c.URL} {
		if part != "" {
			line += " " + part
		}
	}
	return line
}
