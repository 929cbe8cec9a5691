package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/outbox"
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
		Use:   "status",
		Short: "Show sources, documents, holds and notices",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.status(cmd.Context(), editions) },
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
				editionLines(w, r.Editions)
				return
			}
			r.text(w)
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

func (r statusReport) text(w io.Writer) {
	t, refused := table{w}, int64(0)
	for _, s := range r.Sources {
		refused += s.Refused
		t.row(s.Name, fmt.Sprintf("%s, %d refused, %d removed; last good scan %s", counted(s.Articles, "article"), s.Refused, s.Removed, moment(s.LastGood)))
		t.row("", emptyLine(s.Articles == 0 && !s.LastGood.IsZero()))
		if s.Missing > 0 {
			t.row("", fmt.Sprintf("%d of them missing and kept (removal_grace), the first until %s", s.Missing, moment(s.Until)))
		}
		if s.Pages > 0 {
			t.row("", fmt.Sprintf("%d of them undated beside dated ones: pages, in the sitemap only", s.Pages))
		}
		if s.LastError != "" {
			t.row("", "last scan "+moment(s.LastScan)+": "+s.LastError)
		}
		if r.Running && !r.Next[s.Name].IsZero() {
			t.row("", "next scan "+moment(r.Next[s.Name]))
		}
	}
	t.first("refused", lines(r.Refused, refusalLine), refused)
	t.list("soon", r.Ahead)
	t.first("not live", lines(r.Live, waitLine), r.LiveCount)
	for _, d := range r.Documents {
		t.row("document", fmt.Sprintf("%s, %d bytes, changed %s", d.URL, d.Size, moment(d.Changed)))
	}
	t.holds(r.Holds, func(h hold.Hold) string {
		return fmt.Sprintf("%d since %s: %s", h.ID, moment(h.Since), h.Remedy())
	})
	t.row("notices", fmt.Sprintf("%d answered, %d waiting, %d given up", r.Told, r.WaitingCount, r.DeadCount))
	t.first("waiting", lines(r.Waiting, noticeLine), r.WaitingCount)
	t.first("given up", lines(r.Dead, noticeLine), r.DeadCount)
	if r.Running {
		t.row("running", "a process holds the state")
	}
}

func editionLines(w io.Writer, editions []status.EditionStatus) {
	for _, e := range editions {
		fmt.Fprintf(w, "%d  %s\n", e.ID, moment(e.At))
		for _, path := range e.Written {
			fmt.Fprintf(w, "    wrote   %s\n", printable(path))
		}
		for _, path := range e.Removed {
			fmt.Fprintf(w, "    removed %s\n", printable(path))
		}
	}
}
