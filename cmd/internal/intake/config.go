// Package intake takes in what sources hold: it lists a source, loads what looks changed, and brings the
// ledger's rows up to it, unless the guard holds the change for the operator.
//
// The way of an article through this room: collect (the source's listing merged with what the ledger has
// seen), entry (what an article says, as a staged entry), resolve (which row an entry belongs to, its date and its
// URL), guard, apply. Nothing of a scan is true before apply; all of it is afterwards.
package intake

import (
	"log/slog"
	"time"

	"herald/cmd/internal/guard"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source"
)

// Config is what intake works on.
type Config struct {
	Ledger    *ledger.Ledger
	Sources   []Source
	Guard     *guard.Limits // nil: nothing is held
	Placement placement.Config
	Reserved  func(url string) bool // whether a URL is that of a document of the site's own: no article may stand there; nil: none is
	Now       func() time.Time
	Log       *slog.Logger // nil: nothing is logged
}

// Source is one origin with the settings that intake applies to it.
type Source struct {
	Name    string
	Source  source.Source
	ReadAs  string         // digest of the reading settings and the reader's version
	Zone    *time.Location // of the dates in permalinks; nil: the site's
	Undated Undated
	// ID returns the id that a new article at url gets where it claims none; nil, or "": url itself. Of the article Link, Title,
	// Categories and Published are filled.
	ID      func(a *source.Article, url string) string
	Timeout time.Duration // of one scan; 0: none
	Grace   time.Duration // how long an article that is missing stays
	Live    bool          // a new article enters the documents once its URL answers 200
}

// Undated says what becomes of an article that no rule but first sight dates.
type Undated string

// The values of Undated; the empty one is FirstSeen. Auto makes a page (see ledger.Page) of an article that the first
// complete scan of its source finds beside dated ones, and is FirstSeen for every other.
const (
	Auto        Undated = "auto"
	FirstSeen   Undated = "first_seen"
	SitemapOnly Undated = "sitemap_only"
	Refuse      Undated = "refuse"
)
