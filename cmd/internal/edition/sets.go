package edition

// Sets returns all sets, in the order in which their documents are put. A new one is a line here.
func Sets(c *Config) []Set {
	return []Set{
		newFeedSet(c),
		&opmlSet{config: c, list: newList(c)},
		&keySet{config: c},
		&sitemapSet{config: c},
	}
}
