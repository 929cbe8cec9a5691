package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"herald/cmd/internal/document"
	"herald/cmd/internal/httpclient"
	"herald/config"
	"herald/config/schedule"
	"herald/source"
	"herald/source/feed"
	"herald/source/preset"
	"herald/source/remote"
	"herald/source/sitemap"
)

// maxRequest is the longest that one request to a remote source may take.
const maxRequest = time.Minute

// openFeed makes a source of somebody's feed.
func openFeed(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	return feed.New(feed.Config{
		URL: s.URL, Whole: s.Values["removal"] == "window", Reading: reading(c, s, &preset.Preset{}), Fetch: fetcher(c, s, feed.MaxBytes), Now: now,
	}), nil
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

// fetcher returns how a source asks for documents of at most limit bytes. Its host, and where that redirects to or names other
// documents, is on the public internet unless the operator says otherwise.
func fetcher(c *config.Config, s config.Source, limit int64) remote.Fetch {
	allowed := func(string) bool { return s.Private }
	client := httpclient.New(allowed, min(maxRequest, cmp.Or(s.Timeout, maxRequest)))
	return func(ctx context.Context, r remote.Request) (*remote.Answer, error) {
		a, err := document.Ask(ctx, client, document.Request{
			URL: r.URL, Agent: agentOf(c), Accept: r.Accept, Header: headersFor(r.URL, s), ETag: r.ETag, Modified: r.Modified,
			Limit: cmp.Or(r.First, limit), First: r.First > 0, Here: r.Here,
		})
		if httpclient.IsRefused(err) {
			return nil, fmt.Errorf("%w; allow_private: true on the source would allow it", err)
		}
		if err != nil {
			return nil, err
		}
		return &remote.Answer{
			Status: a.Status, Body: a.Body, URL: a.URL, Moved: a.Moved, Type: a.Type, ETag: a.ETag, Modified: a.Modified,
			Header: a.Header, RetryAfter: a.RetryAfter, MaxAge: a.MaxAge,
		}, nil
	}
}

// headersFor returns the headers of a source for a URL that it asks for: none where that is on another host than its own.
func headersFor(url string, s config.Source) map[string]string {
	if document.SameHost(s.URL, url) {
		return s.Headers
	}
	return nil
}
