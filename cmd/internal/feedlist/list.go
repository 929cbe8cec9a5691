// Package feedlist says which feeds there are: those of the config, and, of one that is one per value, the feeds of the values
// that were seen, each for ever.
package feedlist

import (
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/feeds"
	"herald/sitemap"
	"herald/source"
)

// Config is what a List works on.
type Config struct {
	Feeds     []Feed
	Formats   []feeds.Format // in the order of publication
	Placement placement.Config
	Sitemap   string   // config path of the sitemap
	Others    []string // config paths of the other documents
	Log       *slog.Logger
}

// Feed is one feed in some formats. Its name is for ever: its id is kept under it.
type Feed struct {
	Name               string
	Title, Description string                // "": the site's
	Paths              map[feeds.Kind]string // as in the config ("/feed.xml"); a kind without one is left out
	Where              ledger.Where          // which articles it shows
	// Each makes it one feed per value of a kind, whose slug stands for placement.SlugMark in Paths and which itself stands for placement.ValueMark
	// in Title and Description; "": it is one feed.
	Each    ledger.TermKind
	Items   int
	Keep    time.Duration // an article stays at least so long, however many come
	Content feeds.Content
	Bytes   int      // of a document at most: the oldest items lose their content first, then they leave; 0: as many as a document may have
	Podcast *Podcast // nil: it is none
	Archive int      // how many items an archive document holds; 0: there are none
	Deleted bool     // Atom names the articles that left it

	Value string // of which it is the feed; "": it is of none
}

// Main is the name of the feed that is there by default.
const Main = "main"

// Podcast is what podcast directories ask of a feed.
type Podcast struct {
	Category string // "A > B": B below A
	Explicit bool
	Owner    source.Author // the zero Author: the site's
	Image    string        // as in the config: a path, or a URL; "": the site's
}

// List is the feeds that there are. Its methods are not called beside each other.
type List struct {
	config Config
	seen   int64           // the number of the last change when values were looked at
	made   map[string]Feed // feeds of values, by name
}

// Values are the values of kinds that are known.
type Values map[ledger.TermKind][]ledger.Value

// New returns a List.
func New(c Config) *List { return &List{config: c, made: map[string]Feed{}} }

// Part is what placement knows of a feed.
func (f Feed) Part() placement.Feed {
	return placement.Feed{Name: f.Name, Where: f.Where, Each: f.Each, Items: f.Items, Keep: f.Keep, Archive: f.Archive}
}

// of returns the feed of one value, of a Feed that is one per value.
func (f Feed) of(value, slug, language string) Feed {
	part := f.Part().Of(value, language)
	f.Name, f.Where, f.Each, f.Value = part.Name, part.Where, "", value
	f.Title, f.Description = strings.ReplaceAll(f.Title, placement.ValueMark, value), strings.ReplaceAll(f.Description, placement.ValueMark, value)
	f.Paths = f.at(slug)
	return f
}

// at returns the paths of the feed of a value.
func (f Feed) at(slug string) map[feeds.Kind]string {
	paths := maps.Clone(f.Paths)
	for kind, path := range paths {
		paths[kind] = strings.ReplaceAll(path, placement.SlugMark, slug)
	}
	return paths
}

// All returns the feeds that there are, those of values in byte order. known is what the ledger knows of feeds.
func (l *List) All(known map[string]ledger.Feed, values Values) (all []Feed) {
	for _, f := range l.config.Feeds {
		if f.Each == "" {
			all = append(all, f)
			continue
		}
		all = append(all, l.values(f, known, values)...)
	}
	l.apart(all)
	return all
}

// Read returns the feeds that there are at the moment of tx.
func (l *List) Read(tx *ledger.Tx) ([]Feed, error) {
	known, err := tx.Feeds()
	if err != nil {
		return nil, err
	}
	values, err := l.Values(tx)
	return l.All(known, values), err
}

// Values returns the values of the kinds that the feeds ask for.
func (l *List) Values(tx *ledger.Tx) (values Values, err error) {
	values = Values{}
	for _, kind := range l.config.Placement.TermKinds() {
		if values[kind] != nil {
			continue
		}
		if values[kind], err = tx.Values(kind, -1); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// apart takes from the feeds of values the paths at which another document stands: slugs are not known before.
func (l *List) apart(all []Feed) {
	taken := map[string]bool{}
	for _, path := range Paths(l.config.Feeds) {
		taken[path] = true
	}
	for _, path := range l.config.Others {
		taken[path] = true
	}
	for i, f := range all {
		if f.Value == "" {
			continue
		}
		for _, format := range l.Formats(f) {
			path := f.Paths[format.Kind]
			if _, child := sitemap.ChildName(l.config.Sitemap, path); taken[path] || child {
				all[i].Paths = maps.Clone(all[i].Paths)
				delete(all[i].Paths, format.Kind)
			}
			taken[path] = true
		}
	}
}

// Paths returns the config paths of the feeds that are no feeds of values.
func Paths(all []Feed) (paths []string) {
	for _, f := range all {
		if f.Each == "" {
			paths = slices.AppendSeq(paths, maps.Values(f.Paths))
		}
	}
	return paths
}

// values returns the feeds of the values that were seen of a feed that is one per value.
func (l *List) values(f Feed, known map[string]ledger.Feed, values Values) (all []Feed) {
	prefix := f.Part().Prefix()
	for _, v := range values[f.Each] {
		name := prefix + v.Value
		if _, seen := known[name]; !seen || v.Slug == "" {
			continue
		}
		one, made := l.made[name]
		if !made {
			one = f.of(v.Value, v.Slug, l.config.Placement.Language)
			l.made[name] = one
		}
		all = append(all, one)
	}
	return all
}

// ShownName returns the name of a feed for people.
func (f Feed) ShownName() string {
	if f.Value == "" {
		return f.Name
	}
	return strings.TrimSuffix(f.Name, f.Value)[:len(f.Name)-len(f.Value)-1] + ": " + f.Value
}

// Formats returns the formats that a feed has, in the order of publication.
func (l *List) Formats(f Feed) (formats []feeds.Format) {
	for _, format := range l.config.Formats {
		if f.Paths[format.Kind] != "" {
			formats = append(formats, format)
		}
	}
	return formats
}
