package screen

import (
	"fmt"
	"io"
	"strings"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

// Plan prints the report of a pass that wrote nothing.
func Plan(w io.Writer, r *engine.BuildReport) {
	t := table{w}
	for _, s := range r.Sources {
		t.row(s.Source, sourceLine(s))
		t.row("", emptyLine(s.Empty))
		t.first("", lines(s.Changes, func(c intake.Change) string { return changeLine(s.Source, c) }), s.ChangeCount)
	}
	for _, f := range r.Failed {
		t.row(f.Source, "cannot be read: "+f.Error)
	}
	t.row("dated by", datedBy(r))
	t.row("pages", pages(r))
	if r.Live != nil {
		t.first("not live", lines(r.Live.Waits, waitLine), r.Live.Waiting)
	}
	t.first("refused", lines(r.Refused(), refusalLine), r.RefusedCount())
	t.list("soon", r.Ahead())
	t.holds(r.Holds(), func(h hold.Hold) string { return h.Kind + " " + h.Subject + ": " + h.Summary })
	t.list("ERROR", r.Errors)
	if p := r.Published; p != nil {
		t.list("write", p.Written)
		t.list("remove", p.Removed)
		t.list("tell", lines(p.Notices, noticeLine))
		if len(p.Written)+len(p.Removed)+len(r.Errors) == 0 {
			t.row("outputs", "nothing to write: "+r.Outputs+" is as it should be")
		}
	}
	if len(r.Told) == 0 {
		t.row("tell", "nobody: the config has no notify")
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
