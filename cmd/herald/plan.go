package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/publish"
)

func (a *app) planCommand() *cobra.Command {
	against := ""
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what build would change; writes nothing",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if against != "" {
				return a.compare(cmd.Context(), against)
			}
			return a.plan(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&against, "against", "", "compare ids, dates and links with those of a `FEED`: 1 if some differ")
	return cmd
}

// plan runs a build on a copy of the ledger with a sink that writes nothing, so that it cannot
// differ from what build does. What build could not write to is asked beside it.
func (a *app) plan(ctx context.Context) error {
	return a.with(ctx, a.openDry, func(p *pipeline) error {
		r := p.engine.Build(ctx, engine.BuildOptions{})
		c := p.wiring.config
		for _, err := range []error{checkSink(c.Publish.To), publish.Writable(filepath.Dir(p.wiring.state)), statefile.Obstacle(p.wiring.state)} {
			if err != nil {
				r.AddError(err)
				r.Status = engine.StatusNotDone // build would not begin, whatever it would hold
			}
		}
		a.showing(p.wiring, r.Holds())
		return errors.Join(a.report(r, func(w io.Writer) { planScreen(w, r) }), ended(r.Status))
	})
}

// planScreen prints the report of a pass that wrote nothing.
func planScreen(w io.Writer, r *engine.BuildReport) {
	t := table{w}
	for _, s := range r.Sources {
		t.row(s.Source, sourceLine(s))
		t.row("", emptyLine(s.Empty))
		t.first("", lines(s.Changes, changeLine), s.ChangeCount)
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

func changeLine(c intake.Change) string {
	line := fmt.Sprintf("%-7s %s", c.Kind, c.Key)
	for _, part := range []string{c.Title, c.URL} {
		if part != "" {
			line += " " + part
		}
	}
	return line
}
