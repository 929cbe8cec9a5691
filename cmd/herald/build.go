package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"herald/cmd/internal/ledger"
)

func (a *app) buildCommand() *cobra.Command {
	var o buildOptions
	cmd := &cobra.Command{
		Use:   "build",
		Short: "One pass: scan every source, publish what changed, queue the notices",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), o) },
	}
	cmd.Flags().BoolVar(&o.Notify, "notify", false, "also deliver what is due before it ends")
	cmd.Flags().BoolVar(&o.Force, "force", false, "publish over a hold and over foreign files")
	cmd.Flags().BoolVar(&o.Strict, "strict", false, "end with 1 where an article is refused")
	return cmd
}

// build does one pass itself, or has the daemon do it that holds the state.
func (a *app) build(ctx context.Context, o buildOptions) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	answer, err := a.asWriter(ctx, w, request{Kind: "build", Build: o}, func(h *house) any { return h.build(ctx, o) })
	if err != nil {
		return err
	}
	var r buildReport
	if err := json.Unmarshal(answer, &r); err != nil {
		return notDone(fmt.Errorf("read answer: %w", err))
	}
	if err := a.report(r, r.screen); err != nil {
		return err
	}
	return ended(r.Status)
}

// asWriter runs f where this process gets the instance lock, and else hands the request to the
// one that has it. Either way the answer is the JSON of what f would return.
func (a *app) asWriter(ctx context.Context, w *wired, r request, f func(*house) any) (json.RawMessage, error) {
	for {
		h, err := a.openWriting(ctx, w)
		var held *ledger.LockedError
		switch {
		case errors.As(err, &held):
			answer, err := a.ask(ctx, w, r)
			if errors.Is(err, errHolderGone) {
				continue
			}
			return answer, err
		case err != nil:
			return nil, err
		}
		answer, err := json.Marshal(f(h))
		if err := errors.Join(err, h.close()); err != nil {
			return nil, notDone(err)
		}
		return answer, nil
	}
}
