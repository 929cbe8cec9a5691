package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"

	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/serve"
)

// maxDocument bounds what is read to be served; no document is larger (sitemaps.org).
const maxDocument = 64 << 20

// serve answers readers until ctx ends.
func (p *pipeline) serve(ctx context.Context, l net.Listener) {
	if err := serve.Run(ctx, l, p.handler(), p.app.log); err != nil {
		p.app.log.Error("serving ended", "error", err)
	}
}

// handler answers readers with exactly what has a receipt.
func (p *pipeline) handler() http.Handler {
	base := ""
	if u, err := url.Parse(p.wiring.config.Site.URL); err == nil {
		base = u.Path
	}
	return serve.New(serve.Config{
		Lookup:  p.lookup,
		Edition: p.rooms.pipeline.Publications,
		Stamp:   p.stamp,
		Links:   p.feedLinks(),
		Home:    serve.Home{Title: p.wiring.config.Site.Title, Paths: p.entrances},
		Base:    base,
		Now:     p.app.now,
		Log:     p.app.log,
	})
}

func (p *pipeline) lookup(ctx context.Context, path string) (serve.Document, bool, error) {
	if opml := p.wiring.config.Documents["opml"]; path == ".well-known/feeds" && opml != "" {
		path, _ = p.wiring.site.FilePath(opml) // where it cannot stand, publishing says so
	}
	var receipt ledger.Receipt
	found := false
	err := p.ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		receipt, found, err = tx.Receipt(path)
		return err
	})
	if err != nil || !found {
		return serve.Document{}, false, err
	}
	body, err := p.sink.Read(ctx, path, maxDocument)
	if errors.Is(err, fs.ErrNotExist) {
		return serve.Document{}, false, nil
	}
	if err != nil {
		return serve.Document{}, false, err
	}
	return serve.Document{Body: body, MediaType: receipt.MediaType, Modified: ledger.Time(receipt.Changed)}, true, nil
}

// entrances returns the paths of the documents that readers ask for by name.
func (p *pipeline) entrances(ctx context.Context) (paths []string, err error) {
	err = p.ledger.Read(ctx, func(tx *ledger.Tx) error {
		paths, err = p.rooms.pipeline.Edition.Entrances(tx)
		return err
	})
	return paths, err
}

// stamp is a hint whether the file at a path is as it was.
func (p *pipeline) stamp(path string) string {
	info, err := p.sink.Stat(path)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint(info.Size, info.ModTime.UnixNano())
}

// feedLinks returns the Link headers of each feed's path and aliases: itself and its hubs, as the
// feed says inside (W3C WebSub section 4).
func (p *pipeline) feedLinks() func(path string) []string {
	self := feedlist.Topics(p.wiring.site, p.wiring.feeds, p.wiring.aliases())
	return func(path string) (values []string) {
		at := self(path)
		if at == "" {
			return nil
		}
		for _, hub := range webSubHubs(p.wiring.config.Notify) {
			values = append(values, serve.Link(hub, "hub"))
		}
		return append([]string{serve.Link(at, "self")}, values...)
	}
}
