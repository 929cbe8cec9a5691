package main

import (
	"context"
	"net/http"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
	"herald/config"
	"herald/source/weburl"
)

// targetKind is one line of the table of notification targets.
type targetKind struct {
	name  string // the key below notify in herald.yaml
	label string // before each URL where reports name who is told
	// urls returns who is told by what notify says in herald.yaml; none: the kind is off.
	urls func(n config.Notify) []string
	// open makes the target at one of those URLs.
	open func(url string, with targetParts) notify.Target
}

// targetParts is what a target may need.
type targetParts struct {
	config    config.Notify
	site      *weburl.Site
	client    *http.Client
	userAgent string
	now       func() time.Time
	key       func(context.Context) (string, error) // the site's IndexNow key
}

// targetKinds is the table of the kinds of notification target.
func targetKinds() []targetKind {
	return []targetKind{
		{"indexnow", "IndexNow", indexNowEndpoints, openIndexNow},
		{"websub", "hub", webSubHubs, openHub},
	}
}

func indexNowEndpoints(n config.Notify) []string {
	if !n.IndexNow.On {
		return nil
	}
	return n.IndexNow.Endpoints
}

func openIndexNow(url string, with targetParts) notify.Target {
	return &notify.Endpoint{
		Client: notify.IndexNow{Client: with.client, Endpoint: url, Agent: with.userAgent, Now: with.now}, Site: with.site, Key: with.key,
	}
}

func webSubHubs(n config.Notify) []string { return n.WebSub.Hubs }

func openHub(url string, with targetParts) notify.Target {
	return &notify.WebSub{Client: with.client, Hub: url, Agent: with.userAgent, Now: with.now}
}

// targets opens everybody who is told.
func (w *wiring) targets(l *ledger.Ledger, client *http.Client, now func() time.Time) []notify.Target {
	with := targetParts{
		config: w.config.Notify, site: w.site, client: client, userAgent: w.userAgent(), now: now,
		key: func(ctx context.Context) (string, error) { return indexNowKey(ctx, l) },
	}
	var all []notify.Target
	for _, kind := range w.tables.targets {
		for _, url := range kind.urls(w.config.Notify) {
			all = append(all, kind.open(url, with))
		}
	}
	return all
}

// toldBy names who hears of changes, for reports.
func (w *wiring) toldBy() []string {
	all := []string{}
	n := w.config.Notify
	for _, kind := range w.tables.targets {
		for _, url := range kind.urls(n) {
			all = append(all, kind.label+" "+url)
		}
	}
	if n.DryRun && len(all) > 0 {
		all = append(all, "(dry_run: nothing is sent)")
	}
	return all
}

// noticeClient reaches whom the operator names, wherever that is, and else only the public
// internet. The site itself is asked, too, before anybody is told (verify).
func (w *wiring) noticeClient() *http.Client {
	c := w.config
	named := []string{c.Site.URL, c.Notify.Verify.Base}
	for _, kind := range w.tables.targets {
		named = append(named, kind.urls(c.Notify)...)
	}
	return newHTTPClient(namedAddresses(named...), 0)
}

// indexNowKey reads the site's IndexNow key.
func indexNowKey(ctx context.Context, l *ledger.Ledger) (key string, err error) {
	err = l.Read(ctx, func(tx *ledger.Tx) error {
		key, err = tx.Meta(ledger.MetaIndexNowKey)
		return err
	})
	return key, err
}
