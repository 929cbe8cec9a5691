// Package edition publishes: it makes the documents that should stand at one moment of the ledger, puts those whose
// inputs differ from their receipts, and notes in the transaction that writes the receipts what is to be told.
//
// A document belongs to a set (Set): the feeds, the sitemap, the IndexNow key. sets.go lists the sets.
package edition

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
	"herald/feeds"
)

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

// Reserved returns whether a URL is that of a document: no article may stand there.
func Reserved(c Config) func(url string) bool {
	reserved := map[string]bool{}
	for _, path := range append(c.others(), feedlist.Paths(c.Feeds)...) {
		if url, err := c.Placement.Site.Join(path); err == nil && path != "" {
			reserved[url] = true
		}
	}
	return func(url string) bool { return reserved[url] || feedlist.OfValue(c.Placement.Site, c.Feeds, url) }
}

// others are the config paths of all documents but the feeds.
func (c *Config) others() []string {
	paths := slices.AppendSeq([]string{c.Sitemap.Path, "/robots.txt"}, maps.Values(c.Documents))
	return slices.AppendSeq(paths, maps.Keys(c.Aliases))
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

// Paths returns the paths of all documents that stand published.
func (e *Edition) Paths(ctx context.Context) (paths []string, err error) {
	err = e.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		receipts, err := tx.Receipts()
		for _, r := range receipts {
			paths = append(paths, r.Path)
		}
		return err
	})
	return paths, err
}

// Next returns when Publish has something to do by the clock alone; the zero time: never.
func (e *Edition) Next(ctx context.Context) (at time.Time, err error) {
	err = e.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		ms, err := nextDue(tx, e.config.Placement)
		at = ledger.Time(ms)
		return err
	})
	return at, err
}

// nextDue is the next moment at which an article enters or leaves a document by the clock alone; 0: none.
func nextDue(tx *ledger.Tx, c placement.Config) (int64, error) {
	due, err := tx.NextDue()
	if err != nil {
		return 0, err
	}
	kept, err := placement.NextKept(tx, c)
	if due == 0 || kept != 0 && kept < due {
		due = kept
	}
	return due, err
}

// documents returns all documents that should stand.
func (e *Edition) documents(tx *ledger.Tx) ([]*Document, error) {
	var docs []*Document
	for _, s := range e.sets {
		some, err := s.Documents(tx)
		if err != nil {
			return nil, err
		}
		docs = append(docs, some...)
	}
	docs, err := withAliases(&e.config, docs)
	if err != nil {
		return nil, err
	}
	return docs, onePath(docs)
}

// kind returns the kind of a name. One that no set knows (any more) holds what stands.
func (e *Edition) kind(name string) Kind {
	for _, s := range e.sets {
		for _, k := range s.Kinds() {
			if k.Name == name {
				return k
			}
		}
	}
	for _, k := range []Kind{aliasKind, robotsKind} {
		if k.Name == name {
			return k
		}
	}
	return Kind{Name: name}
}
