package main

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/screen"
	"herald/cmd/internal/shown"
)

func (a *app) approveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "approve [HOLD...]",
		Short: "Let held changes through: exactly those that were shown",
		Long: "Releases the holds of these numbers, or all that you were shown (approve all), or without a number the one\n" +
			"hold that build, plan or status showed you last. Where another change may have taken its place since,\n" +
			"it releases nothing and names the number to give.",
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return a.held(cmd.Context()), cobra.ShellCompDirectiveNoFileComp
		},
		Example: "  herald approve            # the hold that was shown last\n  herald approve 1 2 3\n  herald approve all",
		RunE: func(cmd *cobra.Command, args []string) error {
			wanted, err := hold.Asked(args)
			if err != nil {
				return wrong(err)
			}
			return a.approve(cmd.Context(), wanted)
		},
	}
}

// held offers the holds that stand; nothing where that cannot be read.
func (a *app) held(ctx context.Context) (all []string) {
	a.log, a.stderr = slog.New(slog.DiscardHandler), io.Discard
	_ = a.reading(ctx, func(p *pipeline) (err error) {
		all, err = hold.Offered(ctx, p.ledger)
		return err
	})
	return all
}

func (a *app) approve(ctx context.Context, wanted hold.Wanted) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	if !statefile.Exists(w.state) {
		r := engine.ApproveReport{Status: engine.StatusNotDone, Error: "there is no state yet, so nothing is held; herald build makes it"}
		return errors.Join(a.report(r, func(s screen.Screen) { s.Approve(&r) }), ended(r.Status))
	}
	wanted.Shown = a.shown(w).Changes()
	r, err := decoded[engine.ApproveReport](a.asWriter(ctx, w, engine.Request{Kind: engine.KindApprove, Approve: wanted}, func(p *pipeline) any { return p.engine.Approve(ctx, wanted) }))
	if err != nil {
		return err
	}
	if r.Build != nil {
		a.shown(w).Put(r.Build.Holds())
	}
	return errors.Join(a.report(r, func(s screen.Screen) { s.Approve(r) }), ended(r.Status))
}

// shown is what the operator was shown last of the state of a config.
func (a *app) shown(w *wiring) shown.File { return shown.Of(a.env, w.config.State.Abs) }
