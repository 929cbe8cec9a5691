package main

import (
	"cmp"
	"strings"

	"herald/config"
	"herald/source"
	"herald/source/preset"
	"herald/source/reader"
)

// reading maps how the articles of a source are read.
func reading(c *config.Config, s config.Source, as *preset.Preset) reader.Reading {
	dates := make([]source.DateRule, len(s.Dates))
	for i, rule := range s.Dates {
		dates[i] = source.DateRule(rule)
	}
	required := s.FrontMatter == "required" || s.FrontMatter == "" && as.FrontMatterRequired
	return reader.Reading{
		Preset: as, Pattern: cmp.Or(s.Permalink, as.Permalink), Zone: c.Site.Timezone, Markup: source.Markup(s.Markup), Dates: dates,
		FrontMatterRequired: required,
		Defaults:            defaults(c, s.Defaults), Fields: s.Fields,
		Site: reader.Site{URL: c.Site.URL, Title: c.Site.Title},
	}
}

// defaults maps what the articles of a source have where they do not say otherwise.
func defaults(c *config.Config, d config.Defaults) reader.Defaults {
	out := reader.Defaults{
		Categories: d.Categories, Tags: d.Tags, Language: d.Language, Image: d.Image,
		Draft: d.Draft, NoIndex: d.NoIndex, NoSitemap: d.NoSitemap, NoFeed: d.NoFeed,
	}
	if strings.HasPrefix(d.Image, "/") {
		out.Image = strings.TrimSuffix(c.Site.URL, "/") + d.Image
	}
	for _, a := range d.Authors {
		out.Authors = append(out.Authors, source.Author(a))
	}
	return out
}
