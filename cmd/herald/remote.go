package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"herald/cmd/internal/document"
	"herald/cmd/internal/httpclient"
	"herald/config"
	"herald/source"
	"herald/source/feed"
	"herald/source/preset"
)

// maxRequest is the longest that one request to a remote source may take.
const maxRequest = time.Minute

// openFeed makes a source of somebody's feed. Its host, and where it redirects to, is on the public internet unless the
// operator says otherwise.
func openFeed(c *config.Config, s config.Source, now func() time.Time) (source.Source, error) {
	allowed := func(string) bool { return s.Private }
	client := httpclient.New(allowed, min(maxRequest, cmp.Or(s.Timeout, maxRequest)))
	fetch := func(ctx context.Context, r feed.Request) (*feed.Answer, error) {
		a, err := document.Ask(ctx, client, document.Request{
			URL: r.URL, Agent: agentOf(c), Header: headersFor(r.URL, s), ETag: r.ETag, Modified: r.Modified, Limit: feed.MaxBytes,
		})
		if httpclient.IsRefused(err) {
			return nil, fmt.Errorf("%w; allow_private: true on the source would allow it", err)
		}
		if err != nil {
			return nil, err
		}
		return &feed.Answer{
			Status: a.Status, Body: a.Body, URL: a.URL, Type: a.Type, ETag: a.ETag, Modified: a.Modified, RetryAfter: a.RetryAfter,
		}, nil
	}
	return feed.New(feed.Config{
		URL: s.URL, Whole: s.Values["removal"] == "window", Reading: reading(c, s, &preset.Preset{}), Fetch: fetch, Now: now,
	}), nil
}

// headersFor returns the headers of a source for a URL that it asks for: none where that is on another host than its own.
func headersFor(url string, s config.Source) map[string]string {
	if document.SameHost(s.URL, url) {
		return s.Headers
	}
	return nil
}
