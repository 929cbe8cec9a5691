package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"herald/cmd/internal/edition"
)

func (a *app) planCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "plan",
		Short: "Show what build would change; writes nothing",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.plan(cmd.Context())
		},
	}
}

// plan runs a build on a copy of the ledger with a sink that writes nothing, so that it cannot
// differ from what build does.
func (a *app) plan(ctx context.Context) error {
	return a.dry(ctx, func(h *house) error {
		r := h.build(ctx, buildOptions{})
		if err := a.report(r, r.plan); err != nil {
			return err
		}
		return ended(r.Status)
	})
}

// plan prints the report of a pass that was not done.
func (r *buildReport) plan(w io.Writer) {
	t := table{w}
	for _, s := range r.Sources {
		t.row(s.Source, sourceLine(s))
		t.list("", changeLines(s.Changes))
	}
	for _, f := range r.Failed {
		t.row(f.Source, "cannot be read: "+f.Error)
	}
	t.row("dated by", r.datedBy())
	t.list("refused", refusalLines(r.refused()))
	t.list("soon", r.ahead())
	for _, hold := range r.holds() {
		t.row("HELD", hold.Kind+" "+hold.Subject+": "+hold.Summary)
		t.list("", hold.Detail)
	}
	t.list("ERROR", r.Errors)
	if p := r.Published; p != nil {
		t.list("write", p.Written)
		t.list("remove", p.Removed)
		t.list("tell", noticeLines(p.Notices))
		if len(p.Written)+len(p.Removed) == 0 {
			t.row("outputs", "nothing to write: "+r.Outputs+" is as it should be")
		}
	}
	if len(r.Told) == 0 {
		t.row("tell", "nobody: the config has no notify")
	}
}

func changeLines(changes []edition.Change) []string {
	lines := make([]string, len(changes))
	for i, c := range changes {
		lines[i] = fmt.Sprintf("%-7s %s", c.Kind, c.Key)
		if c.Title != "" {
			lines[i] += " " + c.Title
		}
		if c.URL != "" {
			lines[i] += " " + c.URL
		}
	}
	return lines
}
