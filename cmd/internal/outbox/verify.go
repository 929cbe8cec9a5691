package outbox

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/notify"
	"herald/cmd/internal/publish"
	"herald/source/feed"
	"herald/source/safehtml"
	"herald/source/text"
)

// How the public site is looked at.
const (
	lookAtOnce = 8                // pages at a time
	lookAtMost = 10 * time.Second // before what was seen so far is told
)

// verify returns the notices whose change the public already shows. The others wait; what could not be looked at in time
// stays due.
func (d *delivery) verify(ctx context.Context, target notify.Target, notices []*notice.Notice) ([]*notice.Notice, error) {
	if !d.outbox.config.Verify {
		return notices, nil
	}
	look, cancel := context.WithTimeout(d.requests, d.lookFor())
	defer cancel()
	site := sync.OnceValue(func() error { return d.siteLive(look, target) })
	faults := make([]error, len(notices))
	var group errgroup.Group
	group.SetLimit(lookAtOnce)
	for i, n := range notices {
		group.Go(func() error {
			if look.Err() == nil {
				faults[i] = d.live(look, target, n, site)
			}
			if look.Err() != nil {
				faults[i] = look.Err()
			}
			return nil
		})
	}
	_ = group.Wait()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var ready []*notice.Notice
	waiting := map[string][]*notice.Notice{} // by what is wrong
	for i, n := range notices {
		switch err := faults[i]; {
		case err == nil:
			ready = append(ready, n)
		case !errors.Is(err, context.DeadlineExceeded) || look.Err() == nil:
			waiting[err.Error()] = append(waiting[err.Error()], n)
		}
	}
	for _, why := range slices.Sorted(maps.Keys(waiting)) {
		if err := d.record(ctx, nil, waiting[why], notify.Answer{Detail: "not told yet: " + why}); err != nil {
			return nil, err
		}
	}
	return ready, nil
}

// lookFor is how long the site is looked at: half of the time that there is for requests at most.
func (d *delivery) lookFor() time.Duration {
	if d.within > 0 {
		return min(d.within/2, lookAtMost)
	}
	return lookAtMost
}

// live returns why the public does not show a notice's change yet; nil: it does. site is what siteLive returns.
func (d *delivery) live(ctx context.Context, target notify.Target, n *notice.Notice, site func() error) error {
	if target.Channel() == notify.Topics {
		return d.outbox.documentLive(ctx, n.URL)
	}
	if err := site(); err != nil {
		return err
	}
	status, err := d.pageStatus(ctx, n.URL)
	switch {
	case err != nil:
		return err
	case n.Removed && (status == 404 || status == 410 || status/100 == 3), !n.Removed && status == 200:
		return nil
	}
	return fmt.Errorf("%s answers %d", n.URL, status)
}

// pageStatus returns what a page answers; several targets ask for each page once.
func (d *delivery) pageStatus(ctx context.Context, url string) (int, error) {
	ask, _ := d.pages.LoadOrStore(url, sync.OnceValues(func() (int, error) {
		status, _, err := d.outbox.get(ctx, url, 0)
		return status, err
	}))
	return ask.(func() (int, error))()
}

// siteLive returns why the public does not see the feed that stands for the site as we published it, or why the
// target would not believe the site; nil: neither.
func (d *delivery) siteLive(ctx context.Context, target notify.Target) error {
	if feed := d.outbox.config.VerifyFeed; feed != "" {
		d.feedOnce.Do(func() { d.feedErr = d.outbox.documentLive(ctx, feed) })
	}
	if d.feedErr != nil {
		return d.feedErr
	}
	return target.Ready(ctx, d.outbox.get)
}

// publicly returns where a URL of the site is checked.
func (o *Outbox) publicly(url string) string {
	if o.config.VerifyBase == "" {
		return url
	}
	return strings.TrimSuffix(o.config.VerifyBase, "/") + strings.TrimPrefix(url, o.config.Site.String())
}

// get fetches a public URL as it is, without following redirects, and at most limit bytes of it.
func (o *Outbox) get(ctx context.Context, url string, limit int64) (status int, body []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.publicly(url), nil)
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("User-Agent", o.config.UserAgent)
	req.Header.Set("Cache-Control", "no-cache")
	client := *o.config.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err = io.ReadAll(io.LimitReader(res.Body, limit))
	return res.StatusCode, body, err
}

// documentLive returns why the public does not see a document as its receipt has it: by its
// bytes, else, where something rewrites feeds on their way, by the ids, times and words of its items.
func (o *Outbox) documentLive(ctx context.Context, url string) error {
	receipt, err := o.receiptOf(ctx, url)
	if err != nil {
		return err
	}
	status, body, err := o.get(ctx, url, receipt.Size+publish.MaxDocument)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("%s answers %d", url, status)
	}
	if sha256.Sum256(body) == receipt.Body {
		return nil
	}
	own, err := o.config.Sink.Read(ctx, receipt.Path, receipt.Size)
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

// sameItem reports whether readers see the same of two items: RSS has no time of a change, so the words count.
func sameItem(a, b feed.Item) bool {
	return a.ID == b.ID && a.Updated.Equal(b.Updated) && a.Published.Equal(b.Published) && words(a.Title) == words(b.Title) &&
		words(a.Summary) == words(b.Summary) && words(a.Content) == words(b.Content)
}

func words(html string) string { return text.Collapse(safehtml.PlainText(html)) }

// receiptOf returns the receipt of the document at a URL.
func (o *Outbox) receiptOf(ctx context.Context, url string) (r ledger.Receipt, err error) {
	local := strings.TrimPrefix(url, o.config.Site.String())
	path, err := o.config.Site.FilePath(local)
	if err != nil {
		return r, err
	}
	err = o.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		var found bool
		if r, found, err = tx.Receipt(path); err == nil && !found {
			err = fmt.Errorf("%s is not published", url)
		}
		return err
	})
	return r, err
}
