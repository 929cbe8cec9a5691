package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"herald/cmd/internal/outbox"
	"herald/cmd/internal/screen"
	"herald/cmd/internal/status"
	"herald/source"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain FILE-OR-URL",
		Example: "  herald explain posts/2024-03-05-spring.md\n  herald explain https://news.example.org/spring/",
		Short:   "Tell the life of an article: id, URL, dates, documents, who was told",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "" {
				return wrong(errors.New("explain: no file and no URL given"))
			}
			return a.explain(cmd.Context(), args[0])
		},
	}
}

func (a *app) explain(ctx context.Context, what string) error {
	return a.reading(ctx, func(p *pipeline) error {
		var all []status.Explanation
		err := status.ErrUnknown
		for _, name := range p.wiring.names(ctx, what) {
			if all, err = p.rooms.status.Explain(ctx, name); !errors.Is(err, status.ErrUnknown) {
				break
			}
		}
		if errors.Is(err, status.ErrUnknown) {
			err = status.ErrUnknown // without the name, which stands before it below
			if none := p.wiring.noArticle(ctx, what); none != nil {
				all, err = none, nil
			}
		}
		if err != nil {
			return notDone(fmt.Errorf("explain %s: %w", what, err))
		}
		return a.report(all, func(w io.Writer) {
			for _, one := range all {
				screen.Explanation(w, one)
			}
		})
	})
}

// names returns the ways in which the ledger may know what the operator names: as it stands, and
// by its key in each source.
func (w *wiring) names(ctx context.Context, what string) []string {
	names := []string{what}
	for _, s := range w.sources {
		names = append(names, w.keys(ctx, s, what)...)
	}
	return names
}

// keys returns the keys that what the operator names may have in a source: those of a file by its
// path from the current folder and from the config's; in a source whose entries are no files, the name
// itself, or what stands at that place.
func (w *wiring) keys(ctx context.Context, s wiredSource, what string) (keys []string) {
	if s.folder == nil {
		if placed, ok := s.intake.Source.(source.Placed); ok {
			if key, found := placed.KeyAt(ctx, what); found {
				return []string{key}
			}
		}
		return []string{what}
	}
	abs, err := filepath.Abs(what)
	if err != nil || strings.Contains(what, "://") {
		return nil
	}
	for _, path := range []string{abs, filepath.Join(w.config.Dir, what)} {
		if key, inside := s.folder.Key(path); inside {
			keys = append(keys, key)
		}
	}
	return keys
}

// noArticle explains what a source has, and of which the ledger knows nothing; nil: there is none.
func (w *wiring) noArticle(ctx context.Context, what string) []status.Explanation {
	for _, s := range w.sources {
		explainer, ok := s.intake.Source.(source.Explainer)
		if !ok {
			continue
		}
		for _, key := range w.keys(ctx, s, what) {
			why, found := explainer.WhyNot(ctx, key)
			if !found {
				continue
			}
			x := status.Explanation{Source: s.name(), Key: key, State: "no article", Why: []string{why}, Documents: []string{}, Told: []outbox.Notice{}}
			if why == "" {
				x.State, x.Why = "new", []string{"no scan has taken it in yet: herald build does"}
			}
			return []status.Explanation{x}
		}
	}
	return nil
}
