package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"herald/cmd/internal/edition"
	"herald/config"
	"herald/feeds"
	"herald/source"
	"herald/source/files"
	"herald/source/permalink"
	"herald/source/reader"
	"herald/source/weburl"
)

// wired is the config in the rooms' own words.
type wired struct {
	file     string // the config as the operator named it
	digest   string // of its bytes
	config   *config.Config
	settings edition.Settings
	sources  []wiredSource
}

// wiredSource is one source with what the daemon needs to call it in time.
type wiredSource struct {
	name     string
	files    *files.Source
	schedule config.Schedule
	watch    bool
}

// wire maps the config to the rooms' settings. A fault that only the rooms can see is a
// config.Errors with its place, like those of Load.
func wire(c *config.Config, file string, now func() time.Time) (*wired, error) {
	w := &wired{file: file, config: c}
	site, err := weburl.ParseSite(c.Site.URL)
	if err != nil {
		return nil, w.fault("site.url", err)
	}
	if info, err := os.Stat(c.State.Abs); err == nil && info.IsDir() {
		return nil, w.fault("state", errors.New("is a folder; name a file in it, such as herald.db"))
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
		if err := w.addSource(i, s, now); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func siteSettings(c *config.Config, site *weburl.Site) edition.Site {
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

func notifySettings(n config.Notify) edition.Notify {
	out := edition.Notify{
		Delay: n.Delay, MinInterval: n.MinInterval, Verify: !n.Verify.Off, VerifyBase: n.Verify.Base,
		DryRun: n.DryRun, IndexNowKey: n.IndexNow.Key, Hubs: n.WebSub.Hubs,
	}
	if n.IndexNow.On {
		out.IndexNow = n.IndexNow.Endpoints
	}
	return out
}

func (w *wired) addSource(i int, s config.Source, now func() time.Time) error {
	c := w.config
	if err := permalink.Check(s.Permalink); err != nil {
		return w.fault(fmt.Sprintf("sources[%d].permalink", i), err)
	}
	src, err := files.New(filesConfig(c, s, now))
	if err != nil {
		return w.fault(fmt.Sprintf("sources[%d].path", i), err)
	}
	w.sources = append(w.sources, wiredSource{name: s.Name, files: src, schedule: s.Schedule, watch: s.Watch})
	w.settings.Sources = append(w.settings.Sources, edition.Source{
		Name: s.Name, Source: src, ReadAs: src.ReadAs(), Zone: c.Site.Timezone,
		Undated: edition.Undated(s.Undated), Timeout: s.Timeout,
	})
	return nil
}

// filesConfig maps a source of files. What we write ourselves is never read as an article.
func filesConfig(c *config.Config, s config.Source, now func() time.Time) files.Config {
	dates := make([]source.DateRule, len(s.Dates))
	for i, rule := range s.Dates {
		dates[i] = source.DateRule(rule)
	}
	var authors []source.Author
	if s.Defaults.Author != (config.Author{}) {
		authors = []source.Author{source.Author(s.Defaults.Author)}
	}
	return files.Config{
		Root: s.Path.Abs, Place: filepath.ToSlash(filepath.Clean(s.Path.Written)),
		Include: s.Include, Exclude: s.Exclude,
		Skip: []string{c.Publish.To.Abs, c.State.Abs},
		Now:  now,
		Reading: reader.Reading{
			Pattern: s.Permalink, Zone: c.Site.Timezone, Markup: source.Markup(s.Markup), Dates: dates,
			FrontMatterRequired: s.FrontMatter == config.FrontMatterRequired,
			Defaults:            reader.Defaults{Authors: authors, Categories: s.Defaults.Categories, Tags: s.Defaults.Tags, Language: s.Defaults.Language},
		},
	}
}

// fault is a fault of the config that was found after it was loaded.
func (w *wired) fault(path string, err error) error {
	line, column := placeOf(w.config.File, path)
	return config.Errors{{File: w.file, Line: line, Column: column, Path: path, Message: err.Error(), Err: err}}
}

// placeOf finds the value of a path such as sources[0].permalink; 0 where it is not written.
func placeOf(file, path string) (line, column int) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, 0
	}
	var doc yaml.Node
	if yaml.Unmarshal(data, &doc) != nil || len(doc.Content) == 0 {
		return 0, 0
	}
	node := doc.Content[0]
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' }) {
		var index int
		if n, _ := fmt.Sscanf(part, "%d]", &index); n == 1 {
			node = element(node, index)
		} else {
			node = member(node, part)
		}
		if node == nil {
			return line, column
		}
		line, column = node.Line, node.Column
	}
	return line, column
}

func element(n *yaml.Node, i int) *yaml.Node {
	if n.Kind != yaml.SequenceNode || i >= len(n.Content) {
		return nil
	}
	return n.Content[i]
}

func member(n *yaml.Node, name string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// noticeClient reaches whom the operator names, wherever that is, and else only the public
// internet. The site itself is asked, too, before anybody is told (verify).
func noticeClient(c *config.Config) *http.Client {
	urls := append([]string{c.Site.URL, c.Notify.Verify.Base}, c.Notify.IndexNow.Endpoints...)
	return newHTTPClient(namedAddresses(append(urls, c.Notify.WebSub.Hubs...)...), 0)
}
