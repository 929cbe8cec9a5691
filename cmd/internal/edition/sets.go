package edition

import (
	"herald/cmd/internal/edition/feedset"
	"herald/cmd/internal/feedlist"
)

// Sets returns all sets, in the order in which their documents are put. A new one is a line here.
func Sets(c *Config) []Set {
	return []Set{
		newFeedSet(c),
		&opmlSet{config: c, list: newList(c)},
		&keySet{config: c},
		&sitemapSet{config: c},
	}
}

func newFeedSet(c *Config) *feedset.Set {
	return feedset.New(feedset.Config{
		Ledger: c.Ledger, List: newList(c), Placement: c.Placement, Site: c.Site, Feeds: c.Feeds, Formats: c.Formats, Hubs: c.Hubs,
		Links: c.Links, Load: c.Load, Log: c.Log,
	})
}

// newList returns the list of the feeds of a config.
func newList(c *Config) *feedlist.List {
	return feedlist.New(feedlist.Config{
		Feeds: c.Feeds, Formats: c.Formats, Placement: c.Placement, Sitemap: c.Sitemap.Path, Others: c.others(), Log: c.Log,
	})
}
