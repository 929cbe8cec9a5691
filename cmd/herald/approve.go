package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/screen"
)

func (a *app) approveCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "approve [HOLD]",
		Example: "  herald approve            # the hold that was shown last\n  herald approve 3",
		Short:   "Let a held change through: exactly the one that was shown",
		Long: "Releases the hold of that number, or without one the hold that build, plan or status showed you last.\n" +
			"Where another change may have taken its place since, it releases nothing and names the number to say.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var hold int64
			if len(args) == 1 {
				n, err := strconv.ParseInt(args[0], 10, 64)
				if err != nil || n < 1 {
					return wrong(fmt.Errorf("%q is no hold; herald status lists them by number", args[0]))
				}
				hold = n
			}
			return a.approve(cmd.Context(), hold)
		},
	}
}

func (a *app) approve(ctx context.Context, hold int64) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	if !statefile.Exists(w.state) {
		r := engine.ApproveReport{Status: engine.StatusNotDone, Error: "there is no state yet, so nothing is held; herald build makes it"}
		return errors.Join(a.report(r, func(w io.Writer) { screen.Approve(w, &r) }), ended(r.Status))
	}
	shown := a.lastShown(w)
	r, err := decoded[engine.ApproveReport](a.asWriter(ctx, w, engine.Request{Kind: engine.KindApprove, Hold: hold, Shown: shown}, func(p *pipeline) any { return p.engine.Approve(ctx, hold, shown) }))
	if err != nil {
		return err
	}
	if r.Build != nil {
		a.showing(w, r.Build.Holds())
	}
	return errors.Join(a.report(r, func(w io.Writer) { screen.Approve(w, r) }), ended(r.Status))
}
