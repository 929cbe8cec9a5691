package engine_test

import (
	"context"
	"net/http"
	"time"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/guard"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/cmd/internal/notify"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/publish"
	"herald/cmd/internal/recovery"
	"herald/cmd/internal/status"
	"herald/feeds"
	"herald/source"
	"herald/source/weburl"
)

// settings is what the tests say of a publication, in one piece; newRooms gives each room its part.
type settings struct {
	Site    siteSettings
	Sources []intake.Source
	Feed    *feedSettings  // the feed main; nil: none
	Feeds   []edition.Feed // more feeds, behind main
	Sitemap sitemapSettings
	Robots  *edition.Robots
	Aliases map[string]string
	Guard   *guard.Limits
	Notify  notifySettings
	Targets []notify.Target // who is told beside those of Notify
}

type siteSettings struct {
	URL             *weburl.Site
	Title, Language string
	Zone            *time.Location
	ZoneSet         bool
}

type feedSettings struct {
	RSS, Atom, JSON string
	Items           int
	Content         feeds.Content
}

type sitemapSettings struct {
	Path         string
	URLsPerFile  int
	BytesPerFile int64
	Images       bool
	Pages        []string
}

type notifySettings struct {
	Delay, MinInterval time.Duration
	Verify             bool
	VerifyBase         string
	DryRun             bool
	IndexNow           []string // endpoints
	IndexNowKey        string
	Hubs               []string
}

// feeds are main, where there is one, and the others.
func (s settings) feeds() []edition.Feed {
	if s.Feed == nil {
		return s.Feeds
	}
	return append([]edition.Feed{{
		Name: "main", Items: s.Feed.Items, Content: s.Feed.Content,
		Paths: map[feeds.Kind]string{feeds.RSS: s.Feed.RSS, feeds.Atom: s.Feed.Atom, feeds.JSON: s.Feed.JSON},
	}}, s.Feeds...)
}

// options joins the settings with what the rooms work on.
type options struct {
	Settings  settings
	Ledger    *ledger.Ledger
	Sink      publish.Sink
	Now       func() time.Time
	Client    *http.Client
	UserAgent string
}

// rooms is all of them over one ledger.
type rooms struct {
	*engine.Pipeline
	*status.Reporter
	ledger *ledger.Ledger
}

// Approve marks a hold as released.
func (r *rooms) Approve(ctx context.Context, id int64) ([]hold.Hold, error) {
	w := hold.Wanted{}
	if id != 0 {
		w.IDs = []int64{id}
	}
	return hold.Approve(ctx, r.ledger, w)
}

func newRooms(o options) *rooms {
	s := o.Settings
	place := placement.Config{
		Site: s.Site.URL, Zone: s.Site.Zone, ZoneSet: s.Site.ZoneSet, URLsPerFile: s.Sitemap.URLsPerFile, BytesPerFile: s.Sitemap.BytesPerFile,
		Language: s.Site.Language,
	}
	for _, f := range s.feeds() {
		place.Feeds = append(place.Feeds, f.Part())
	}
	box := outbox.Config{
		Ledger: o.Ledger, Sink: o.Sink, Site: s.Site.URL, Targets: targets(o), Delay: s.Notify.Delay, MinInterval: s.Notify.MinInterval,
		Verify: s.Notify.Verify, VerifyBase: s.Notify.VerifyBase, DryRun: s.Notify.DryRun, Now: o.Now, Client: o.Client, UserAgent: o.UserAgent,
	}
	ed := edition.Config{
		Ledger: o.Ledger, Sink: o.Sink, Placement: place, Site: edition.Site{Title: s.Site.Title, Language: s.Site.Language}, Feeds: s.feeds(),
		Sitemap: edition.Sitemap{Path: s.Sitemap.Path, Images: s.Sitemap.Images, Pages: s.Sitemap.Pages}, Robots: s.Robots, Aliases: s.Aliases,
		IndexNow: edition.IndexNow{On: len(s.Notify.IndexNow) > 0, Key: s.Notify.IndexNowKey}, Hubs: s.Notify.Hubs, Now: o.Now,
	}
	rec := recovery.Config{Ledger: o.Ledger, Sink: o.Sink, Placement: place, Sitemap: s.Sitemap.Path, Now: o.Now}
	ed.Links.Site = s.Site.URL
	for _, src := range s.Sources {
		rec.Sources = append(rec.Sources, src.Name)
		from := links.Source{Name: src.Name}
		if watched, is := src.Source.(source.Watched); is {
			folder := watched.Folder()
			from.Folder = &folder
		}
		ed.Links.Sources = append(ed.Links.Sources, from)
	}
	var paths []string
	for _, f := range ed.Feeds {
		if f.Each == "" {
			paths = append(paths, f.Paths[feeds.RSS], f.Paths[feeds.Atom], f.Paths[feeds.JSON])
		}
		rec.Feeds = append(rec.Feeds, recovery.Feed{
			Name: f.Name, Paths: []string{f.Paths[feeds.JSON], f.Paths[feeds.Atom], f.Paths[feeds.RSS]}, Each: f.Each, Title: f.Title,
		})
	}
	if f := s.Feed; f != nil {
		box.VerifyFeed, _ = s.Site.URL.Join(f.RSS)
	}
	in := intake.New(intake.Config{
		Ledger: o.Ledger, Sources: s.Sources, Guard: s.Guard, Placement: place, Reserved: edition.Reserved(ed), Now: o.Now,
	})
	ed.Load, ed.Outbox = in.Load, outbox.New(box)
	publisher := edition.New(ed)
	adoption := adopt.New(adopt.Config{Ledger: o.Ledger, Sink: o.Sink, Placement: place, Feeds: paths, Load: in.Load, Now: o.Now})
	return &rooms{
		Pipeline: &engine.Pipeline{Recovery: recovery.New(rec), Intake: in, Edition: publisher, Outbox: ed.Outbox, Adoption: adoption},
		Reporter: status.New(status.Config{Ledger: o.Ledger, Sources: s.Sources, Edition: publisher, Placement: place, Links: ed.Links, Now: o.Now}),
		ledger:   o.Ledger,
	}
}

func targets(o options) []notify.Target {
	var all []notify.Target
	for _, url := range o.Settings.Notify.IndexNow {
		all = append(all, &notify.Endpoint{
			Client: notify.IndexNow{Client: o.Client, Endpoint: url, Agent: o.UserAgent, Now: o.Now}, Site: o.Settings.Site.URL,
			Key: func(ctx context.Context) (key string, err error) {
				err = o.Ledger.Read(ctx, func(tx *ledger.Tx) error {
					key, err = tx.Meta(ledger.MetaIndexNowKey)
					return err
				})
				return key, err
			},
		})
	}
	for _, hub := range o.Settings.Notify.Hubs {
		all = append(all, &notify.WebSub{Client: o.Client, Hub: hub, Agent: o.UserAgent, Now: o.Now})
	}
	return append(all, o.Settings.Targets...)
}
