package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/guard"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/publish"
	"herald/feeds"
	"herald/sitemap"
	"herald/source/files"
	"herald/source/reader"
	"herald/source/weburl"
)

// newsroom is a publication of real parts: a folder of articles, a state file, an output folder,
// endpoints on loopback, and a clock that the test sets.
type newsroom struct {
	t        testing.TB
	dir      string
	now      time.Time
	siteURL  string
	settings settings
	world    *world
	ledger   *ledger.Ledger
	rooms    *rooms
	force    bool
	tweak    []func(*settings)
	options  func(*options) // changes what the pipeline works on
}

func newNewsroom(t testing.TB, tweak ...func(*settings)) *newsroom {
	n := &newsroom{
		t: t, dir: t.TempDir(), now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), siteURL: "https://news.example.org",
		world: newWorld(t), tweak: tweak,
	}
	n.must(os.MkdirAll(n.path("articles"), 0o755))
	n.open()
	t.Cleanup(func() { n.ledger.Close() })
	return n
}

func (n *newsroom) path(parts ...string) string {
	return filepath.Join(append([]string{n.dir}, parts...)...)
}

func (n *newsroom) must(err error) {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
}

// open starts the program anew on what lies on disk.
func (n *newsroom) open() {
	n.t.Helper()
	if n.ledger != nil {
		n.must(n.ledger.Close())
	}
	var err error
	n.ledger, err = ledger.Open(context.Background(), n.path("herald.db"))
	n.must(err)
	site, err := weburl.ParseSite(n.siteURL)
	n.must(err)
	src, err := files.New(files.Config{Root: n.path("articles"), Place: "articles", Reading: reader.Reading{Pattern: "/:path/"}, Now: later})
	n.must(err)
	n.settings = settings{
		Site:    siteSettings{URL: site, Title: "새벽신문", Language: "ko", Zone: time.UTC, ZoneSet: true},
		Sources: []intake.Source{{Name: "articles", Source: src, ReadAs: src.ReadAs()}},
		Feed:    &feedSettings{RSS: "/feed.xml", Atom: "/atom.xml", JSON: "/feed.json", Items: 50, Content: feeds.Full},
		Sitemap: sitemapSettings{Path: "/sitemap.xml", URLsPerFile: 10000, BytesPerFile: 10_000_000, Images: true},
		Robots:  &edition.Robots{},
		Guard: &guard.Limits{
			Removed: guard.Limit{Share: 200_000}, Changed: guard.Limit{Share: 500_000}, Added: guard.Limit{Share: 500_000},
		},
		Notify: notifySettings{IndexNow: []string{n.world.URL + "/indexnow"}, Hubs: []string{n.world.URL + "/hub"}},
	}
	for _, f := range n.tweak {
		f(&n.settings)
	}
	sink, err := publish.OpenDir(n.path("public"))
	n.must(err)
	o := options{
		Settings: n.settings, Ledger: n.ledger, Sink: sink, Now: func() time.Time { return n.now },
		Client: n.world.Client(), UserAgent: "herald/test",
	}
	if n.options != nil {
		n.options(&o)
	}
	n.rooms = newRooms(o)
}

// stateFiles are the ledger's.
func (n *newsroom) stateFiles() []string {
	return []string{n.path("herald.db"), n.path("herald.db-wal"), n.path("herald.db-shm")}
}

// closeState ends the program and removes its state.
func (n *newsroom) closeState() {
	n.t.Helper()
	n.must(n.ledger.Close())
	n.ledger = nil
	for _, file := range n.stateFiles() {
		if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			n.t.Fatal(err)
		}
	}
}

// later is the clock of folders of files: they keep their fingerprints however lately they were written, for each
// writing makes another.
func later() time.Time { return time.Now().Add(time.Hour) }

// write saves an article; its times are long past, as an editor's file would be by the next scan.
func (n *newsroom) write(name, text string) {
	n.t.Helper()
	file := n.path("articles", name)
	n.must(os.MkdirAll(filepath.Dir(file), 0o755))
	n.must(os.WriteFile(file, []byte(text), 0o644))
}

func (n *newsroom) remove(name string) {
	n.t.Helper()
	n.must(os.Remove(n.path("articles", name)))
}

func (n *newsroom) rename(from, to string) {
	n.t.Helper()
	n.must(os.MkdirAll(filepath.Dir(n.path("articles", to)), 0o755))
	n.must(os.Rename(n.path("articles", from), n.path("articles", to)))
}

// pass is one build: every source scanned, what differs published, what is due delivered. The
// clock moves on by a minute first.
func (n *newsroom) pass() (*intake.ScanReport, *edition.PublishReport) {
	n.t.Helper()
	n.now = n.now.Add(time.Minute)
	scan, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{Force: n.force})
	n.must(err)
	pub, err := n.rooms.Publish(context.Background(), edition.PublishOptions{Force: n.force})
	n.must(err)
	if len(pub.Failed) > 0 {
		n.t.Fatalf("documents failed: %q", pub.Failed)
	}
	return scan, pub
}

// look is what the daemon does when it sees one file saved.
func (n *newsroom) look(key string) bool {
	n.t.Helper()
	n.now = n.now.Add(time.Minute)
	_, ok, err := n.rooms.Look(context.Background(), "articles", []string{key})
	n.must(err)
	_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	return ok
}

func (n *newsroom) deliver() *outbox.DeliverReport {
	n.t.Helper()
	report, err := n.rooms.Deliver(context.Background(), outbox.DeliverOptions{})
	n.must(err)
	return report
}

// wholeDocuments checks each document that stands as the gate does, and that an index names only
// what is there.
func (n *newsroom) wholeDocuments() {
	n.t.Helper()
	docs := n.documents()
	for name, body := range docs {
		if err := whole(name, []byte(body), base); err != nil {
			n.t.Fatalf("%s: %v\n%s", name, err, body)
		}
		for _, child := range children(body) {
			if _, there := docs[strings.TrimPrefix(child, base+"/")]; !there {
				n.t.Fatalf("%s names %s, which is not there", name, child)
			}
		}
	}
}

// whole checks one document of a site by its name.
func whole(name string, body []byte, site string) error {
	if err := linted(name, body); err != nil {
		return err
	}
	hosts := []string{strings.TrimPrefix(strings.TrimPrefix(site, "https://"), "http://")}
	switch {
	case name == "robots.txt":
		if !strings.Contains(string(body), "Sitemap: "+site+"/sitemap.xml") {
			return errors.New("it names no sitemap")
		}
	case strings.HasSuffix(name, ".txt"):
		if string(body)+".txt" != name {
			return errors.New("the key is not its name")
		}
	case strings.HasPrefix(name, "sitemap"):
		return sitemap.Check(body, hosts)
	case name == "feed.xml":
		return feeds.Check(feeds.RSS, body, hosts)
	case name == "atom.xml":
		return feeds.Check(feeds.Atom, body, hosts)
	case name == "feed.json":
		return feeds.Check(feeds.JSON, body, hosts)
	case anyFeed.MatchString(name) && strings.HasSuffix(name, ".json"):
		return feeds.Check(feeds.JSON, body, hosts)
	case anyFeed.MatchString(name) && bytes.Contains(body, []byte("<rss")):
		return feeds.Check(feeds.RSS, body, hosts)
	case anyFeed.MatchString(name):
		return feeds.Check(feeds.Atom, body, hosts)
	default:
		return errors.New("nobody put it there")
	}
	return nil
}

// anyFeed matches the documents of feeds beside main in tests that crash.
var anyFeed = regexp.MustCompile(`^(old|short|each-)`)

// children returns the files that a sitemap index names.
func children(body string) []string {
	_, index, _, err := sitemap.Read([]byte(body))
	if err != nil {
		return nil
	}
	var out []string
	for _, c := range index {
		out = append(out, c.Loc)
	}
	return out
}

func (n *newsroom) read(name string) string { return n.documents()[name] }

// ids returns the ids of the JSON Feed by URL.
func (n *newsroom) ids() map[string]string {
	n.t.Helper()
	out := map[string]string{}
	for _, i := range n.items() {
		out[i.URL] = i.ID
	}
	return out
}

type item struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Title     string    `json:"title"`
	Published time.Time `json:"date_published"`
	Modified  time.Time `json:"date_modified"`
	HTML      string    `json:"content_html"`
}

func (n *newsroom) items() []item {
	n.t.Helper()
	var f struct{ Items []item }
	n.must(json.Unmarshal([]byte(n.read("feed.json")), &f))
	return f.Items
}

// sameAsClean checks that what stands is what a publication into an empty folder makes, no document more and none less.
func (n *newsroom) sameAsClean() {
	n.t.Helper()
	standing := n.documents()
	clean := publish.DryRun(publish.View(n.path("nowhere")))
	e := newRooms(options{Settings: n.settings, Ledger: n.ledger, Sink: clean, Now: func() time.Time { return n.now }, Client: n.world.Client()})
	report, err := e.Publish(context.Background(), edition.PublishOptions{Force: true})
	n.must(err)
	if want, got := slices.Sorted(slices.Values(report.Written)), slices.Sorted(maps.Keys(standing)); !slices.Equal(got, want) {
		n.t.Fatalf("incremental and clean differ: there stand %q, a clean build makes %q", got, want)
	}
	for path, body := range standing {
		fresh, err := clean.Read(context.Background(), path, 1<<30)
		n.must(err)
		if string(fresh) != body {
			n.t.Fatalf("%s: incremental and clean differ:\n%s\n--- clean ---\n%s", path, body, fresh)
		}
	}
}

// world is who is told: an IndexNow endpoint and a hub, on loopback.
type world struct {
	*httptest.Server
	mu     sync.Mutex
	urls   []string
	topics []string
	answer func(path string) (status int, retryAfter string)
}

func newWorld(t testing.TB) *world {
	w := &world{}
	w.Server = httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(w.Close)
	return w
}

func (w *world) serve(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.answer != nil {
		if status, after := w.answer(r.URL.Path); status != 0 {
			if after != "" {
				rw.Header().Set("Retry-After", after)
			}
			rw.WriteHeader(status)
			return
		}
	}
	body, _ := io.ReadAll(r.Body)
	if r.URL.Path == "/indexnow" {
		var told struct{ URLList []string }
		if json.Unmarshal(body, &told) == nil {
			w.urls = append(w.urls, told.URLList...)
		}
		return
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	if r.ParseForm() == nil {
		w.topics = append(w.topics, r.PostForm["hub.url"]...)
	}
}

// heardOf is heard once at least count URLs were told, and nothing before.
func (w *world) heardOf(count int) (urls, topics []string) {
	w.mu.Lock()
	enough := len(w.urls) >= count
	w.mu.Unlock()
	if !enough {
		return nil, nil
	}
	return w.heard()
}

// heard returns what the endpoints were told since they were last asked.
func (w *world) heard() (urls, topics []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	urls, topics = w.urls, w.topics
	w.urls, w.topics = nil, nil
	return urls, topics
}

const base = "https://news.example.org"

func article(title, body string) string {
	return "---\ntitle: " + title + "\n---\n\n<p>" + body + "</p>\n"
}

// filled is a newsroom with n undated articles, published once.
func filled(t testing.TB, count int, tweak ...func(*settings)) *newsroom {
	n := newNewsroom(t, tweak...)
	for i := range count {
		n.write(fmt.Sprintf("기사-%02d.md", i), article(fmt.Sprintf("마을 소식 %d", i), fmt.Sprintf("바람마을에서 %d번째 장이 열렸다.", i)))
	}
	n.pass()
	n.deliver()
	n.world.heard()
	return n
}
