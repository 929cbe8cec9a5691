// Package edition publishes: it makes the documents that should stand at one moment of the ledger, puts those whose
// inputs differ from their receipts, and notes in the transaction that writes the receipts what is to be told.
//
// A document belongs to a set (Set): the feeds, the sitemap, the IndexNow key. sets.go lists the sets.
package edition

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
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
	// Load loads an article with its body; nil where its source is not configured.
	Load func(ctx context.Context, sourceName, key string) (*source.Article, error)
	Now  func() time.Time
	Log  *slog.Logger // nil: nothing is logged
}

// Site is what the documents say of the publication as a whole.
type Site struct {
	Title       string
	Description string
	Language    string
	Author      source.Author
	Image       string
	Copyright   string
}

// Feed is one feed in some formats. Its name is for ever: its id is kept under it.
type Feed struct {
	Name               string
	Title, Description string                // "": the site's
	Paths              map[feeds.Kind]string // as in the config ("/feed.xml"); a kind without one is left out
	Where              ledger.Where          // which articles it shows
	Items              int
	Content            feeds.Content
}

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
}

// Edition publishes. Publish may be called at any time, twice, or after a crash, but not beside itself.
type Edition struct {
	config  Config
	sets    []Set
	audited int64 // when the standing documents were last read whole
}

// New returns an Edition; it touches nothing yet.
func New(c Config) *Edition {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if u, err := url.Parse(c.Placement.Site.String()); err == nil && strings.Trim(u.Path, "/") != "" {
		c.Robots = nil // robots.txt counts at a host's root only (RFC 9309 section 2.3)
	}
	if c.Formats == nil {
		c.Formats = feeds.Formats()
	}
	if c.Sets == nil {
		c.Sets = Sets
	}
	e := &Edition{config: c}
	e.sets = c.Sets(&e.config)
	return e
}

// Reserved returns the URLs of documents: no article may stand there.
func Reserved(c Config) map[string]bool {
	paths := []string{c.Sitemap.Path, "/robots.txt"}
	for _, f := range c.Feeds {
		for _, path := range f.Paths {
			paths = append(paths, path)
		}
	}
	for _, path := range c.Documents {
		paths = append(paths, path)
	}
	for old := range c.Aliases {
		paths = append(paths, old)
	}
	reserved := map[string]bool{}
	for _, path := range paths {
		if url, err := c.Placement.Site.Join(path); err == nil && path != "" {
			reserved[url] = true
		}
	}
	return reserved
}

// ErrNothing says that no source ever held an article: nothing is published.
var ErrNothing = errors.New("no source has ever held an article: nothing is published")

// PublishOptions changes one publication.
type PublishOptions struct {
	Force bool // over holds and foreign files
}

// PublishReport is what one publication wrote, removed, held and queued.
type PublishReport struct {
	Edition   int64           `json:"edition,omitempty"` // 0: nothing changed
	Written   []string        `json:"written,omitempty"` // paths
	Removed   []string        `json:"removed,omitempty"`
	Documents int             `json:"documents"` // that stand now
	Public    int64           `json:"public"`    // articles that some document shows now
	Holds     []hold.Hold     `json:"holds,omitempty"`
	Notices   []outbox.Notice `json:"notices,omitempty"`  // queued by this publication
	Failed    []string        `json:"failed,omitempty"`   // documents kept at their last good version, and why
	Examples  []string        `json:"examples,omitempty"` // up to three article URLs to try
	Ahead     []string        `json:"ahead,omitempty"`    // zone-less dates in the near future while no timezone is set: what appears when, and the key to set
}

// Standing returns the report of a publication that may not begin: what stands, stays.
func (e *Edition) Standing(ctx context.Context) (*PublishReport, error) {
	r := &PublishReport{}
	err := e.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		receipts, err := tx.Receipts()
		r.Documents = len(receipts)
		return err
	})
	return r, err
}

// Next returns when Publish has something to do by the clock alone; the zero time: never.
func (e *Edition) Next(ctx context.Context) (at time.Time, err error) {
	err = e.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		ms, err := tx.NextDue()
		at = ledger.Time(ms)
		return err
	})
	return at, err
}
