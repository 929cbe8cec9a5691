package engine_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/guard"
	"herald/cmd/internal/intake"
	"herald/feeds"
	"herald/source/weburl"
)

// history is a newsroom whose files, config and luck a random series of steps changes, beside the
// model of what must come of it.
type history struct {
	*newsroom
	kind     *kind
	seed     uint64
	rand     *rand.Rand // of the step
	conf     conf
	disk     map[string]map[string]story // folder -> name -> what the entry says
	stocks   map[string]stock            // folder -> where that stands
	good     map[string]map[string]story // as it was when the source was last taken in
	past     []story                     // that once were deleted, with their folder and key
	pastAt   []string
	words    int
	model    *model
	fuse     *fuse
	held     map[string]bool // "kind subject" of the holds that the last pass reported
	crashed  bool            // in this step
	quiet    bool            // this step changes nothing
	relisted bool            // the step before listed everything, though nobody was to
	away     string          // folder that cannot be read in this step
	failing  bool            // while others change
	compared bool            // this step is compared with a clean build
	telling  string          // the step that is being lived through
	before   *standing       // what stood before this step
	public   map[string]bool // documents that a config may take away, and that stand
	doubt    bool            // some body was not to be had: when hubs are told of it is not foreseen
	feedID   string
	rowIDs   bool             // rows and entries of feeds have ids
	pages    map[string]story // by word: as pages said it last
	edits    int              // of pages
	ends     []func()         // in the end
}

// atEnd has f called when the history ends.
func (h *history) atEnd(f func()) { h.ends = append(h.ends, f) }

func (h *history) begin(t testing.TB, seed uint64) {
	dir, err := os.MkdirTemp("", "history")
	if err != nil {
		t.Fatal(err)
	}
	h.newsroom = &newsroom{
		t: breaking{t}, dir: dir, now: time.Date(2026, 3, 22, 9, 0, 0, 0, time.UTC),
		world: &world{Server: &httptest.Server{URL: "http://world.test"}}, siteURL: base,
	}
	h.seed, h.rand = seed, rand.New(rand.NewPCG(seed, 1))
	h.disk, h.held = map[string]map[string]story{}, map[string]bool{}
	h.stocks = map[string]stock{}
	h.rowIDs, h.pages = seed/2%2 == 0, map[string]story{}
	h.good = map[string]map[string]story{}
	h.fuse = &fuse{keep: h.keepState}
	h.model = newModel(base)
	h.conf = conf{
		kind: h.kind, site: base, title: "새벽신문", items: 3 + h.rand.IntN(12), content: feeds.Full, json: true, perFile: 6 + h.rand.IntN(20), images: true,
		zone: time.UTC, guard: seed%2 == 0, indexnow: true, hubs: true,
		origins: []origin{{name: "기사", folder: "articles", pattern: "/:path/"}},
	}
	if seed%4 != 0 {
		h.conf.origins[0].undated = intake.Auto
	}
	h.conf.more = seed%3 == 1
	if seed%5 == 0 {
		h.conf.origins[0].grace = time.Hour
	}
	if seed%3 == 0 || h.kind.parts != nil {
		h.conf.origins = append(h.conf.origins, origin{name: "지방", folder: "local", pattern: "/지방/:path/"})
	}
	if h.kind.parts != nil {
		h.conf.origins = append(h.conf.origins, origin{name: "외부", folder: "third", pattern: "/:path/", undated: intake.Auto})
	}
	for _, folder := range historyFolders {
		h.disk[folder], h.stocks[folder] = map[string]story{}, h.kind.of(folder).open(h, folder)
	}
	h.tweak = []func(*settings){h.settle}
	h.options = h.fused
	h.telling, h.public, h.before = "at the beginning", map[string]bool{}, &standing{}
	h.open()
	for range 4 + h.rand.IntN(12) {
		h.add()
	}
	h.pass(false)
}

// end leaves nothing behind.
func (h *history) end() {
	if h.ledger != nil {
		h.ledger.Close()
	}
	for _, f := range h.ends {
		f()
	}
	os.RemoveAll(h.dir)
}

// settle turns the config into the pipeline's settings.
func (h *history) settle(s *settings) {
	c := &h.conf
	site, err := weburl.ParseSite(c.site)
	h.must(err)
	s.Site = siteSettings{URL: site, Title: c.title, Language: "ko", Zone: c.zone, ZoneSet: true}
	s.Feed.Items, s.Feed.Content = c.items, c.content
	if !c.json {
		s.Feed.JSON = ""
	}
	s.Feeds = nil
	if c.more {
		s.Feeds = moreFeeds(c.items)
	}
	s.Sitemap.URLsPerFile, s.Sitemap.Images, s.Sitemap.Pages = c.perFile, c.images, c.pages
	s.Robots = &edition.Robots{Extra: c.robots}
	if c.robots == "off" {
		s.Robots = nil
	}
	if c.alias {
		s.Aliases = map[string]string{"/rss.xml": "/feed.xml"}
	}
	s.Guard = nil
	if c.guard {
		s.Guard = &guard.Limits{Removed: guard.Limit{Share: guardRemoved * guard.Whole / 100}, Changed: guard.Limit{Share: guardChanged * guard.Whole / 100}, Added: guard.Limit{Number: guardAdded, Plain: true}}
	}
	s.Notify.IndexNowKey = "a-key-of-histories"
	if !c.indexnow {
		s.Notify.IndexNow = nil
	}
	if !c.hubs {
		s.Notify.Hubs = nil
	}
	s.Sources = nil
	for _, o := range c.origins {
		s.Sources = append(s.Sources, h.source(o))
	}
}

// step lives through one step: what happens, a pass, and the judgement.
func (h *history) step(s happening, last bool) {
	h.telling = fmt.Sprintf("after %s.%d", s.name, s.seed)
	h.rand = rand.New(rand.NewPCG(h.seed, 1000+s.seed))
	h.crashed, h.quiet, h.away = false, false, ""
	force := false
	switch s.name {
	case "force":
		force = true
	default:
		h.steps()[s.name]()
	}
	if h.rand.IntN(6) == 0 && !h.relisted { // the next process would not see all that is held
		h.open()
	}
	h.relisted = false
	h.compared = h.rand.IntN(2) == 0 || last
	h.pass(force)
	if h.away != "" {
		h.stocks[h.away].mend()
	}
	if h.failing { // what it says meanwhile is seen now
		h.away, h.failing = "", false
		h.pass(false)
	}
	late := h.away != "" && h.doubt // a body that a feed wants can be had only now
	if h.rand.IntN(3) == 0 && !late {
		h.idle()
	}
}

// pass is one build in step with the model.
func (h *history) pass(force bool) {
	if !h.crashed { // what a crashed pass began ends at the same moment
		h.now = h.now.Add(time.Minute)
	}
	holds := map[string]bool{}
	if !h.moveSite(force, holds) {
		h.scans(force, holds)
		h.publishes(force, holds)
	}
	h.held = holds
	clear(h.model.looked)
}

// moveSite asks for a hold over a new site.url where one must stand.
func (h *history) moveSite(force bool, holds map[string]bool) (held bool) {
	if h.model.site == h.conf.site {
		return false
	}
	name := "site_url " + h.conf.site
	if force || h.held["approved "+name] {
		h.model.site = h.conf.site
		clear(h.model.formers)
		return false
	}
	for _, o := range h.conf.origins {
		report, err := h.scan(o.name, intake.ScanOptions{})
		h.must(err)
		if report.Hold == nil || report.Hold.Kind != "site_url" {
			h.fail("a new site.url is held", "%+v", report)
		}
	}
	_, err := h.rooms.Publish(context.Background(), edition.PublishOptions{})
	h.must(err)
	h.deliver()
	if urls, topics := h.world.heard(); len(urls)+len(topics) > 0 && !h.crashed || !maps.Equal(h.before.docs, h.documents()) {
		h.fail("a new site.url is held", "told %q %q, or documents changed", urls, topics)
	}
	holds[name] = true
	return true
}

// scan has a source scanned; under some seeds its origin is asked before, as the daemon does it.
func (h *history) scan(name string, o intake.ScanOptions) (*intake.ScanReport, error) {
	if h.seed%2 == 0 || h.kind.of(h.conf.origin(name).folder).fetched {
		h.rooms.Fetch(context.Background(), name, o)
	}
	return h.rooms.Scan(context.Background(), name, o)
}

// takeIn is a scan of the model.
func (h *history) takeIn(o *origin, release bool) (hold string) {
	s, all := h.stocks[o.folder], h.listed(o.folder)
	if k, keeps := s.(interface{ kept() map[string]story }); keeps {
		for key, gone := range k.kept() {
			if _, there := all[key]; !there {
				all[key] = gone
			}
		}
	}
	return h.model.scan(&h.conf, o, all, func(key string) bool { return lacking(s, key) }, h.now, release)
}

// rounds is what the scans of one pass found.
type rounds struct {
	contested, gave map[int]bool    // sources that were refused something, and that gave something up
	revisit         map[string]bool // sources that are to be scanned again
}

func (h *history) scans(force bool, holds map[string]bool) {
	if h.crashed {
		h.catchUp()
	}
	r := &rounds{map[int]bool{}, map[int]bool{}, map[string]bool{}}
	each := func(wanted func(i int) bool) {
		for i := range h.conf.origins {
			if wanted(i) {
				h.scanOne(i, force, holds, r)
			}
		}
	}
	each(func(int) bool { return true })
	later := maps.Clone(r.gave)
	each(func(i int) bool {
		return r.contested[i] && slices.ContainsFunc(slices.Collect(maps.Keys(later)), func(j int) bool { return j > i && later[j] })
	})
	for range h.conf.origins { // where an article is led by another source now, or may be
		clear(r.gave)
		each(func(i int) bool { return r.revisit[h.conf.origins[i].name] })
		freed := slices.Contains(slices.Collect(maps.Values(r.gave)), true)
		each(func(i int) bool { return freed && r.contested[i] })
	}
}

// scanOne scans a source in step with the model.
func (h *history) scanOne(i int, force bool, holds map[string]bool, r *rounds) {
	o := &h.conf.origins[i]
	report, err := h.scan(o.name, intake.ScanOptions{Force: force})
	if o.folder == h.away {
		if err == nil {
			h.fail("sources fail safely", "source %s was read without its folder: %+v", o.name, report)
		}
		return
	}
	h.must(err)
	if t, is := h.stocks[o.folder].(*table); is {
		t.scanned(report)
	}
	approved := slices.ContainsFunc([]string{"emptied ", "removed ", "changed ", "added "}, func(kind string) bool {
		return h.held["approved "+kind+o.name]
	})
	hold := h.takeIn(o, force || approved)
	if force || approved {
		hold = ""
	}
	got := ""
	if report.Hold != nil {
		got = report.Hold.Kind
	}
	if got != hold {
		h.fail("the guard holds what goes over a limit, and nothing else", "source %s: hold %q, want %q: %+v", o.name, got, hold, report)
	}
	if hold != "" {
		holds[hold+" "+o.name] = true
		return
	}
	h.good[o.folder] = maps.Clone(h.disk[o.folder])
	if living := h.model.living(o.name); report.Articles != int64(len(living)) {
		h.fail("one rule says what is an article", "source %s: %d articles, want %d: %+v", o.name, report.Articles, len(living), report)
	}
	r.contested[i], r.gave[i] = report.Contested, report.Freed()
	delete(r.revisit, o.name)
	for _, name := range report.Revisit {
		r.revisit[name] = true
	}
}

// catchUp scans everything once before anything is judged: what a crashed pass has scanned, and what of
// it a later source has freed, the model does not know.
func (h *history) catchUp() {
	again := func(reload bool) {
		for i := range h.conf.origins {
			o := &h.conf.origins[i]
			report, err := h.scan(o.name, intake.ScanOptions{Reload: reload})
			h.must(err)
			h.takeIn(o, false)
			if t, is := h.stocks[o.folder].(*table); is && reload {
				t.scanned(report)
			}
		}
	}
	again(false)
	if h.kind.some(func(k *kind) bool { return k.late }) { // nor what is gone that it has seen: everything is listed
		h.open()
		again(true)
		h.relisted = true
	}
}

// publishes is the part of a pass after the scans, and its judgement.
func (h *history) publishes(force bool, holds map[string]bool) {
	released := func(source string) bool { return force || h.held["approved gone "+source] }
	for _, name := range h.model.leave(&h.conf, released) {
		holds["gone "+name] = true
	}
	pub, err := h.rooms.Publish(context.Background(), edition.PublishOptions{Force: force})
	if errors.Is(err, edition.ErrNothing) {
		if len(h.model.facts) > 0 {
			h.fail("no step fails", "%v", err)
		}
		return
	}
	h.must(err)
	if len(pub.Failed) > 0 {
		h.fail("any bytes in, valid out", "%q", pub.Failed)
	}
	h.deliver()
	h.vanishing(force, holds)
	got := map[string]bool{}
	for _, hold := range pub.Holds {
		got[hold.Kind+" "+hold.Subject] = true
	}
	want := maps.Clone(holds)
	maps.DeleteFunc(want, func(name string, _ bool) bool {
		return !strings.HasPrefix(name, "gone ") && !strings.HasPrefix(name, "vanishing ")
	})
	if !maps.Equal(got, want) {
		h.fail("holds stand with their cause", "publishing holds %v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
	h.judge(h.model.publish(h.now), holds)
}
