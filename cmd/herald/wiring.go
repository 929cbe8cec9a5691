package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/config"
	"herald/feeds"
	"herald/source"
)

// wiring is the config in the rooms' own words.
type wiring struct {
	file     string // the config as the operator named it
	digest   string // of its bytes
	config   *config.Config
	settings edition.Settings
	sources  []wiredSource
}

// wiredSource is one source as the config names it.
type wiredSource struct {
	name     string
	source   source.Source
	schedule config.Schedule
	watch    bool
}

// wire maps the config to the rooms' settings. A fault that only the rooms can see is a
// *config.Fault.
func (a *app) wire(c *config.Config) (*wiring, error) {
	w := &wiring{file: a.configFile, config: c}
	site, err := source.ParseSite(c.Site.URL)
	if err != nil {
		return nil, &config.Fault{Path: "site.url", Err: err}
	}
	if info, err := os.Stat(c.State.Abs); err == nil && info.IsDir() {
		return nil, &config.Fault{Path: "state", Err: errors.New("is a folder; name a file in it, such as herald.db")}
	}
	w.settings = edition.Settings{
		Site:    siteSettings(c, site),
		Feed:    feedSettings(c),
		Sitemap: edition.Sitemap{Path: c.Sitemap.Path, URLsPerFile: c.Sitemap.URLsPerFile, BytesPerFile: c.Sitemap.BytesPerFile, Images: c.Sitemap.Images, Pages: c.Sitemap.Pages},
		Aliases: map[string]string{},
		Guard:   guardSettings(c.Guard),
		Notify:  notifySettings(c.Notify),
	}
	if !c.Robots.Off {
		w.settings.Robots = &edition.Robots{Extra: c.Robots.Extra}
	}
	for _, a := range c.Aliases {
		w.settings.Aliases[a.Path] = a.Target
	}
	for i, s := range c.Sources {
		if err := w.addSource(i, s, a.kinds(), a.now); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func siteSettings(c *config.Config, site *source.Site) edition.Site {
	s := c.Site
	return edition.Site{
		URL: site, Title: s.Title, Description: s.Description, Language: s.Language,
		Zone: s.Timezone, ZoneSet: s.TimezoneSet, Author: source.Author(s.Author), Image: s.Image, Copyright: s.Copyright,
	}
}

func feedSettings(c *config.Config) *edition.Feed {
	for _, f := range c.Feeds {
		if f.Name == "main" {
			return &edition.Feed{Title: f.Title, Description: f.Description, RSS: f.RSS, Atom: f.Atom, JSON: f.JSON, Items: f.Items, Content: feeds.Content(f.Content)}
		}
	}
	return nil
}

func guardSettings(g config.Guard) *edition.Guard {
	if g.Off {
		return nil
	}
	limit := func(l config.Limit) edition.Limit {
		return edition.Limit{Share: l.Percent / 100, Number: int64(l.Count), Plain: l.IsCount}
	}
	return &edition.Guard{Removed: limit(g.Removed), Changed: limit(g.Changed), Added: limit(g.Added)}
}

func (w *wiring) addSource(i int, s config.Source, kinds []sourceKind, now func() time.Time) error {
	c := w.config
	if err := source.CheckPattern(s.Permalink); err != nil {
		return &config.Fault{Path: fmt.Sprintf("sources[%d].permalink", i), Err: err}
	}
	kind, found := kindNamed(kinds, s.Type)
	if !found {
		return &config.Fault{Path: fmt.Sprintf("sources[%d].type", i), Err: fmt.Errorf("%q is no kind of source in this version", s.Type)}
	}
	src, err := kind.open(c, s, now)
	if err != nil {
		path := fmt.Sprintf("sources[%d]", i)
		if len(kind.keys) > 0 {
			path += "." + kind.keys[0]
		}
		return &config.Fault{Path: path, Err: err}
	}
	w.sources = append(w.sources, wiredSource{name: s.Name, source: src, schedule: s.Schedule, watch: s.Watch})
	w.settings.Sources = append(w.settings.Sources, edition.Source{
		Name: s.Name, Source: src, ReadAs: readAs(src), Zone: c.Site.Timezone,
		Undated: edition.Undated(s.Undated), Timeout: s.Timeout,
	})
	return nil
}

// engineSources maps the sources to what the engine asks of them.
func (w *wiring) engineSources() []engine.Source {
	out := make([]engine.Source, len(w.sources))
	for i, s := range w.sources {
		out[i] = engine.Source{Name: s.name, Schedule: s.schedule}
		if watched, ok := s.source.(source.Watched); ok && s.watch {
			out[i].Watched = watched
		}
	}
	return out
}
