// Package config reads herald.yaml: strictly, with a position for every fault, all of them at
// once. A Config that Load returns is checked and resolved: paths are absolute, defaults are
// filled in, times have zones. Nobody else needs to ask what a missing key means.
//
// One table (keys.go) names every key with its kind, default and meaning; the strict walk, the
// environment layer, the JSON Schema (herald.schema.json) and the reference (README.md) follow it.
package config

import (
	"time"

	"herald/config/number"
)

// Config is a whole herald.yaml. It is read only after Load and safe for concurrent use.
type Config struct {
	File string // absolute path of the file
	Dir  string // absolute folder of the file; relative paths in it start here

	Site     Site
	State    Path // the ledger's file
	Schedule Schedule
	Publish  Publish
	Sources  []Source // at least one, names unique
	Feeds    []Feed   // main first, where it is not off, then the others as they are written; names unique
	Sitemap  Sitemap
	// Documents are the paths of documents that are neither feeds nor the sitemap, by key ("sitemap.text"): decoded, begin
	// with /; one that is not published is left out.
	Documents map[string]string
	Robots    Robots
	Aliases   []Alias // in byte order of Path
	Serve     Serve
	Admin     Admin
	Notify    Notify
	Guard     Guard

	Settings []Setting // all values that were given, to tell one config from another
}

// Path is a file or folder that the config names.
type Path struct {
	Written string // as the operator wrote it, for messages
	Abs     string // absolute and clean; symbolic links are not followed
}

// Site is what the published URLs and documents have in common.
type Site struct {
	URL          string // absolute http or https, no query, host lower case and in punycode, no slash at its end
	Title        string
	Description  string // never empty: the title where none is given
	Language     string // BCP 47, canonical case; "" is none
	Timezone     *time.Location
	TimezoneSet  bool   // false: the default, UTC
	Author       Author // its name is the title where none is given
	Image        string // as written: a path that begins with / and joins URL, or an absolute URL; "" is none
	Copyright    string
	AllowPrivate bool // a loopback or private host is meant
}

// Author is a person or desk.
type Author struct {
	Name, Email, URL string
}

// Publish is where documents go.
type Publish struct {
	To Path // the folder that stands at Site.URL
}

// Source is one origin of articles.
type Source struct {
	Name        string            // unique, case kept
	Key         string            // where it stands in the file: "sources[0]"
	Type        string            // "files", or another of Options.SourceKinds
	URL         string            // of a remote source, absolute; "" for others
	Headers     map[string]string // of requests to the host of URL; nil: none
	Private     bool              // URL may be on a loopback or private host
	Path        Path              // zero where Bucket is set
	Bucket      string            // files in an object store, as written: "s3://bucket/articles?region=eu-west-1"; "" for others
	Credentials map[string]string // of Bucket: "access_key", "secret_key", "session_token", "sas_token"; nil: what the environment has
	Include     []string          // doublestar patterns below Path
	Exclude     []string
	FrontMatter string            // "optional", or "required": files without front matter are no articles; "": as the preset says
	Markup      string            // "auto", "html", "markdown" or "text": source.Markup
	Preset      string            // the generator that the files were written for; "": none
	Settings    map[string]string // of the preset's generator, by its names; nil: none
	Permalink   string            // the pattern, unchecked but for its first character; "": the preset's
	Dates       []string          // the chain: "front_matter", "file_name", "git", "dateline", "first_seen"
	Undated     string            // what becomes of an article that only first sight dates: "auto", "first_seen", "sitemap_only" or "refuse"
	Defaults    Defaults
	Fields      map[string][]string // a field of ours and the keys that articles have for it; nil: none
	Schedule    Schedule
	Full        Schedule // when everything is listed, of a kind whose listings may hold changes alone; zero for others
	Timeout     time.Duration
	Watch       bool
	// Values are the keys that are given and that mean something to its kind, but nothing to files, as texts: a kind reads
	// keys of its own here. nil: none.
	Values       map[string]string
	RemovalGrace time.Duration // how long a missing article stays
	PublishWhen  string        // "seen", or "live": a new article enters once its URL answers 200
}

// Defaults are what articles of a source have where they do not say otherwise.
type Defaults struct {
	Categories, Tags           []string
	Authors                    []Author
	Language                   string // BCP 47; "" is the site's
	Image                      string // as Site.Image
	Draft                      bool
	NoIndex, NoSitemap, NoFeed bool
}

// Feed is one feed in some formats.
type Feed struct {
	Name, Title, Description string
	Paths                    map[string]string // by format: decoded, begin with / and join Site.URL; one that is not published is left out
	Where, Not               Terms
	Each                     string        // "category", "tag", "author", "language" or "source": one feed per value, whose slug stands for ":slug" in Paths and which itself stands for ":value" in Title and Description; "": one feed
	Items                    int           // at most so many articles
	Bytes                    int64         // of each document at most, up to 64,000,000
	Keep                     time.Duration // an article stays at least so long
	Content                  string        // "full", "summary" or "none": feeds.Content
	Archive                  int           // items of an archive document; 0: there are none
	Deleted                  bool          // Atom names the articles that left it
	Podcast                  *Podcast      // nil: it is none
}

// Podcast is what podcast directories ask of a feed.
type Podcast struct {
	Category string // "A > B": B below A
	Explicit bool
	Owner    Author // a name of "" and an address of "": Site.Author
	Image    string // as Site.Image; "": that
}

// Terms are what articles are picked by: those that have one value of each list that is not empty, or, where it excludes,
// one value of any. Languages are BCP 47 in canonical case; Sources are names of Config.Sources.
type Terms struct {
	Categories, Tags, Authors, Languages, Sources []string
}

// Sitemap is where the sitemap lies and how large its files may grow.
type Sitemap struct {
	Path         string // "/sitemap.xml": directly below Site.URL
	URLsPerFile  int    // 1 to 50,000
	BytesPerFile int64  // uncompressed, at most 52,428,800
	Images       bool
	Pages        []string // what is no article: paths that begin with / and join Site.URL, a query allowed; unique
}

// Robots tells whether robots.txt is ours, and what else is in our block. Where Site.URL has
// a path, robots.txt is not below it and never ours, whatever Off is.
type Robots struct {
	Off   bool
	Extra string
}

// Alias is an old path at which the bytes of a document of ours are found, too.
type Alias struct {
	Path, Target string // decoded; Target is a feed's or the sitemap's path
}

// Serve is the HTTP server for readers and crawlers.
type Serve struct {
	Listen string // host:port; "" is not served
}

// Admin is the HTTP server for operators.
type Admin struct {
	Listen string // host:port; "" is not served
	Token  string // what a request must bear
}

// Notify is who is told of changes, and when.
type Notify struct {
	Delay       time.Duration // quiet time before a batch goes out
	MinInterval time.Duration // between two notices of one URL to one target
	Verify      Verify
	DryRun      bool
	IndexNow    IndexNow
	WebSub      WebSub
	Others      map[string][]string // addresses of the other kinds of target, by kind; nil: none
}

// Verify is the check that the public site already shows what is told.
type Verify struct {
	Off  bool
	Base string // asked in place of Site.URL, without a slash at its end; "" is Site.URL
}

// IndexNow tells search engines (indexnow.org/documentation).
type IndexNow struct {
	On        bool
	Key       string   // 8 to 128 of a-z A-Z 0-9 -; "" is made once and kept
	Endpoints []string // absolute http or https URLs, unique
}

// WebSub tells hubs (W3C WebSub section 6).
type WebSub struct {
	Hubs []string // absolute http or https URLs, unique
}

// Guard holds a scan that changes too much of its source.
type Guard struct {
	Off                     bool
	Removed, Changed, Added Limit
}

// Limit is a share of a source's articles, or a number of them, see number.Limit.
type Limit = number.Limit
