package main

import (
	"slices"
	"time"

	"herald/cmd/internal/origin"
	"herald/config"
	"herald/config/schedule"
	"herald/source"
	"herald/source/feed"
	"herald/source/json"
	"herald/source/preset"
	"herald/source/remote"
	"herald/source/sitemap"
)

// openFeed makes a source of somebody's feed.
func openFeed(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	return feed.New(feed.Config{
		URL: s.URL, Hidden: slices.ContainsFunc(c.Settings, func(v config.Setting) bool { return v.Refers && v.Value == s.URL }),
		Whole: s.Values["removal"] == "window", Reading: reading(c, s, &preset.Preset{}), Fetch: fetcher(c, s, feed.MaxBytes), Now: now,
	}), nil
}

// openJSON makes a source of what a content system answers with.
func openJSON(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	as := reading(c, s, &preset.Preset{})
	as.Media = s.Values["media"]
	return json.New(json.Config{
		URL: s.URL, Preset: s.Preset, Items: s.Values["items"], Next: s.Values["next"], Page: s.Values["next.page"], From: s.Values["next.from"],
		Full: s.Full.Next, Reading: as, Fetch: fetcher(c, s, json.MaxBytes), Now: now,
	})
}

// openSitemap makes a source of the pages of somebody's sitemap.
func openSitemap(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	spacing := 200 * time.Millisecond
	if text := s.Values["spacing"]; text != "" {
		spacing, _ = schedule.ParseDuration(text) // it is one: the config looked
	}
	return sitemap.New(sitemap.Config{
		URL: s.URL, Reading: reading(c, s, &preset.Preset{}), Fetch: fetcher(c, s, sitemap.MaxBytes), Token: product, Spacing: spacing, Now: now,
	}), nil
}

// fetcher returns how a source asks for documents of at most limit bytes.
func fetcher(c *config.Config, s config.Source, limit int64) remote.Fetch {
	return origin.Fetch(origin.Config{URL: s.URL, Agent: agentOf(c), Headers: s.Headers, Private: s.Private, Timeout: s.Timeout, Limit: limit})
}
