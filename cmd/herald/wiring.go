package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/guard"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/links"
	"herald/config"
	"herald/config/schedule"
	"herald/source"
	"herald/source/preset"
	"herald/source/weburl"
)

// wiring is the config in the rooms' own words, as far as it can be said before anything is open.
type wiring struct {
	file    string // the config as the operator named it
	config  *config.Config
	state   string // the path of the very file that state names
	dry     bool   // nothing of what is done is kept
	tables  *tables
	site    *weburl.Site
	feeds   []edition.Feed
	sources []wiredSource
}

// wiredSource is one source as the config names it.
type wiredSource struct {
	intake   intake.Source
	folder   *source.Folder // that its keys are paths below; nil: of none
	schedule schedule.Schedule
	watch    bool
}

// name returns the source's name.
func (s wiredSource) name() string { return s.intake.Name }

// wire maps the config to the rooms' settings. A fault that only the rooms can see is a
// *config.Fault.
func (a *app) wire(c *config.Config) (*wiring, error) {
	site, err := weburl.ParseSite(c.Site.URL)
	if err != nil {
		return nil, &config.Fault{Path: "site.url", Err: err}
	}
	state, err := stateOf(c)
	if err != nil {
		return nil, &config.Fault{Path: "state", Err: err}
	}
	w := &wiring{file: a.configFile, config: c, state: state, tables: a.tables, site: site, feeds: a.tables.feedsOf(c)}
	for i, s := range c.Sources {
		if err := w.addSource(i, s, a.tables.sources, a.now); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// stateOf returns the file that state names, over links.
func stateOf(c *config.Config) (string, error) {
	info, err := os.Stat(c.State.Abs)
	switch {
	case err == nil && info.IsDir():
		return "", errors.New("is a folder; name a file in it, such as herald.db")
	case err == nil && !info.Mode().IsRegular():
		return "", errors.New("is not a file; name one, such as herald.db")
	}
	return statefile.Resolve(c.State.Abs)
}

// guardConfig maps the limits over which a scan is held.
func guardConfig(g config.Guard) *guard.Limits {
	if g.Off {
		return nil
	}
	limit := func(l config.Limit) guard.Limit {
		return guard.Limit{Share: l.Share, Number: int64(l.Count), Plain: l.IsCount}
	}
	return &guard.Limits{Removed: limit(g.Removed), Changed: limit(g.Changed), Added: limit(g.Added)}
}

// addSource opens a source of the config and maps what the pipeline does with it.
func (w *wiring) addSource(i int, s config.Source, kinds []sourceKind, now func() time.Time) error {
	c := w.config
	if err := preset.Check(s.Preset, s.Permalink); err != nil {
		return &config.Fault{Path: fmt.Sprintf("sources[%d].permalink", i), Err: err}
	}
	kind, found := kindNamed(kinds, s.Type)
	if !found {
		return &config.Fault{Path: fmt.Sprintf("sources[%d].type", i), Err: fmt.Errorf("%q is not a kind of source in this version", s.Type)}
	}
	src, err := kind.open(c, s, now)
	if err != nil {
		path := fmt.Sprintf("sources[%d]", i)
		if len(kind.keys) > 0 {
			path += "." + kind.keys[0]
		}
		return &config.Fault{Path: path, Err: err}
	}
	w.sources = append(w.sources, wiredSource{
		folder: folderOf(src),
		intake: intake.Source{
			Name: s.Name, Source: src, ReadAs: readAs(src), Zone: c.Site.Timezone, Undated: intake.Undated(s.Undated), Timeout: s.Timeout,
			ID: presetID(s), Grace: s.RemovalGrace, Live: s.PublishWhen == "live",
		},
		schedule: s.Schedule, watch: s.Watch,
	})
	return nil
}

// folderOf returns the folder that the keys of a source are paths below; nil: of none.
func folderOf(src source.Source) *source.Folder {
	filed, is := src.(source.Filed)
	if !is {
		return nil
	}
	folder := filed.Folder()
	if folder.Key == nil {
		return nil
	}
	return &folder
}

// links maps the sources to where links find articles.
func (w *wiring) links() links.Finder {
	f := links.Finder{Site: w.site}
	for _, s := range w.sources {
		f.Sources = append(f.Sources, links.Source{Name: s.name(), Folder: s.folder})
	}
	return f
}

// engineSources maps the sources to what the engine asks of them.
func (w *wiring) engineSources() []engine.Source {
	out := make([]engine.Source, len(w.sources))
	for i, s := range w.sources {
		_, fetched := s.intake.Source.(source.Fetching)
		out[i] = engine.Source{Name: s.name(), Schedule: s.schedule, Fetched: fetched}
		out[i].Calling, _ = s.intake.Source.(source.Calling)
		out[i].Hearing, _ = s.intake.Source.(source.Hearing)
		if watched, ok := s.intake.Source.(source.Watched); ok && s.watch {
			out[i].Watched = watched
		}
	}
	return out
}
