package engine_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/source/files"
	"herald/source/reader"
)

// every is a schedule with a fixed interval.
type every time.Duration

func (e every) Next(t time.Time) time.Time { return t.Add(time.Duration(e)) }

// columns adds a source of a second folder to a newsroom.
func columns(n *newsroom) {
	n.t.Helper()
	n.must(os.MkdirAll(n.path("columns"), 0o755))
	src, err := files.New(files.Config{Root: n.path("columns"), Place: "columns", Reading: reader.Reading{Pattern: "/:path/"}, Now: later})
	n.must(err)
	n.tweak = append(n.tweak, func(s *settings) {
		s.Sources = append(s.Sources, intake.Source{Name: "columns", Source: src, ReadAs: src.ReadAs()})
	})
	n.open()
}

// engine returns an engine over the rooms of a newsroom, with a schedule for each source.
func (n *newsroom) engine(change ...func(*engine.Config)) *engine.Engine {
	c := engine.Config{
		Pipeline: n.rooms.Pipeline, Ledger: n.ledger, Settings: theseSettings(), Outputs: "/srv/public", Now: func() time.Time { return n.now },
	}
	for _, s := range n.settings.Sources {
		c.Sources = append(c.Sources, engine.Source{Name: s.Name, Schedule: every(5 * time.Minute)})
	}
	for _, f := range change {
		f(&c)
	}
	return engine.New(c)
}

// build is one pass of an engine, a minute after what came before.
func (n *newsroom) build(o engine.BuildOptions) *engine.BuildReport {
	n.t.Helper()
	n.now = n.now.Add(time.Minute)
	return n.engine().Build(n.t.Context(), o)
}

// daemon is an engine that runs, with a clock that the test sets and a log that it reads.
type daemon struct {
	*newsroom
	mu   sync.Mutex
	at   time.Time
	runs *engine.Engine
	log  bytes.Buffer
}

// Write takes a line of the log.
func (d *daemon) Write(line []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.Write(line)
}

func (d *daemon) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at
}

func (d *daemon) move(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at = d.at.Add(by)
}

// lines counts the lines of the log that hold a text.
func (d *daemon) lines(text string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Count(d.log.String(), text)
}

// runDaemon runs an engine over a newsroom until the test ends.
func runDaemon(n *newsroom, change ...func(*engine.Config)) *daemon {
	n.t.Helper()
	d := &daemon{newsroom: n, at: n.now}
	before := n.options
	n.options = func(o *options) {
		if before != nil {
			before(o)
		}
		o.Now = d.clock
	}
	n.open()
	e := n.engine(append(change, func(c *engine.Config) {
		c.Now, c.Log = d.clock, slog.New(slog.NewTextHandler(d, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})...)
	d.runs = e
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { e.Run(ctx); close(ended) }()
	n.t.Cleanup(func() { cancel(); <-ended })
	return d
}

// wantLines waits until a text stands in so many lines, and then a while for more.
func (d *daemon) wantLines(when, text string, want int) {
	d.t.Helper()
	for end := time.Now().Add(time.Minute); d.lines(text) < want && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(500 * time.Millisecond) // more than two looks at the clock
	if got := d.lines(text); got != want {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.t.Errorf("%s: got %d lines with %q, want %d:\n%s", when, got, text, want, d.log.String())
	}
}

// wantFeed waits until the feed holds a text.
func (d *daemon) wantFeed(when, text string) {
	d.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		feed, err := os.ReadFile(d.path("public", "feed.xml"))
		if strings.Contains(string(feed), text) {
			return
		}
		if time.Now().After(end) {
			d.t.Fatalf("%s: got no %q in the feed, %v:\n%s", when, text, err, feed)
		}
	}
}

func TestSourcesAreScannedBySchedule(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	columns(n)
	n.write("a.md", article("가", "본문"))
	d := runDaemon(n, func(c *engine.Config) { c.Sources[1].Schedule = every(time.Hour) })
	const a, b = `nothing changed" source=articles`, `nothing changed" source=columns`
	d.wantLines("at the start", `msg=scanned source=articles`, 1)
	first := d.lines(b)
	for _, step := range []struct {
		when     string
		move     time.Duration
		articles int
		columns  int
	}{
		{"a is due", 5 * time.Minute, 1, first},
		{"the clock was set back", -48 * time.Hour, 1, first},
		{"a is due by the new clock", 5 * time.Minute, 2, first},
		{"both are due by the new clock", 55 * time.Minute, 3, first + 1},
	} {
		d.move(step.move)
		d.wantLines(step.when, a, step.articles)
		d.wantLines(step.when, b, step.columns)
	}
}

// A publication that failed is tried again after a minute, and not sooner.
// A scan that fails is made again soon, and later each time, whatever the schedule says.
func TestAFailedScanIsMadeAgain(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", article("첫 소식", "본문"))
	n.pass()
	n.must(os.Rename(n.path("articles"), n.path("away")))
	d := runDaemon(n)
	const failed = "source not read"
	d.wantLines("at the start", failed, 1)
	d.move(4 * time.Second)
	d.wantLines("too soon", failed, 1)
	d.move(time.Second)
	d.wantLines("after five seconds", failed, 2)
	d.move(9 * time.Second)
	d.wantLines("too soon again", failed, 2)
	d.move(time.Second)
	d.wantLines("after ten more", failed, 3)
	n.must(os.Rename(n.path("away"), n.path("articles")))
	n.write("b.md", article("둘째 소식", "본문"))
	d.move(time.Minute)
	d.wantFeed("the folder is back", "둘째 소식")
}

func TestPublicationIsAskedAgain(t *testing.T) {
	t.Parallel()
	n := filled(t, 3)
	f := &faulty{}
	n.options = func(o *options) { f.Sink, o.Sink = o.Sink, f }
	n.write("기사-00.md", article("마을 소식 0", "고친 본문"))
	f.left, f.cause = 1, os.ErrPermission
	d := runDaemon(n, func(c *engine.Config) { c.Sources[0].Schedule = nil })
	d.wantLines("at the start", "not published", 1)
	d.move(59 * time.Second)
	d.wantLines("too early", "msg=published", 0)
	d.move(time.Second)
	d.wantLines("after a minute", "msg=published", 1)
	d.wantFeed("after a minute", "고친 본문")
}

// What stays as it is is logged once; what is new is logged however much was logged before.
func TestWhatStaysIsLoggedOnce(t *testing.T) {
	t.Parallel()
	n := filled(t, 12)
	n.write("x.md", "---\ntitle: 가\ndate: 언젠가\n---\n")
	d := runDaemon(n)
	d.wantLines("at the start", "x.md:", 1)
	n.write("y.md", "---\ntitle: 나\ndate: 언젠가\n---\n")
	d.move(5 * time.Minute)
	d.wantLines("at the next scan", "y.md:", 1)
	for _, name := range []string{"기사-00.md", "기사-01.md", "기사-02.md", "기사-03.md"} {
		n.remove(name)
	}
	d.move(5 * time.Minute)
	d.wantLines("four articles are gone", "change held", 1)
	d.move(5 * time.Minute)
	d.wantLines("a scan later", "change held", 1)
	d.wantLines("a scan later", "x.md:", 1)
}

// A source that has no schedule is scanned when something is seen, also where its folder came later.
func TestWatching(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.must(os.Remove(n.path("articles")))
	d := runDaemon(n, func(c *engine.Config) {
		c.Sources[0].Schedule, c.Sources[0].Watched = nil, n.settings.Sources[0].Source.(*files.Source)
	})
	d.wantLines("no folder", "source not read", 1)
	n.write("가/a.md", article("하나", "본문"))
	d.wantFeed("the folder came", "하나")
	n.write("나/b.md", article("둘", "본문"))
	d.wantFeed("a new folder", "둘")
	n.write("나/c.jpg", "셋")
	n.rename("나/b.md", "가/넷.md")
	d.wantFeed("a move", "/%EA%B0%80/%EB%84%B7/")
	n.write("가/a.md", article("다섯", "본문"))
	d.wantFeed("an edit", "다섯")
}

// runWatching returns a running engine whose only hope of seeing a change is its watcher.
func runWatching(n *newsroom) *daemon {
	return runDaemon(n, func(c *engine.Config) {
		c.Sources[0].Schedule, c.Sources[0].Watched = every(24*time.Hour), n.settings.Sources[0].Source.(*files.Source)
	})
}

// What is saved in a folder that was renamed is seen.
func TestARenamedFolderIsWatched(t *testing.T) {
	n := newNewsroom(t)
	n.write("가/a.md", article("하나", "본문"))
	d := runWatching(n)
	d.wantFeed("at the start", "하나")
	for i, name := range []string{"나", "다", "라"} {
		from := []string{"가", "나", "다"}[i]
		n.must(os.Rename(n.path("articles", from), n.path("articles", name)))
		d.wantFeed("the rename to "+name, []string{"/%EB%82%98/a/", "/%EB%8B%A4/a/", "/%EB%9D%BC/a/"}[i])
		n.write(name+"/a.md", article("고침 "+name, "본문"))
		d.wantFeed("an edit in "+name, "고침 "+name)
	}
}

// A source's folder may be a link, and may be made to lead elsewhere.
func TestALinkedFolderIsWatched(t *testing.T) {
	n := newNewsroom(t)
	n.must(os.MkdirAll(n.path("releases", "1"), 0o755))
	n.must(os.MkdirAll(n.path("releases", "2"), 0o755))
	n.must(os.RemoveAll(n.path("articles")))
	n.must(os.Symlink(n.path("releases", "1"), n.path("articles")))
	n.write("a.md", article("하나", "본문"))
	d := runWatching(n)
	d.wantFeed("at the start", "하나")
	n.write("a.md", article("고침", "본문"))
	d.wantFeed("an edit behind the link", "고침")
	n.must(os.WriteFile(n.path("releases", "2", "a.md"), []byte(article("새 판", "본문")), 0o644))
	n.must(os.Symlink(n.path("releases", "2"), n.path("next")))
	n.must(os.Rename(n.path("next"), n.path("articles")))
	d.wantFeed("the link leads elsewhere", "새 판")
	n.write("a.md", article("새 판, 고침", "본문"))
	d.wantFeed("an edit there", "새 판, 고침")
}

// The files of a Kubernetes volume are links over "..data", in whose place a new version is put.
func TestAVolumeIsWatched(t *testing.T) {
	n := newNewsroom(t)
	version := func(name, title string) {
		n.must(os.MkdirAll(n.path("articles", name), 0o755))
		n.must(os.WriteFile(n.path("articles", name, "a.md"), []byte(article(title, "본문")), 0o644))
		n.must(os.Symlink(name, n.path("articles", "..next")))
		n.must(os.Rename(n.path("articles", "..next"), n.path("articles", "..data")))
	}
	version("..1", "하나")
	n.must(os.Symlink("..data/a.md", n.path("articles", "a.md")))
	d := runWatching(n)
	d.wantFeed("at the start", "하나")
	version("..2", "둘")
	d.wantFeed("a new version", "둘")
}

// theseSettings are what the daemons of tests work with.
func theseSettings() []engine.Setting {
	return []engine.Setting{{Key: "notify.delay", Value: "30s"}, {Key: "site.title", Value: "새벽신문"}, {Key: "sources[0].headers.Authorization", Value: "Bearer 123", Secret: true}}
}

// sealed is settings in a request; those that are given go before the daemon's.
func sealed(t testing.TB, others ...engine.Setting) engine.Sealed {
	t.Helper()
	s, err := engine.Seal(append(theseSettings(), others...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
