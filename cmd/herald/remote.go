package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"herald/cmd/internal/document"
	"herald/cmd/internal/httpclient"
	"herald/config"
	"herald/source"
	"herald/source/feed"
	"herald/source/json"
	"herald/source/preset"
	"herald/source/remote"
)

// maxRequest is the longest that one request to a remote source may take.
const maxRequest = time.Minute

// openFeed makes a source of somebody's feed.
func openFeed(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	return feed.New(feed.Config{
		URL: s.URL, Hidden: slices.ContainsFunc(c.Settings, func(v config.Setting) bool { return v.Refers && v.Value == s.URL }),
		Whole: s.Values["removal"] == "window", Reading: reading(c, s, &preset.Preset{}), Fetch: fetcher(c, s, feed.MaxBytes), Now: now,
	}), nil
}

// openJSON makes a source of what a content system answers with.
func openJSON(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	return json.New(json.Config{
		URL: s.URL, Preset: s.Preset, Items: s.Values["items"], Next: s.Values["next"], Page: s.Values["next.page"], From: s.Values["next.from"],
		Full: s.Full.Next, Reading: reading(c, s, &preset.Preset{}), Fetch: fetcher(c, s, json.MaxBytes), Now: now,
	})
}

// fetcher returns how a source asks for documents of at most limit bytes. Its host, and where that redirects to or names other
// documents, is on the public internet unless the operator says otherwise.
func fetcher(c *config.Config, s config.Source, limit int64) remote.Fetch {
	client := httpclient.New(func(string) bool { return s.Private }, min(maxRequest, cmp.Or(s.Timeout, maxRequest)))
	fetch := document.Fetcher(client, document.Request{URL: s.URL, Agent: agentOf(c), Header: s.Headers, Limit: limit})
	return func(ctx context.Context, r remote.Request) (*remote.Answer, error) {
		a, err := fetch(ctx, r)
		if httpclient.IsRefused(err) {
			err = fmt.Errorf("%w; allow_private: true on the source would allow it", err)
		}
		return a, err
	}
}
