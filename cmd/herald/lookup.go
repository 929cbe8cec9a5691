package main

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/serve"
)

// maxDocument bounds what is read to be served; no document is larger (sitemaps.org).
const maxDocument = 64 << 20

// handler answers readers with exactly what has a receipt.
func (d *daemon) handler() http.Handler {
	base := ""
	if u, err := url.Parse(d.config.Site.URL); err == nil {
		base = u.Path
	}
	links := d.feedLinks()
	return serve.New(serve.Config{
		Lookup: d.lookup,
		Links:  func(path string) []string { return links[path] },
		Base:   base,
		Now:    d.app.now,
		Log:    d.app.log,
	})
}

func (d *daemon) lookup(ctx context.Context, path string) (serve.Document, bool, error) {
	var receipt ledger.Receipt
	found := false
	err := d.ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		receipt, found, err = tx.Receipt(path)
		return err
	})
	if err != nil || !found {
		return serve.Document{}, false, err
	}
	body, err := d.sink.Read(ctx, path, maxDocument)
	if errors.Is(err, fs.ErrNotExist) {
		return serve.Document{}, false, nil
	}
	if err != nil {
		return serve.Document{}, false, err
	}
	return serve.Document{Body: body, MediaType: receipt.MediaType, Modified: ledger.Time(receipt.Changed)}, true, nil
}

// feedLinks gives the Link headers of each feed's path and aliases: itself and its hubs, as the
// feed says inside (W3C WebSub section 4).
func (d *daemon) feedLinks() map[string][]string {
	links := map[string][]string{}
	if d.settings.Feed == nil {
		return links
	}
	site := d.settings.Site.URL
	for _, p := range []string{d.settings.Feed.RSS, d.settings.Feed.Atom, d.settings.Feed.JSON} {
		self, err := site.Join(p)
		if p == "" || err != nil {
			continue
		}
		values := []string{serve.Link(self, "self")}
		for _, hub := range d.settings.Notify.Hubs {
			values = append(values, serve.Link(hub, "hub"))
		}
		paths := []string{p}
		for alias, target := range d.settings.Aliases {
			if target == p {
				paths = append(paths, alias)
			}
		}
		for _, one := range paths {
			if file, err := site.FilePath(one); err == nil {
				links[file] = values
			}
		}
	}
	return links
}
