// Package edition is the pipeline from sources to documents to the world: Scan, Publish and
// Deliver.
//
// Each of the three is level-triggered: it looks at the ledger, does what is due, and may be
// called at any time, twice, or after a crash. The way of an article through them is told in
// README.md. Callers hold the instance lock of the ledger; the three are not called at the same
// time as themselves.
package edition

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
	"herald/feeds"
	"herald/source"
	"herald/source/weburl"
)

// Sink is where documents go; *publish.Dir is one. Paths are decoded, slash separated and below
// the sink's root.
type Sink interface {
	Put(ctx context.Context, docs []publish.Document) error
	Read(ctx context.Context, path string, limit int64) ([]byte, error)
	Stat(path string) (publish.Info, error)
	Remove(ctx context.Context, paths []string) error
	Names(folder string) ([]string, error)
}

// Settings is all that the pipeline needs to know of the operator's config.
type Settings struct {
	Site    Site
	Sources []Source
	Feed    *Feed // the default feed, main; nil: off
	Sitemap Sitemap
	Robots  *Robots           // nil: none, and none where site.url has a path
	Aliases map[string]string // old document path -> document path, both as in the config: "/rss.xml"
	Guard   *Guard            // nil: off
	Notify  Notify
}

// Site is what the documents say of the publication as a whole.
type Site struct {
	URL         *weburl.Site
	Title       string
	Description string
	Language    string
	Zone        *time.Location // never nil
	ZoneSet     bool           // site.timezone was given
	Author      source.Author
	Image       string
	Copyright   string
}

// Source is one origin with the settings that the pipeline applies to it.
type Source struct {
	Name    string
	Source  source.Source
	ReadAs  string         // digest of the reading settings and the reader's version
	Zone    *time.Location // of the dates in permalinks; nil: the site's
	Undated Undated
	Timeout time.Duration // of one scan; 0: none
}

// Undated says what becomes of an article that no rule but first sight dates.
type Undated string

// The values of Undated; the empty one is FirstSeen.
const (
	FirstSeen   Undated = "first_seen"
	SitemapOnly Undated = "sitemap_only"
	Refuse      Undated = "refuse"
)

// Feed is the default feed. Paths are as in the config ("/feed.xml"); "" leaves the format out.
type Feed struct {
	Title, Description string // "": the site's
	RSS, Atom, JSON    string
	Items              int
	Content            feeds.Content
}

// Sitemap says where the sitemap stands and how big a file may get.
type Sitemap struct {
	Path         string // "/sitemap.xml"
	URLsPerFile  int
	BytesPerFile int64
	Images       bool
	Pages        []string // URLs that are not articles, as in the config
}

// Robots is robots.txt; Extra stands behind our lines.
type Robots struct{ Extra string }

// Guard holds the limits that hold a scan for the operator.
type Guard struct{ Removed, Changed, Added Limit }

// Limit is a share of the source's articles or a plain number of them. Share 1 never holds.
type Limit struct {
	Share  float64 // 0..1
	Number int64
	Plain  bool // Number counts, not Share
}

// Notify says who is told and when.
type Notify struct {
	Delay, MinInterval time.Duration
	Verify             bool
	VerifyBase         string // "": the site's own URL
	DryRun             bool
	IndexNow           []string // endpoints; empty: off
	IndexNowKey        string   // "" : made once and kept
	Hubs               []string
}

// Options joins the settings with what the pipeline works on.
type Options struct {
	Settings
	Ledger *ledger.Ledger
	Sink   Sink
	Now    func() time.Time
	Log    *slog.Logger
	// Client sends notices and checks public URLs. It follows no redirects.
	Client    *http.Client
	UserAgent string
}

// Edition runs the pipeline.
type Edition struct {
	Options
	audited  int64           // when the standing documents were last read whole
	reserved map[string]bool // URLs of our own documents

	mu       sync.Mutex
	busy     map[string]bool    // targets that are being told
	rendered map[int64]rendered // what the feed shows, by article, as it was last rendered
}

// New makes an Edition; it touches nothing yet.
func New(o Options) *Edition {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if u, err := url.Parse(o.Site.URL.String()); err == nil && strings.Trim(u.Path, "/") != "" {
		o.Robots = nil // robots.txt counts at a host's root only (RFC 9309 section 2.3)
	}
	e := &Edition{Options: o, reserved: map[string]bool{}, busy: map[string]bool{}}
	for _, path := range e.paths() {
		if url, err := o.Site.URL.Join(path); err == nil {
			e.reserved[url] = true
		}
	}
	return e
}

// paths gives the config paths at which documents stand.
func (e *Edition) paths() []string {
	out := []string{e.Sitemap.Path, "/robots.txt"}
	if e.Feed != nil {
		out = append(out, e.Feed.RSS, e.Feed.Atom, e.Feed.JSON)
	}
	for old := range e.Aliases {
		out = append(out, old)
	}
	return slices.DeleteFunc(out, func(p string) bool { return p == "" })
}

// ErrNothing says that no source ever held an article: nothing is published.
var ErrNothing = errors.New("no source has ever held an article: nothing is published")

// ScanOptions changes one scan.
type ScanOptions struct {
	Force  bool // apply over a hold
	Reload bool // load every entry, whatever its fingerprint
}

// ScanReport is what one complete scan of a source found and did.
type ScanReport struct {
	Source    string         `json:"source"`
	First     bool           `json:"first,omitempty"` // the first complete scan that held an article: quiet, not guarded
	Listed    int64          `json:"listed"`
	Articles  int64          `json:"articles"` // living articles of the source after the scan
	Added     int64          `json:"added"`
	Changed   int64          `json:"changed"`
	Renamed   int64          `json:"renamed"`
	Removed   int64          `json:"removed"`
	Recovered int64          `json:"recovered,omitempty"` // of the articles added: known again from standing documents, for the state was lost
	DatedBy   map[string]int `json:"dated_by,omitempty"`  // of the articles added
	Refused   []Refusal      `json:"refused,omitempty"`   // the first thousand that stand refused now, not only new ones
	Warnings  []string       `json:"warnings,omitempty"`  // file:line:column: words, the first thousand of what was read in this scan

	RefusedCount int64 `json:"refused_count"`
	WarningCount int64 `json:"warning_count"`
	ChangeCount  int64 `json:"change_count"`

	Ahead     []string `json:"ahead,omitempty"`   // zone-less dates in the near future while no timezone is set
	Hold      *Hold    `json:"hold,omitempty"`    // set: nothing was applied
	Contested bool     `json:"-"`                 // an article was refused over a URL or id that another has: one freed later lets it in
	Changes   []Change `json:"changes,omitempty"` // the first hundred changes by name
}

// Change names one article that a scan added, changed, renamed or removed.
type Change struct {
	Kind  string `json:"kind"` // added, changed, renamed, removed
	Key   string `json:"key"`
	URL   string `json:"url,omitempty"`
	Title string `json:"title,omitempty"`
}

// Refusal is one article that is refused for its own faults.
type Refusal struct {
	Source   string `json:"source"`
	Key      string `json:"key"`
	Reason   string `json:"reason"` // file:line:column: words
	LastGood bool   `json:"last_good,omitempty"`
}

// Hold is a change that waits for the operator.
type Hold struct {
	ID      int64     `json:"id"`
	Kind    string    `json:"kind"`             // removed, changed, added, emptied, site_url, foreign, vanishing
	Subject string    `json:"subject"`          // the source's name, a document's path, the site's URL
	Summary string    `json:"summary"`          // one line
	Detail  []string  `json:"detail,omitempty"` // the first lines of what it holds
	Since   time.Time `json:"since"`
}

// PublishOptions changes one publication.
type PublishOptions struct {
	Force bool // over holds and foreign files
}

// PublishReport is what one publication wrote, removed, held and queued.
type PublishReport struct {
	Edition   int64    `json:"edition,omitempty"` // 0: nothing changed
	Written   []string `json:"written,omitempty"` // paths
	Removed   []string `json:"removed,omitempty"`
	Documents int      `json:"documents"` // that stand now
	Public    int64    `json:"public"`    // articles that some document shows now
	Holds     []Hold   `json:"holds,omitempty"`
	Notices   []Notice `json:"notices,omitempty"`  // queued by this publication
	Failed    []string `json:"failed,omitempty"`   // documents kept at their last good version, and why
	Examples  []string `json:"examples,omitempty"` // up to three article URLs to try
	Ahead     []string `json:"ahead,omitempty"`    // zone-less dates in the near future while no timezone is set: what appears when, and the key to set
}

// Notice is one thing that a target must hear.
type Notice struct {
	Target   string    `json:"target"`
	Channel  string    `json:"channel"` // url or topic
	URL      string    `json:"url"`
	Removed  bool      `json:"removed,omitempty"`
	State    string    `json:"state"` // waiting, done, dead
	Due      time.Time `json:"due,omitzero"`
	Attempts int       `json:"attempts,omitempty"`
	Status   int       `json:"status,omitempty"`
	Detail   string    `json:"detail,omitempty"`
	Answered time.Time `json:"answered,omitzero"`
}

// DeliverOptions changes one delivery.
type DeliverOptions struct {
	Now    bool          // ignore notify.delay, as build --notify does
	Within time.Duration // no request goes on for longer; 0: as long as Client lets it
}

// DeliverReport is what one delivery did.
type DeliverReport struct {
	Delivered []Notice  `json:"delivered,omitempty"`
	Waiting   []Notice  `json:"waiting,omitempty"` // tried and to be tried again
	Dead      []Notice  `json:"dead,omitempty"`
	Next      time.Time `json:"next,omitzero"` // when the next notice is due; zero: none waits
	Left      int       `json:"left"`          // due and not delivered, not counting those that wait for min_interval
}
