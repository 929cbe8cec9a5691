package main

import (
	"maps"
	"slices"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/config"
	"herald/feeds"
	"herald/source"
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
			Name: f.Name, Title: f.Title, Description: f.Description, Items: f.Items, Content: feeds.Content(f.Content), Bytes: int(f.Bytes), Paths: map[feeds.Kind]string{},
			Each: ledger.TermKind(f.Each), Keep: f.Keep, Archive: f.Archive, Deleted: f.Deleted, Podcast: podcastOf(f.Podcast),
			Where: ledger.Where{Terms: termsOf(f.Where, c.Site.Language), Not: termsOf(f.Not, c.Site.Language)},
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

// podcastOf maps what podcast directories ask of a feed.
func podcastOf(p *config.Podcast) *feedlist.Podcast {
	if p == nil {
		return nil
	}
	return &feedlist.Podcast{Category: p.Category, Explicit: p.Explicit, Owner: source.Author(p.Owner), Image: p.Image}
}

// termsOf maps what articles are picked by. An article that names no language is in the site's.
func termsOf(t config.Terms, site string) ledger.Terms {
	languages := t.Languages
	if site != "" && slices.Contains(languages, site) {
		languages = append(slices.Clone(languages), "")
	}
	all := ledger.Terms{
		ledger.ByCategory: t.Categories, ledger.ByTag: t.Tags, ledger.ByAuthor: t.Authors, ledger.ByLanguage: languages, ledger.BySource: t.Sources,
	}
	maps.DeleteFunc(all, func(_ ledger.TermKind, values []string) bool { return len(values) == 0 })
	return all
}

// believed returns the paths of a feed in the order in which a lost ledger believes them, the last one most: the one that
// is put first is the newer one where a publication was cut off.
func (t *tables) believed(f edition.Feed) (paths []string) {
	for _, format := range slices.Backward(t.formats) {
		if path := f.Paths[format.Kind]; path != "" {
			paths = append(paths, path)
		}
	}
	return paths
}
