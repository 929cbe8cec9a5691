package main

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/httpclient"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/live"
	"herald/cmd/internal/notify"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/publish"
	"herald/cmd/internal/recovery"
	"herald/cmd/internal/status"
	"herald/source"
)

// rooms are the rooms over one ledger and one sink.
type rooms struct {
	pipeline *engine.Pipeline
	status   *status.Reporter
}

// openRooms returns each room its part of the config.
func (w *wiring) openRooms(l *ledger.Ledger, sink publish.Sink, a *app) rooms {
	place := w.placement()
	box := w.outbox(l, sink, a)
	publishing := w.edition(l, sink, a.now)
	publishing.Outbox, publishing.Placement, publishing.Log = box, place, a.log
	in := intake.New(intake.Config{
		Ledger: l, Sources: w.intakeSources(), Guard: guardConfig(w.config.Guard), Placement: place,
		Reserved: edition.Reserved(publishing), Now: a.now, Log: a.log,
	})
	publishing.Load = in.Load
	ed := edition.New(publishing)
	adoption := adopt.New(adopt.Config{Ledger: l, Sink: sink, Placement: place, Feeds: w.feedPaths(), Load: in.Load, Now: a.now})
	return rooms{
		pipeline: &engine.Pipeline{Recovery: w.recovery(l, sink, a), Intake: in, Edition: ed, Outbox: box, Live: w.asker(l, a), Adoption: adoption},
		status: status.New(status.Config{
			Ledger: l, Sources: w.intakeSources(), Edition: ed, Placement: place, Links: publishing.Links, Aliases: publishing.Aliases,
			Dir: w.config.Dir, To: w.config.Publish.To.Abs, Reads: w.reads(), Now: a.now, Moment: a.moment(),
		}),
	}
}

// reads returns what the sources read, as the config says.
func (w *wiring) reads() (all []string) {
	for _, s := range w.config.Sources {
		all = append(all, cmp.Or(s.Path.Written, s.Bucket, s.URL))
	}
	return all
}

// asker asks for the URLs that articles wait for; nil where no source lets them wait.
func (w *wiring) asker(l *ledger.Ledger, a *app) *live.Asker {
	if !slices.ContainsFunc(w.sources, func(s wiredSource) bool { return s.intake.Live }) {
		return nil
	}
	return live.New(live.Config{
		Ledger: l, Client: w.noticeClient(), Site: w.site, Base: w.config.Notify.Verify.Base, UserAgent: agentOf(w.config), Now: a.now,
	})
}

func (w *wiring) placement() placement.Config {
	c := w.config
	p := placement.Config{
		Site: w.site, Zone: c.Site.Timezone, ZoneSet: c.Site.TimezoneSet, URLsPerFile: c.Sitemap.URLsPerFile, BytesPerFile: c.Sitemap.BytesPerFile,
		Language: c.Site.Language,
	}
	for _, f := range w.feeds {
		p.Feeds = append(p.Feeds, placement.Feed{Name: f.Name, Where: f.Where, Each: f.Each, Items: f.Items, Keep: f.Keep})
	}
	return p
}

func (w *wiring) intakeSources() []intake.Source {
	all := make([]intake.Source, len(w.sources))
	for i, s := range w.sources {
		all[i] = s.intake
	}
	return all
}

func (w *wiring) recovery(l *ledger.Ledger, sink publish.Sink, a *app) *recovery.Recovery {
	c := recovery.Config{Ledger: l, Sink: sink, Placement: w.placement(), Sitemap: w.config.Sitemap.Path, Now: a.now, Log: a.log}
	for _, s := range w.sources {
		c.Sources = append(c.Sources, s.name())
	}
	for _, f := range w.feeds {
		c.Feeds = append(c.Feeds, recovery.Feed{Name: f.Name, Paths: w.tables.believed(f), Each: f.Each, Title: f.Title})
	}
	return recovery.New(c)
}

func (w *wiring) outbox(l *ledger.Ledger, sink publish.Sink, a *app) *outbox.Outbox {
	n, client := w.config.Notify, w.noticeClient()
	c := outbox.Config{
		Ledger: l, Sink: sink, Site: w.site, Targets: w.targets(l, client, a.now), Delay: n.Delay, MinInterval: n.MinInterval,
		Verify: !n.Verify.Off, VerifyBase: n.Verify.Base, DryRun: n.DryRun, Now: a.now, Client: client, UserAgent: agentOf(w.config),
	}
	for _, f := range w.feeds {
		for _, format := range w.tables.formats {
			if path := f.Paths[format.Kind]; path != "" && f.Each == "" && c.VerifyFeed == "" {
				c.VerifyFeed, _ = w.site.Join(path) // where it cannot stand, publishing says so
			}
		}
	}
	return outbox.New(c)
}

func (w *wiring) edition(l *ledger.Ledger, sink publish.Sink, now func() time.Time) edition.Config {
	c := w.config
	out := edition.Config{
		Ledger: l, Sink: sink, Placement: w.placement(), Feeds: w.feeds, Formats: w.tables.formats, Sets: w.tables.sets,
		Documents: c.Documents, Aliases: w.aliases(), Now: now, Links: w.links(), Hubs: webSubHubs(c.Notify),
		Site: edition.Site{
			Title: c.Site.Title, Description: c.Site.Description, Language: c.Site.Language, Author: source.Author(c.Site.Author),
			Image: c.Site.Image, Copyright: c.Site.Copyright,
		},
		Sitemap:  edition.Sitemap{Path: c.Sitemap.Path, Images: c.Sitemap.Images, Pages: c.Sitemap.Pages},
		IndexNow: edition.IndexNow{On: len(indexNowEndpoints(c.Notify)) > 0, Key: c.Notify.IndexNow.Key},
	}
	if w.dry {
		out.IndexNow.NewKey = func() (string, error) { return keyToCome, nil }
	}
	if !c.Robots.Off {
		out.Robots = &edition.Robots{Extra: c.Robots.Extra}
	}
	return out
}

// keyToCome stands in a plan for the IndexNow key that the build will make: nobody knows it yet.
const keyToCome = "a-key-that-build-makes"

// aliases returns the documents by the old paths that they have, too.
func (w *wiring) aliases() map[string]string {
	all := map[string]string{}
	for _, a := range w.config.Aliases {
		all[a.Path] = a.Target
	}
	return all
}

// targets opens everybody who is told.
func (w *wiring) targets(l *ledger.Ledger, client *http.Client, now func() time.Time) []notify.Target {
	with := targetParts{
		config: w.config.Notify, site: w.site, client: client, userAgent: agentOf(w.config), now: now,
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
	return all
}

// sending says how changes are told, for reports.
func (w *wiring) sending() engine.Sending {
	n := w.config.Notify
	return engine.Sending{Delay: n.Delay, Verify: !n.Verify.Off, DryRun: n.DryRun}
}

// noticeClient reaches whom the operator names, wherever that is, and else only the public
// internet. The site itself is asked, too, before anybody is told (verify).
func (w *wiring) noticeClient() *http.Client {
	c := w.config
	named := []string{c.Site.URL, c.Notify.Verify.Base}
	for _, kind := range w.tables.targets {
		named = append(named, kind.urls(c.Notify)...)
	}
	return httpclient.New(httpclient.Named(named...), 0)
}

// indexNowKey reads the site's IndexNow key.
func indexNowKey(ctx context.Context, l *ledger.Ledger) (key string, err error) {
	err = l.Read(ctx, func(tx *ledger.Tx) error {
		key, err = tx.Meta(ledger.MetaIndexNowKey)
		return err
	})
	return key, err
}
