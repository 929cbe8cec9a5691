// Package adopt takes over ids and dates from a feed that readers have already, of whatever generator, so that a site moves
// in without a single article appearing anew; and it compares such a feed with what would be published.
package adopt

import (
	"context"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/publish"
	"herald/source"
)

// Config is what adoption works on.
type Config struct {
	Ledger    *ledger.Ledger
	Sink      publish.Sink
	Placement placement.Config
	Feeds     []string // config paths of the feeds' documents; see Adopt
	// Load loads the article of a source's key; nil where the config does not name the source.
	Load func(ctx context.Context, source, key string) (*source.Article, error)
	Now  func() time.Time
}

// Adoption adopts and compares. Adopt is not called beside a scan or a publication; both expect every source to be scanned.
type Adoption struct{ config Config }

// New returns an Adoption; it touches nothing yet.
func New(c Config) *Adoption { return &Adoption{config: c} }
