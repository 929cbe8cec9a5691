package main

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/outbox"
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
		fillLists(s)
		r := statusReport{Status: s, Next: p.wiring.nextScans(s), Running: statefile.Running(p.wiring.state)}
		if editions {
			if r.Editions, err = p.rooms.status.Editions(ctx, editionsShown); err != nil {
				return notDone(err)
			}
		}
		if !editions {
			a.showing(p.wiring, s.Holds)
		}
		return a.report(r, func(w io.Writer) {
			if editions {
				screen.Editions(w, r.Editions)
				return
			}
			screen.Status(w, r.Status, r.Next, r.Running)
		})
	})
}

// fillLists makes empty lists of missing ones, so that who reads the JSON need not tell them apart.
func fillLists(s *status.Status) {
	s.Sources = append([]status.SourceStatus{}, s.Sources...)
	s.Documents = append([]status.DocumentStatus{}, s.Documents...)
	s.Holds = append([]hold.Hold{}, s.Holds...)
	s.Waiting = append([]outbox.Notice{}, s.Waiting...)
	s.Dead = append([]outbox.Notice{}, s.Dead...)
	s.Refused = append([]intake.Refusal{}, s.Refused...)
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
