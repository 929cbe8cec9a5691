package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/spf13/cobra"

	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/screen"
	"herald/cmd/internal/service"
)

func (a *app) healthCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "health",
		Example: "  herald health",
		Short:   "Ask the running herald whether it is alive: 0 if it is, else 1; for containers",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := a.load()
			if err != nil {
				return err
			}
			r := screen.Health{}
			r.Asked, err = w.askHealth(cmd.Context())
			if r.Alive = err == nil; err != nil {
				r.Error = err.Error()
			}
			if err := a.report(r, func(s screen.Screen) { s.Health(r) }); err != nil || r.Alive {
				return err
			}
			return ended(1)
		},
	}
}

// askHealth asks at the port for operators, else at that for readers, else who holds the state.
func (w *wiring) askHealth(ctx context.Context) (asked string, err error) {
	c := w.config
	switch {
	case c.Admin.Listen != "":
		return service.Ask(ctx, c.Admin.Listen, "/health", http.StatusOK)
	case c.Serve.Listen != "":
		return service.Ask(ctx, c.Serve.Listen, "/robots.txt", http.StatusOK, http.StatusNotFound)
	case statefile.Running(w.state):
		return c.State.Written, nil
	}
	return c.State.Written, fmt.Errorf("no herald works with this state")
}
