package edition

import (
	"context"
	"log/slog"
	"time"

	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/publish"
	"herald/feeds"
	"herald/source"
)

// Config is what publishing works on.
type Config struct {
	Ledger    *ledger.Ledger
	Sink      publish.Sink
	Outbox    *outbox.Outbox
	Placement placement.Config // its Site is the publication's
	Site      Site
	Feeds     []Feed
	Formats   []feeds.Format // that feeds may have, in the order in which they are put; nil: feeds.Formats
	Sitemap   Sitemap
	// Documents are the paths of the other documents that the config names, by its keys ("sitemap.text").
	Documents map[string]string
	Robots    *Robots           // nil: none, and none where site.url has a path
	Aliases   map[string]string // old document path -> document path, both as in the config: "/rss.xml"
	IndexNow  IndexNow
	Hubs      []string            // that the feeds name
	Sets      func(*Config) []Set // what is published, in the order in which it is put; nil: Sets
	Links     links.Finder        // finds the articles that links name
	// Load loads an article with its body; nil where its source is not configured.
	Load func(ctx context.Context, sourceName, key string) (*source.Article, error)
	Now  func() time.Time
	Log  *slog.Logger // nil: nothing is logged
}

// Feed is one feed in some formats.
type Feed = feedlist.Feed

// Sitemap says where the sitemap stands. How big its files may get is placement's to know.
type Sitemap struct {
	Path   string // "/sitemap.xml"
	Images bool
	Pages  []string // URLs that are not articles, as in the config
}

// Robots is robots.txt; Extra stands behind our lines.
type Robots struct{ Extra string }

// IndexNow says whether the file that proves the IndexNow key stands.
type IndexNow struct {
	On  bool
	Key string // "": made once and kept
	// NewKey makes a key where Key is "" and there is none yet; nil: a random one. A pass that keeps nothing has none to make.
	NewKey func() (string, error)
}
