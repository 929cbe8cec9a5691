package main

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// ends plays a command that must end with a status, a minute after the one before, and returns what it said.
func (s *site) ends(want int, args ...string) string {
	s.t.Helper()
	s.now = s.now.Add(time.Minute)
	p, out := s.process(args...)
	if status := run(s.t.Context(), p); status != want {
		s.t.Fatalf("%v: got status %d\n%s\nwant %d", args, status, out, want)
	}
	return out.String()
}

// ears are an engine and a hub that note what they hear.
type ears struct {
	mu    sync.Mutex
	heard []string
}

func (e *ears) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, r.URL.Path+" "+string(body))
}

// since returns what was heard since it was last asked, in order.
func (e *ears) since() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer func() { e.heard = nil }()
	return slices.Sorted(slices.Values(e.heard))
}

var errUnfit = errors.New("not fit to be seen")

// A document that fails its check is not published, whatever its kind: its last good version stays, the command ends
// with 1 and says which, other documents go out, and nobody is told of the articles that it shows until it is mended.
func TestWhatFailsItsCheckIsNotPublished(t *testing.T) {
	unfit := false
	check := func(check func([]byte, []string) error) func([]byte, []string) error {
		return func(doc []byte, hosts []string) error {
			if unfit {
				return errUnfit
			}
			return check(doc, hosts)
		}
	}
	cases := map[string]struct {
		change func(*tables)
		failed []string // they stay
		told   bool     // of the article's URL
	}{
		"rss":  {formatOf(feeds.RSS, check), []string{"feed.xml", "old.xml"}, false},
		"atom": {formatOf(feeds.Atom, check), []string{"atom.xml"}, false},
		"json": {formatOf(feeds.JSON, check), []string{"feed.json"}, false},
		"a set of documents": {func(tables *tables) {
			tables.sets = func(c *edition.Config) []edition.Set {
				return append(edition.Sets(c), gatedList{func() bool { return unfit }})
			}
		}, []string{"urls.txt"}, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			unfit = false
			s, world := newHeardSite(t)
			c.change(s.tables)
			s.run("build", "--notify")
			good := s.standing()

			unfit = true
			s.article("three", "셋", "정치")
			said := s.ends(engine.StatusNotDone, "build", "--notify")
			for doc, now := range s.standing() {
				stays := slices.Contains(c.failed, doc)
				if (now == good[doc]) != stays {
					t.Errorf("%s: got\n%s\nwant it to stay as it was: %t", doc, now, stays)
				}
				if stays {
					s.want("the screen", said, doc+": ", errUnfit.Error())
				}
			}
			world.want(t, "it fails", "https://news.example.org/three/", c.told)
			s.ends(engine.StatusNotDone, "build", "--notify")
			if got := world.since(); len(got) != 0 {
				t.Errorf("the second time the world heard %q, want nothing", got)
			}

			unfit = false
			s.run("build", "--notify")
			for _, doc := range c.failed {
				if s.read(doc) == good[doc] {
					t.Errorf("%s is as it was, want it mended", doc)
				}
			}
			world.want(t, "it is mended", "https://news.example.org/three/", !c.told)
		})
	}
}

// newHeardSite is a site whose changes an engine and a hub hear, and that has an alias.
func newHeardSite(t *testing.T) (*site, *ears) {
	world := &ears{}
	server := httptest.NewServer(world)
	t.Cleanup(server.Close)
	return newSite(t, "aliases: {/old.xml: /feed.xml}\nnotify: {verify: false, min_interval: 0s, indexnow: {endpoints: [\""+server.URL+"/indexnow\"]}, websub: {hubs: [\""+server.URL+"/hub\"]}}\n"), world
}

// standing returns the documents that change with each article.
func (s *site) standing() map[string]string {
	docs := map[string]string{}
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml", "old.xml", "urls.txt"} {
		if _, err := os.Stat(filepath.Join(s.dir, "public", name)); err == nil {
			docs[name] = s.read(name)
		}
	}
	return docs
}

// want fails where the world heard of a URL and should not have, or the other way round.
func (e *ears) want(t *testing.T, when, url string, told bool) {
	t.Helper()
	if heard := strings.Join(e.since(), "\n"); strings.Contains(heard, url) != told {
		t.Errorf("%s: the world heard\n%s\nwant to hear of %s: %t", when, heard, url, told)
	}
}

// formatOf changes the gate of a feed format.
func formatOf(kind feeds.Kind, with func(func([]byte, []string) error) func([]byte, []string) error) func(*tables) {
	return func(t *tables) {
		for i, f := range t.formats {
			if f.Kind == kind {
				t.formats[i].Check = with(f.Check)
			}
		}
	}
}

// gatedList is a urlList whose gate can be shut.
type gatedList struct{ shut func() bool }

func (g gatedList) Kinds() []edition.Kind { return urlList{}.Kinds() }

func (g gatedList) Documents(tx *ledger.Tx) ([]*edition.Document, error) {
	docs, err := urlList{}.Documents(tx)
	for _, d := range docs {
		d.Check = func([]byte) error {
			if g.shut() {
				return errUnfit
			}
			return nil
		}
	}
	return docs, err
}
