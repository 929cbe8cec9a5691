package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/screen"
	"herald/cmd/internal/status"
	"herald/source"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain FILE-OR-URL",
		Short: "Tell the life of an article: id, URL, dates, documents, who was told",
		Long: "Names an article by its file, its URL, its id or its title. A document of ours, an old path, a file that is no\n" +
			"article and a URL of another host are explained too. Before the first build it says what build would do.",
		Example: "  herald explain _posts/2026-03-01-market.md\n  herald explain https://news.example.org/market/\n  herald explain /feed.xml",
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
	w, err := a.load()
	if err != nil {
		return err
	}
	open, before := a.openReading, !statefile.Exists(w.state)
	if before { // nothing was built yet: what would be is explained
		open = a.openDry
	}
	return a.open(ctx, w, open, func(p *pipeline) error {
		if before {
			p.engine.Build(ctx, engine.BuildOptions{})
		}
		all, err := p.explained(ctx, what)
		if err != nil {
			return notDone(fmt.Errorf("explain %s: %w", what, err))
		}
		for i := range all {
			if before {
				all[i].Why = append([]string{"nothing was built yet: this is what herald build would make of it"}, all[i].Why...)
			}
		}
		return a.report(all, func(s screen.Screen) {
			for _, one := range all {
				s.Explanation(one)
			}
		})
	})
}

// explained answers for whatever the operator names: an article, what is none, and all else that status knows of.
func (p *pipeline) explained(ctx context.Context, what string) ([]status.Explanation, error) {
	for _, name := range p.wiring.names(ctx, what) {
		if all, err := p.rooms.status.Explain(ctx, name); !errors.Is(err, status.ErrUnknown) {
			return all, err
		}
	}
	if none := p.wiring.noArticle(ctx, what); none != nil {
		return none, nil
	}
	return p.rooms.status.Elsewhere(ctx, what)
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
