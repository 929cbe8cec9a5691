package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/httpclient"
	"herald/cmd/internal/screen"
)

func (a *app) adoptCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "adopt FEED",
		Example: "  herald adopt https://old.example.org/feed.xml",
		Short:   "Take over ids and dates from an existing RSS, Atom or JSON feed (file or URL)",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.adopt(cmd.Context(), args[0]) },
	}
}

func (a *app) adopt(ctx context.Context, name string) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	f, err := w.fetchFeed(ctx, name)
	if err != nil {
		return notDone(err)
	}
	r, err := decoded[engine.AdoptReport](a.asWriter(ctx, w, engine.Request{Kind: engine.KindAdopt, Adopt: f}, func(p *pipeline) any { return p.engine.Adopt(ctx, f) }))
	if err != nil {
		return err
	}
	a.shown(w).Put(r.Holds)
	return errors.Join(a.report(r, func(s screen.Screen) { s.Lists(r.Screen()) }), ended(r.Status))
}

// compare is plan --against: it scans a copy of the ledger and publishes nothing.
func (a *app) compare(ctx context.Context, name string) error {
	return a.with(ctx, a.openDry, func(p *pipeline) error {
		f, err := p.wiring.fetchFeed(ctx, name)
		if err != nil {
			return notDone(err)
		}
		r := p.engine.Compare(ctx, f)
		return errors.Join(a.report(r, func(s screen.Screen) { s.Lists(r.Screen()) }), ended(r.Status))
	})
}

// fetchFeed reads the feed that the operator names, wherever that lies.
func (w *wiring) fetchFeed(ctx context.Context, name string) (*adopt.Feed, error) {
	doc, err := adopt.Fetch(ctx, httpclient.New(httpclient.Named(name), 0), agentOf(w.config), name)
	if err != nil {
		return nil, err
	}
	return adopt.Parse(name, doc)
}

// feedPaths returns where the documents of feeds stand, but of those that are one per value.
func (w *wiring) feedPaths() (paths []string) {
	for _, f := range w.feeds {
		if f.Each == "" {
			paths = append(paths, w.tables.believed(f)...)
		}
	}
	return paths
}
