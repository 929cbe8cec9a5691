package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/publish"
	"herald/cmd/internal/screen"
)

func (a *app) planCommand() *cobra.Command {
	against := ""
	cmd := &cobra.Command{
		Use:     "plan",
		Example: "  herald plan\n  herald plan --against https://old.example.org/feed.xml",
		Short:   "Show what build would change; writes nothing",
		Args:    cobra.NoArgs,
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
		a.shown(p.wiring).Put(r.Holds())
		return errors.Join(a.report(r, func(s screen.Screen) { s.Plan(r) }), ended(r.Status))
	})
}
