package notify

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"herald/source/weburl"
)

// Channel says what a target is told of.
type Channel string

// The channels. Their values stand in the ledger.
const (
	URLs   Channel = "url"   // pages that are new, changed or removed (IndexNow, webhooks)
	Topics Channel = "topic" // feeds whose documents changed (WebSub hubs)
)

// Change is one thing that a target must hear of.
type Change struct {
	URL     string // of a page or, on the channel Topics, of a feed
	Removed bool   // the page is no longer public
}

// Fetch gets a public URL of the site as its readers would, without following redirects, and at most limit
// bytes of it.
type Fetch func(ctx context.Context, url string, limit int64) (status int, body []byte, err error)

// Target is somebody who is told of changes. Implementations may be used from several goroutines at once; they
// remember nothing and retry nothing.
type Target interface {
	// Name identifies the target in the ledger and on screens, for ever: the address that it is told at.
	Name() string
	// Channel says what it is told of.
	Channel() Channel
	// Batch is how many changes one request may hold.
	Batch() int
	// Ready returns why the target would not believe the site yet, after a look at what it would look at; nil: it
	// would.
	Ready(ctx context.Context, fetch Fetch) error
	// Send makes one request of one to Batch changes. An error means that nothing was asked, for a fault of ours
	// (the Answer is Refused) or the end of ctx (the Answer is Retry). All else is an Answer without error.
	Send(ctx context.Context, changes []Change) (Answer, error)
}

// Endpoint is an endpoint of IndexNow as a Target.
type Endpoint struct {
	Client IndexNow // without Key and KeyLocation; Host is the site's
	Site   *weburl.Site
	Key    func(ctx context.Context) (string, error) // the site's key
}

var _ Target = (*Endpoint)(nil)

// Name returns the endpoint's URL.
func (e *Endpoint) Name() string { return e.Client.Endpoint }

// Channel is URLs.
func (e *Endpoint) Channel() Channel { return URLs }

// Batch is the protocol's limit.
func (e *Endpoint) Batch() int { return MaxURLs }

// Ready reports whether the public sees the file that proves the key.
func (e *Endpoint) Ready(ctx context.Context, fetch Fetch) error {
	key, location, err := e.key(ctx)
	if err != nil {
		return err
	}
	status, body, err := fetch(ctx, location, 256)
	if err == nil && (status != http.StatusOK || strings.TrimSpace(string(body)) != key) {
		err = fmt.Errorf("the IndexNow key file %s answers %d and not with the key", location, status)
	}
	return err
}

// Send submits the URLs of changes.
func (e *Endpoint) Send(ctx context.Context, changes []Change) (Answer, error) {
	key, location, err := e.key(ctx)
	if err != nil {
		return Answer{}, err
	}
	client := e.Client
	client.Host, client.Key, client.KeyLocation = e.Site.Host(), key, location
	return client.Submit(ctx, urlsOf(changes))
}

// key returns the site's key and where its file lies.
func (e *Endpoint) key(ctx context.Context) (key, location string, err error) {
	if key, err = e.Key(ctx); err == nil {
		location, err = e.Site.Join("/" + key + ".txt")
	}
	return key, location, err
}

func urlsOf(changes []Change) []string {
	urls := make([]string, len(changes))
	for i, c := range changes {
		urls[i] = c.URL
	}
	return urls
}

var _ Target = (*WebSub)(nil)

// Name returns the hub's URL.
func (w *WebSub) Name() string { return w.Hub }

// Channel is Topics.
func (w *WebSub) Channel() Channel { return Topics }

// Batch is 1: of several hub.url in one request many hubs take the last.
func (w *WebSub) Batch() int { return 1 }

// Ready returns nil: a hub looks at the feed only.
func (w *WebSub) Ready(context.Context, Fetch) error { return nil }

// Send tells the hub of the topics of changes.
func (w *WebSub) Send(ctx context.Context, changes []Change) (Answer, error) {
	return w.Publish(ctx, urlsOf(changes))
}
