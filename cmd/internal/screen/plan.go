package screen

import (
	"fmt"
	"strings"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

// Plan prints the report of a pass that wrote nothing.
func (s Screen) Plan(r *engine.BuildReport) {
	for _, one := range r.Sources {
		s.source(one, r.Standing[one.Source])
		s.row("", emptyLine(one.Empty))
		s.first("", lines(one.Changes, func(c intake.Change) string { return changeLine(one.Source, c) }), one.ChangeCount)
	}
	for _, f := range r.Failed {
		s.row(f.Source, "cannot be read: "+f.Error)
	}
	s.row("dated by", datedBy(r))
	s.row("pages", pages(r))
	if r.Live != nil {
		s.first("not live", lines(r.Live.Waits, waitLine), r.Live.Waiting)
	}
	s.first("refused", lines(r.Refused(), refusalLine), r.RefusedCount())
	s.list("soon", r.Ahead())
	s.moved(r, "the old address would end: permalink: %s in the article keeps it, or a redirect on your web server leads its readers on")
	s.holds(r.Holds(), func(h hold.Hold) string { return h.Kind + " " + h.Subject + ": " + h.Summary })
	s.list("ERROR", r.Errors)
	if p := r.Published; p != nil {
		s.list("write", p.Written)
		s.list("remove", p.Removed)
		s.list("tell", lines(p.Notices, noticeLine))
		if len(p.Written)+len(p.Removed)+len(r.Errors) == 0 {
			s.row("outputs", "nothing to write: "+r.Outputs+" is as it should be")
		}
	}
	s.planned(r)
}

// planned says why nobody would be told of anything.
func (s Screen) planned(r *engine.BuildReport) {
	switch {
	case len(r.Told) == 0:
		s.row("tell", "nobody: the config has no notify")
	case r.Published == nil || len(r.Published.Notices) > 0:
	case r.First:
		s.row("tell", "nobody of anything: a source's first scan is quiet")
	default:
		s.row("tell", "nobody of anything")
	}
}

func changeLine(source string, c intake.Change) string {
	key := c.Key
	if strings.HasPrefix(c.Place, source+": ") { // keys of rows are not what operators call them
		key = c.Place
	}
	line := fmt.Sprintf("%-7s %s", c.Kind, key)
	for _, part := range []string{c.Title, c.URL} {
		if part != "" {
			line += " " + part
		}
	}
	return line
}
