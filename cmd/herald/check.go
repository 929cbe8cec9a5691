package main

import (
	"context"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/inspect"
	"herald/cmd/internal/screen"
)

func (a *app) checkCommand() *cobra.Command {
	live := false
	cmd := &cobra.Command{
		Use:     "check",
		Example: "  herald check\n  herald check --json",
		Short:   "Read the config and every article and list what is wrong; writes nothing",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if live {
				return notInThisVersion("herald check --live")
			}
			return a.check(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&live, "live", false, "also fetch the public URLs")
	_ = cmd.Flags().MarkHidden("live") // only what works is listed
	return cmd
}

func (a *app) check(ctx context.Context) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	sources := w.inspect()
	return a.open(ctx, w, a.openChecking, func(p *pipeline) error {
		r := inspect.Check(ctx, inspect.Config{
			Pipeline: p.rooms.pipeline, Ledger: p.ledger, Status: p.rooms.status, Links: w.links(), Dir: w.config.Dir, Sources: sources, ZoneSet: w.config.Site.TimezoneSet,
		})
		if ctx.Err() != nil { // what was read until then would be no true report
			return notDone(context.Cause(ctx))
		}
		if err := a.report(r, func(s screen.Screen) { s.Check(r) }); err != nil {
			return err
		}
		if len(r.Refused)+len(r.Failed) > 0 {
			return ended(engine.StatusNotDone)
		}
		return nil
	})
}

// inspect puts a Reader before each source.
func (w *wiring) inspect() []inspect.Source {
	all := make([]inspect.Source, len(w.sources))
	for i := range w.sources {
		s := &w.sources[i]
		all[i] = inspect.Source{Name: s.name(), Reader: inspect.NewReader(s.intake.Source)}
		s.intake.Source = all[i].Reader
	}
	return all
}
