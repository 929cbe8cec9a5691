// Package sitemap is the source kind that reads somebody's sitemap and the pages that it names: each is an article where it is one.
//
// What the sitemap lists is known at every Fetch; the pages are fetched politely, one after the other, within the time that a Fetch has. What was
// not fetched yet is left out of the listing and stays as it was, so that a crawl of many pages goes on where it ended: what was
// applied is known by its fingerprint.
package sitemap

import (
	"cmp"
	"context"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/remote"
)

// Config says what is read, and how.
type Config struct {
	URL     string         // of the sitemap, or of an index of sitemaps; http or https
	Reading reader.Reading // Path is set for each page
	Fetch   remote.Fetch   // of documents of up to MaxBytes
	Token   string         // our product token, which robots.txt names us by (RFC 9309 section 2.2.1): "herald"
	Spacing time.Duration  // the least time between two requests to one host; robots.txt may name a longer one

	Now  func() time.Time                                 // nil: time.Now
	Wait func(ctx context.Context, d time.Duration) error // nil: waits, and returns the cause where ctx ends first
}

// filled returns a Config with what is usual where nothing is set.
func (c Config) filled() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Wait == nil {
		c.Wait = wait
	}
	c.Token = cmp.Or(c.Token, "herald")
	c.Reading.Markup = source.HTML
	return c
}

func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}
