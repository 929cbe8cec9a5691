package edition

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
	"herald/source/feed"
)

// publicly gives where a URL of the site is checked.
func (e *Edition) publicly(url string) string {
	if e.Notify.VerifyBase == "" {
		return url
	}
	return strings.TrimSuffix(e.Notify.VerifyBase, "/") + strings.TrimPrefix(url, e.Site.URL.String())
}

// get fetches a public URL as it is, without following redirects, and at most limit bytes of it.
func (e *Edition) get(ctx context.Context, url string, limit int64) (status int, body []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, e.publicly(url), nil)
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("User-Agent", e.UserAgent)
	req.Header.Set("Cache-Control", "no-cache")
	client := *e.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err = io.ReadAll(io.LimitReader(res.Body, limit))
	return res.StatusCode, body, err
}

// documentLive reports why the public does not see a document as its receipt has it: by its
// bytes, else, where something rewrites feeds on their way, by its ids and times.
func (e *Edition) documentLive(ctx context.Context, url string) error {
	receipt, err := e.receiptOf(ctx, url)
	if err != nil {
		return err
	}
	status, body, err := e.get(ctx, url, receipt.Size+readLimit)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("%s answers %d", url, status)
	}
	if sha256.Sum256(body) == receipt.Body {
		return nil
	}
	own, err := e.Sink.Read(ctx, receipt.Path, receipt.Size)
	if err != nil {
		return err
	}
	want, err := feed.Parse(own)
	if err != nil {
		return err
	}
	got, err := feed.Parse(body)
	if err != nil || !slices.EqualFunc(got.Items, want.Items, sameItem) {
		return fmt.Errorf("%s still shows other bytes than we published", url)
	}
	return nil
}

func sameItem(a, b feed.Item) bool {
	return a.ID == b.ID && a.Updated.Equal(b.Updated) && a.Published.Equal(b.Published)
}

func (e *Edition) receiptOf(ctx context.Context, url string) (r ledger.Receipt, err error) {
	local := strings.TrimPrefix(url, e.Site.URL.String())
	path, err := e.Site.URL.FilePath(local)
	if err != nil {
		return r, err
	}
	err = e.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		var found bool
		if r, found, err = tx.Receipt(path); err == nil && !found {
			err = fmt.Errorf("%s is not published", url)
		}
		return err
	})
	return r, err
}

// verify gives the notices whose change the public already shows; the others wait.
func (d *delivery) verify(ctx context.Context, notices []*ledger.Notice) ([]*ledger.Notice, error) {
	if !d.Notify.Verify {
		return notices, nil
	}
	var ready []*ledger.Notice
	for _, n := range notices {
		err := d.live(d.requests, n)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil:
			ready = append(ready, n)
			continue
		}
		if err := d.settle(ctx, []*ledger.Notice{n}, notify.Answer{Detail: "not told yet: " + err.Error()}); err != nil {
			return nil, err
		}
	}
	return ready, nil
}

// live reports why the public does not show a notice's change yet; nil: it does.
func (d *delivery) live(ctx context.Context, n *ledger.Notice) error {
	if n.Channel == ledger.ChannelTopic {
		return d.documentLive(ctx, n.URL)
	}
	if d.Feed != nil {
		d.site.Do(func() { d.siteErr = d.siteLive(ctx) })
	}
	if d.siteErr != nil {
		return d.siteErr
	}
	status, _, err := d.get(ctx, n.URL, 0)
	switch {
	case err != nil:
		return err
	case n.Removed && (status == 404 || status == 410 || status/100 == 3), !n.Removed && status == 200:
		return nil
	}
	return fmt.Errorf("%s answers %d", n.URL, status)
}

// siteLive reports why the public does not see the default feed, or the key that a search engine
// will look for, as we published them.
func (d *delivery) siteLive(ctx context.Context) error {
	url, err := d.Site.URL.Join(first(d.Feed.RSS, d.Feed.Atom, d.Feed.JSON))
	if err == nil {
		err = d.documentLive(ctx, url)
	}
	if err != nil {
		return err
	}
	key, err := d.key(ctx)
	if err != nil {
		return err
	}
	if url, err = d.Site.URL.Join("/" + key + ".txt"); err != nil {
		return err
	}
	status, body, err := d.get(ctx, url, 256)
	if err == nil && (status != http.StatusOK || strings.TrimSpace(string(body)) != key) {
		err = fmt.Errorf("the IndexNow key file %s answers %d and not with the key", url, status)
	}
	return err
}
