package document

import (
	"context"
	"net/http"

	"herald/source/remote"
)

// Fetcher returns how a source asks for documents: as home says, which asks for the one that the operator names. Its headers go to that
// host alone, whatever other documents the source asks for.
func Fetcher(client *http.Client, home Request) remote.Fetch {
	return func(ctx context.Context, r remote.Request) (*remote.Answer, error) {
		q := Request{URL: r.URL, Agent: home.Agent, Accept: r.Accept, ETag: r.ETag, Modified: r.Modified, Limit: home.Limit}
		if SameHost(home.URL, r.URL) {
			q.Header = home.Header
		}
		a, err := Ask(ctx, client, q)
		if err != nil {
			return nil, err
		}
		return &remote.Answer{
			Status: a.Status, Body: a.Body, URL: a.URL, Moved: a.Moved, Type: a.Type, ETag: a.ETag, Modified: a.Modified,
			Header: a.Header, RetryAfter: a.RetryAfter, MaxAge: a.MaxAge,
		}, nil
	}
}
