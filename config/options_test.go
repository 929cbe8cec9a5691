package config_test

import (
	"errors"
	"strings"
	"testing"

	"herald/config"
)

const twoKinds = `site: {url: "https://news.example.org", title: 뉴스}
sources:
  - path: ./articles
    permalink: /:path/
  - type: wire
    name: agency
`

// wireKind is a kind of source that no table of this package knows.
func wireKind() map[string][]string {
	return map[string][]string{"files": {"path", "include", "exclude", "watch"}, "wire": {"allow_private"}}
}

// A fault that only others can see is shown where its value stands.
func TestCheckShowsThePlace(t *testing.T) {
	cause := errors.New("is odd")
	for path, want := range map[string]string{
		"sources[0].permalink": ":4:16: sources[0].permalink: is odd",
		"sources[0].path":      ":3:11: sources[0].path: is odd",
		"sources[1].permalink": ":5:5: sources[1].permalink: is odd",
		"site.url":             ":1:13: site.url: is odd",
		"state":                "herald.yaml: state: is odd",
		"sources[7].path":      ":3:3: sources[7].path: is odd",
	} {
		file := write(t, twoKinds)
		_, _, err := config.Load(file, config.Options{SourceKinds: wireKind(), Check: func(c *config.Config) error {
			return &config.Fault{Path: path, Err: cause}
		}})
		var faults config.Errors
		if !errors.As(err, &faults) || !errors.Is(err, cause) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: got %v, want Errors that end in %q", path, err, want)
		}
	}
	other := errors.New("no fault of a value")
	_, _, err := config.Load(write(t, twoKinds), config.Options{SourceKinds: wireKind(), Check: func(*config.Config) error { return other }})
	if !errors.Is(err, other) || err.Error() != other.Error() {
		t.Errorf("got %v, want %v", err, other)
	}
}

// What comes from the environment has no line in the file.
func TestCheckNamesTheEnvironment(t *testing.T) {
	_, _, err := config.Load(write(t, twoKinds), config.Options{
		SourceKinds: wireKind(), Env: []string{"HERALD_SITE_URL=https://other.example.org"},
		Check: func(c *config.Config) error { return &config.Fault{Path: "site.url", Err: errors.New(c.Site.URL)} },
	})
	if want := "environment HERALD_SITE_URL: site.url: https://other.example.org"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestSourceKinds(t *testing.T) {
	o := config.Options{SourceKinds: wireKind()}
	c, _, err := config.Load(write(t, twoKinds), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Sources[1]; got.Type != "wire" || got.Name != "agency" || got.Path != (config.Path{}) || got.Permalink != "/:path/" {
		t.Errorf("got %+v, want the source agency of type wire without a path", got)
	}
	c, _, err = config.Load(write(t, twoKinds+"    allow_private: true\n"), o)
	if err != nil || len(c.Sources[0].Values) != 0 || c.Sources[1].Values["allow_private"] != "true" {
		t.Errorf("got %+v, %v, want the key that only the kind wire knows as a text", c, err)
	}
	for _, test := range []struct{ from, to, want string }{
		{"name: agency", "include: [\"*.md\"]", ":6:5: sources[1].include: means nothing to a source of type wire"},
		{"name: agency", "include: [\"*.md\"]", "sources[1].name: is required"},
		{"name: agency", "name: agency\n    path: ./wire", ":7:5: sources[1].path: means nothing to a source of type wire"},
		{"path: ./articles", "path: ./articles\n    allow_private: false", ":4:5: sources[0].allow_private: means nothing to a source of type files"},
		{"type: wire", "type: wires", "must be one of files, wire, not \"wires\"; did you mean \"wire\"?"},
	} {
		_, _, err := config.Load(write(t, strings.Replace(twoKinds, test.from, test.to, 1)), o)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.to, err, test.want)
		}
	}
	if _, _, err := config.Load(write(t, twoKinds), config.Options{}); err == nil || !strings.Contains(err.Error(), "must be one of files") {
		t.Errorf("got %v, want type wire refused", err)
	}
}

// Formats of feeds, documents and kinds of target that the table does not know yet are keys like its own.
func TestMoreKeys(t *testing.T) {
	o := config.Options{Documents: []string{"feeds.text", "sitemap.text", "feeds.rss"}, Targets: []string{"pager", "websub"}}
	const smallest = "site: {url: \"https://news.example.org\", title: 뉴스}\nsources: [{path: ./articles}]\n"
	c, _, err := config.Load(write(t, smallest), o)
	if err != nil || len(c.Feeds[0].Paths) != 3 || len(c.Documents) != 0 || c.Notify.IndexNow.On || len(c.Notify.WebSub.Hubs)+len(c.Notify.Others) > 0 {
		t.Fatalf("got %+v, %v, want the three formats, no other document and nobody told", c, err)
	}
	c, _, err = config.Load(write(t, smallest+"feeds: [{name: main, text: /feed.txt}]\nsitemap: {text: /urls.txt}\n"+
		"notify: {pager: [\"http://127.0.0.1:9009/page\"]}\naliases: {/old.txt: /urls.txt}\n"), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Feeds[0].Paths["text"]; got != "/feed.txt" {
		t.Errorf("got the feed's text at %q, want /feed.txt", got)
	}
	if got := c.Documents["sitemap.text"]; got != "/urls.txt" || len(c.Aliases) != 1 {
		t.Errorf("got sitemap.text at %q, aliases %v, want /urls.txt and its alias", got, c.Aliases)
	}
	if got := c.Notify.Others["pager"]; len(got) != 1 || got[0] != "http://127.0.0.1:9009/page" {
		t.Errorf("got the pagers %q, want one", got)
	}
	for text, want := range map[string]string{
		"sitemap: {text: /feed.xml}\n":                                  "/feed.xml is the place of the main feed's rss already",
		"sitemap: {text: urls.txt}\n":                                   "must begin with /",
		"notify: {pager: [nobody]}\n":                                   "notify.pager[0]: ",
		"feeds: [{name: main, rss: false, atom: false, json: false}]\n": "all of rss, atom, json, page and text are false",
	} {
		if _, _, err := config.Load(write(t, smallest+text), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
