package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/screen"
)

func (a *app) buildCommand() *cobra.Command {
	var o engine.BuildOptions
	cmd := &cobra.Command{
		Use:     "build",
		Example: "  herald build              # scan, publish, queue what is to be told\n  herald build --notify     # from cron: also tell it",
		Short:   "One pass: scan every source, publish what changed, queue the notices",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), o) },
	}
	cmd.Flags().BoolVar(&o.Notify, "notify", false, "also deliver what is due before it ends")
	cmd.Flags().BoolVar(&o.Force, "force", false, "publish over a hold and over foreign files")
	cmd.Flags().BoolVar(&o.Strict, "strict", false, "exit with status 1 if an article is refused")
	return cmd
}

// build does one pass itself, or has the daemon do it that holds the state.
func (a *app) build(ctx context.Context, o engine.BuildOptions) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	r, err := decoded[engine.BuildReport](a.asWriter(ctx, w, engine.Request{Kind: engine.KindBuild, Build: o}, func(p *pipeline) any { return p.engine.Build(ctx, o) }))
	if err != nil {
		return err
	}
	a.shown(w).Put(r.Holds())
	return errors.Join(a.report(r, func(s screen.Screen) { s.Build(r) }), ended(r.Status))
}

// asWriter runs f where this process gets the instance lock, and else hands the request to the
// one that has it. Either way the answer is the JSON of what f would return.
func (a *app) asWriter(ctx context.Context, w *wiring, r engine.Request, f func(*pipeline) any) (json.RawMessage, error) {
	for {
		p, err := a.openWriting(ctx, w)
		var held *statefile.LockedError
		switch {
		case errors.As(err, &held):
			if r.Settings, err = engine.Seal(w.settings()); err != nil {
				return nil, notDone(err)
			}
			answer, err := engine.Ask(ctx, w.state, a.now, r)
			switch {
			case errors.Is(err, engine.ErrHolderGone):
				continue
			case err != nil:
				return nil, notDone(err)
			}
			return answer, nil
		case err != nil:
			return nil, err
		}
		answer, err := json.Marshal(f(p))
		if err := errors.Join(err, p.close()); err != nil {
			return nil, notDone(err)
		}
		return answer, nil
	}
}

// decoded returns the report in an answer of asWriter.
func decoded[R any](answer json.RawMessage, err error) (*R, error) {
	if err != nil {
		return nil, err
	}
	r := new(R)
	if err := json.Unmarshal(answer, r); err != nil {
		return nil, notDone(fmt.Errorf("read answer: %w", err))
	}
	return r, nil
}
