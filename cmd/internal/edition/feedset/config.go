package feedset

import (
	"context"
	"log/slog"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/cmd/internal/placement"
	"herald/feeds"
	"herald/source"
)

// Config is what the feeds are made from.
type Config struct {
	Ledger    *ledger.Ledger
	List      *feedlist.List // of Feeds; no other set may use it
	Placement placement.Config
	Site      document.Site
	Feeds     []Feed
	Formats   []feeds.Format // that feeds may have, in the order in which they are put
	Hubs      []string       // that the feeds name
	Links     links.Finder   // finds the articles that links name
	// Load loads an article with its body; nil and no error where its source is not configured.
	Load func(ctx context.Context, sourceName, key string) (*source.Article, error)
	Log  *slog.Logger
}

// Feed is one feed in some formats.
type Feed = feedlist.Feed
