package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/screen"
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
		all, err := p.rooms.status.Anything(ctx, what)
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
