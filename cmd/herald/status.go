package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/screen"
	"herald/cmd/internal/status"
)

// editionsShown is how many publications status --editions lists.
const editionsShown = 50

// statusReport is what herald knows of itself. Next is when run scans each source again.
type statusReport struct {
	*status.Status
	Next     map[string]time.Time   `json:"next,omitempty"`
	Running  bool                   `json:"running"` // a process holds the state
	Holder   *screen.Holder         `json:"holder,omitempty"`
	Editions []status.EditionStatus `json:"editions,omitempty"`
}

func (a *app) statusCommand() *cobra.Command {
	editions := false
	cmd := &cobra.Command{
		Use:     "status",
		Example: "  herald status\n  herald status --json",
		Short:   "Show sources, documents, holds and notices",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.status(cmd.Context(), editions) },
	}
	cmd.Flags().BoolVar(&editions, "editions", false, "list what was published when")
	return cmd
}

func (a *app) status(ctx context.Context, editions bool) error {
	return a.reading(ctx, func(p *pipeline) error {
		s, err := p.rooms.status.Status(ctx)
		if err != nil {
			return notDone(err)
		}
		r := statusReport{Status: s, Next: p.wiring.nextScans(s)}
		if r.Holder, err = p.holder(ctx); err != nil {
			return notDone(err)
		}
		r.Running = r.Holder != nil
		if editions {
			if r.Editions, err = p.rooms.status.Editions(ctx, editionsShown); err != nil {
				return notDone(err)
			}
		}
		if !editions {
			a.shown(p.wiring).Put(s.Holds)
		}
		return a.report(r, func(s screen.Screen) {
			if editions {
				s.Editions(r.Editions)
				return
			}
			s.Status(r.Status, r.Next, r.Holder)
		})
	})
}

// holder returns the process that holds the state; nil: none does.
func (p *pipeline) holder(ctx context.Context) (*screen.Holder, error) {
	pid, held := statefile.Holder(p.wiring.state)
	if !held {
		return nil, nil
	}
	h := &screen.Holder{PID: pid}
	return h, p.ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		h.Daemon, err = engine.DaemonOf(tx, pid)
		return err
	})
}

func (w *wiring) nextScans(s *status.Status) map[string]time.Time {
	last := map[string]time.Time{}
	for _, one := range s.Sources {
		last[one.Name] = one.LastScan
	}
	next := map[string]time.Time{}
	for _, src := range w.sources {
		if at := last[src.name()]; !at.IsZero() {
			next[src.name()] = src.schedule.Next(at)
		}
	}
	return next
}
