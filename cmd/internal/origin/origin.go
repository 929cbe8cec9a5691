// Package origin makes the Fetch through which source kinds ask servers: it dials only where that is allowed, at every hop, sends the
// operator's headers to one host alone, and bounds what comes back.
package origin

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"time"

	"herald/cmd/internal/document"
	"herald/cmd/internal/httpclient"
	"herald/source/remote"
)

// maxRequest is the longest that one request may take.
const maxRequest = time.Minute

// Config says how the server of a source is asked.
type Config struct {
	URL     string            // of the source; only to its host go the Headers
	Agent   string            // how we name ourselves
	Headers map[string]string // more headers, perhaps secret
	Private bool              // the host, and where it redirects to or names other documents, may be on a loopback or private address
	Timeout time.Duration     // of one request; 0, or more than a minute: a minute
	Limit   int64             // bytes of one document
}

// Fetch returns how documents are asked for. It is safe for concurrent use.
func Fetch(c Config) remote.Fetch {
	allowed := func(string) bool { return c.Private }
	client := httpclient.New(allowed, min(maxRequest, cmp.Or(c.Timeout, maxRequest)))
	return func(ctx context.Context, r remote.Request) (*remote.Answer, error) {
		a, err := document.Ask(ctx, client, document.Request{
			URL: r.URL, Agent: c.Agent, Accept: r.Accept, Header: c.headersFor(r), Raw: r.Raw, ETag: r.ETag, Modified: r.Modified,
			Limit: cmp.Or(r.First, c.Limit), First: r.First > 0, Here: r.Here,
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

// headersFor returns the headers of a request: its own and, where it goes to the source's own host, those of the source.
func (c Config) headersFor(r remote.Request) map[string]string {
	switch own := document.SameHost(c.URL, r.URL); {
	case !own || len(c.Headers) == 0:
		return r.Header
	case len(r.Header) == 0:
		return c.Headers
	}
	all := maps.Clone(c.Headers)
	maps.Copy(all, r.Header)
	return all
}
