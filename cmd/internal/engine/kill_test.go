package engine_test

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/publish"
	"herald/source"
	"herald/source/bucket/storetest"
)

// The test program runs itself as the process that dies.
const (
	killPoint = "HERALD_TEST_KILL_POINT"
	killDir   = "HERALD_TEST_KILL_DIR"
	killWorld = "HERALD_TEST_KILL_WORLD"
	killNow   = "HERALD_TEST_KILL_NOW"
)

func TestMain(m *testing.M) {
	if point := os.Getenv(killPoint); point != "" {
		if room, small := strings.CutPrefix(point, "room "); small {
			narrow(room)
		}
		dieAt(point)
		os.Exit(3) // it lived through: the point was never reached
	}
	code := m.Run()
	storetest.Stop()
	unbuild()
	os.Exit(code)
}

// narrow lets no file grow beyond so many bytes, as on a disk without room.
func narrow(room string) {
	signal.Ignore(syscall.SIGXFSZ)
	bytes, _ := strconv.ParseUint(room, 10, 64)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes}); err != nil {
		panic(err)
	}
}

// killPoints are the moments, in the order of a pass, at which the process is stopped: around every step
// that leaves a trace. What lies between two of them is one transaction or one system call.
func killPoints() []string {
	return []string{
		"before list", "in load", "after list", "after scan", "before put", "within put", "after put", "before remove", "after remove",
		"after publish", "before indexnow", "after indexnow", "before hub", "after hub", "after deliver",
	}
}

// lethal stops the process with SIGKILL where the wanted point is reached.
type lethal struct{ point string }

func (l lethal) at(point string) {
	if point == l.point {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

type lethalSource struct {
	source.Source
	lethal
}

func (s lethalSource) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		s.at("before list")
		s.Source.List(ctx)(yield)
		s.at("after list")
	}
}

func (s lethalSource) Load(ctx context.Context, key string) (*source.Article, error) {
	s.at("in load")
	return s.Source.Load(ctx, key)
}

type lethalSink struct {
	publish.Sink
	lethal
}

func (s lethalSink) Put(ctx context.Context, docs []publish.Document) error {
	s.at("before put")
	for _, d := range docs {
		if err := s.Sink.Put(ctx, []publish.Document{d}); err != nil {
			return err
		}
		s.at("within put")
	}
	s.at("after put")
	return nil
}

func (s lethalSink) Remove(ctx context.Context, paths []string) error {
	s.at("before remove")
	err := s.Sink.Remove(ctx, paths)
	s.at("after remove")
	return err
}

type lethalTransport struct{ lethal }

func (t lethalTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	name := strings.Trim(r.URL.Path, "/")
	t.at("before " + name)
	res, err := http.DefaultTransport.RoundTrip(r)
	t.at("after " + name)
	return res, err
}

// childTB is the test of the process that dies: whatever goes wrong ends it.
type childTB struct{ testing.TB }

func (childTB) Helper() {}
func (childTB) Fatal(args ...any) {
	fmt.Fprintln(os.Stderr, args...)
	os.Exit(4)
}
func (t childTB) Fatalf(format string, args ...any) { t.Fatal(fmt.Sprintf(format, args...)) }

// dieAt makes one pass over a newsroom that another process has set up, and dies on the way.
func dieAt(point string) {
	l := lethal{point}
	now, _ := time.Parse(time.RFC3339, os.Getenv(killNow))
	n := &newsroom{
		t: childTB{}, dir: os.Getenv(killDir), now: now, siteURL: base, tweak: killTweaks(),
		world: &world{Server: &httptest.Server{URL: os.Getenv(killWorld)}},
	}
	n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].Source = lethalSource{s.Sources[0].Source, l} })
	n.options = func(o *options) {
		o.Sink, o.Client = lethalSink{o.Sink, l}, &http.Client{Transport: lethalTransport{l}}
	}
	n.open()
	_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	n.must(err)
	l.at("after scan")
	_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	l.at("after publish")
	n.deliver()
	l.at("after deliver")
}

func killTweaks() []func(*settings) {
	return []func(*settings){func(s *settings) { s.Guard, s.Sitemap.URLsPerFile = nil, 4 }}
}

// TestKilledAtEveryStep stops a pass at each point: whatever stands is whole, the next pass brings
// everything up to a clean build, each change is told, and told twice only where the answer had
// come and was not yet written down.
func TestKilledAtEveryStep(t *testing.T) {
	for _, point := range killPoints() {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			killedAt(t, point)
		})
	}
}

func killedAt(t *testing.T, point string) {
	n := newNewsroom(t, killTweaks()...)
	for i := range 6 {
		n.write(fmt.Sprintf("2026-02-0%d-소식%d.md", i+1, i), article(fmt.Sprintf("마을 소식 %d", i), fmt.Sprintf("%d번째 장이 열렸다.", i)))
	}
	n.write("2026-01-01-새해.md", article("새해", "해가 떴다."))
	due := n.now.Add(10 * time.Minute)
	n.write("예고.md", fmt.Sprintf("---\ntitle: 예고\ndate: %s\n---\n\n내일 눈이 온다.\n", due.Format(time.RFC3339)))
	n.pass()
	n.deliver()
	n.world.heard()

	n.write("2026-02-01-소식0.md", article("마을 소식 0", "장이 닫혔다."))
	n.write("2026-02-20-새.md", article("새 소식", "다리가 놓였다."))
	n.rename("2026-02-03-소식2.md", "2026-02-03-이름.md")
	n.remove("2026-01-01-새해.md") // its month's sitemap goes with it
	n.now = due.Add(time.Minute)
	n.die(point)
	n.wholeDocuments()

	n.open()
	n.pass()
	n.deliver()
	n.wholeDocuments()
	n.sameAsClean()
	n.toldOnceOrTwice(point)
	if _, pub := n.pass(); pub.Edition != 0 || len(pub.Notices) > 0 {
		t.Errorf("not idle afterwards: %+v", pub)
	}
}

// die runs one pass in a process of its own, which must be killed at the point.
func (n *newsroom) die(point string) {
	n.t.Helper()
	n.must(n.ledger.Close())
	n.ledger = nil
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), killPoint+"="+point, killDir+"="+n.dir, killWorld+"="+n.world.URL, killNow+"="+n.now.Format(time.RFC3339))
	cmd.Stderr = os.Stderr
	err := cmd.Run()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
		n.t.Fatalf("the process was not killed %s: %v", point, err)
	}
}

// at returns the URL of a file name.
func at(name string) string { return base + "/" + url.PathEscape(name) + "/" }

// toldOnceOrTwice checks what the world heard since the changes were made.
func (n *newsroom) toldOnceOrTwice(point string) {
	n.t.Helper()
	urls, topics := n.world.heard()
	counts := map[string]int{}
	for _, u := range append(urls, topics...) {
		counts[u]++
	}
	want := []string{
		at("소식0"), at("소식2"), at("새"), at("이름"), at("새해"), at("예고"),
		base + "/feed.xml", base + "/atom.xml", base + "/feed.json",
	}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(counts)); !slices.Equal(got, want) {
		n.t.Errorf("told %q, want %q", got, want)
	}
	// Targets are told beside each other: while one is being told, another may have answered.
	twice := strings.HasSuffix(point, " indexnow") || strings.HasSuffix(point, " hub")
	for u, times := range counts {
		if times > 2 || times == 2 && !twice {
			n.t.Errorf("%s was told %d times", u, times)
		}
	}
}
