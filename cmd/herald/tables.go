package main

import (
	"slices"

	"herald/cmd/internal/edition"
	"herald/config"
	"herald/feeds"
)

// tables is all that a line adds to the program.
type tables struct {
	sources []sourceKind
	targets []targetKind
	formats []feeds.Format                      // of feeds
	sets    func(*edition.Config) []edition.Set // of documents
}

// houseTables returns the tables of this program.
func houseTables() *tables {
	return &tables{sources: sourceKinds(), targets: targetKinds(), formats: feeds.Formats(), sets: edition.Sets}
}

// options tells the config what the tables hold.
func (t *tables) options() config.Options {
	o := config.Options{SourceKinds: keysByKind(t.sources)}
	for _, f := range t.formats {
		o.Documents = append(o.Documents, "feeds."+string(f.Kind))
	}
	for _, kind := range t.targets {
		o.Targets = append(o.Targets, kind.name)
	}
	return o
}

// feedsOf maps the feeds of the config.
func (t *tables) feedsOf(c *config.Config) []edition.Feed {
	var all []edition.Feed
	for _, f := range c.Feeds {
		feed := edition.Feed{
			Name: f.Name, Title: f.Title, Description: f.Description, Items: f.Items, Content: feeds.Content(f.Content), Paths: map[feeds.Kind]string{},
		}
		for _, format := range t.formats {
			if path := f.Paths[string(format.Kind)]; path != "" {
				feed.Paths[format.Kind] = path
			}
		}
		all = append(all, feed)
	}
	return all
}

// believed returns the paths of a feed in the order in which a lost ledger believes them, the last one most: RSS and
// JSON Feed hold ids verbatim.
func (t *tables) believed(f edition.Feed) (paths []string) {
	known := []feeds.Kind{feeds.Atom, feeds.JSON, feeds.RSS}
	for _, format := range t.formats {
		if path := f.Paths[format.Kind]; path != "" && !slices.Contains(known, format.Kind) {
			paths = append(paths, path)
		}
	}
	for _, kind := range known {
		if path := f.Paths[kind]; path != "" {
			paths = append(paths, path)
		}
	}
	return paths
}
