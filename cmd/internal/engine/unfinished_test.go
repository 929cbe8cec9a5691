package engine_test

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/source"
	"herald/source/files"
)

// byParts is a folder over a network that brings some more of its files with every Fetch.
type byParts struct {
	*files.Source
	step    int64
	brought atomic.Int64
	all     atomic.Int64 // files, of the last listing
}

// Fetch brings some more.
func (p *byParts) Fetch(context.Context, iter.Seq2[string, string]) { p.brought.Add(p.step) }

// List lists what was brought.
func (p *byParts) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		n, brought := int64(0), p.brought.Load()
		more := true
		for e, err := range p.Source.List(ctx) {
			if n++; more && (err != nil || n <= brought) {
				more = yield(e, err)
			}
		}
		p.all.Store(n)
	}
}

// Stays says that what was not brought is there all the same.
func (p *byParts) Stays(string) bool { return p.Left() != "" }

// Left says how much was brought.
func (p *byParts) Left() string {
	if n, all := p.brought.Load(), p.all.Load(); n < all {
		return fmt.Sprintf("%d of %d read", n, all)
	}
	return ""
}

// inParts has a newsroom's articles brought in parts.
func inParts(n *newsroom, step int64) *byParts {
	p := &byParts{step: step}
	n.tweak = append(n.tweak, func(s *settings) {
		p.Source = s.Sources[0].Source.(*files.Source)
		p.brought.Store(0)
		s.Sources[0].Source = p
		s.Sources[0].Undated = intake.Auto
	})
	n.open()
	return p
}

// fetchAndPass is a build.
func (n *newsroom) fetchAndPass() (*intake.ScanReport, *edition.PublishReport) {
	n.t.Helper()
	n.rooms.Fetch(context.Background(), "articles", intake.ScanOptions{})
	return n.pass()
}

// N9: While a source brings what it holds for the first time, nobody is told and the guard holds nothing, however much comes with each scan; an
// undated article is a page where an earlier scan found dated ones.
func TestN9AFirstCrawlIsQuietToItsEnd(t *testing.T) {
	n := newNewsroom(t)
	for i := range 360 {
		date := "date: 2026-01-02\n"
		if i >= 240 {
			date = ""
		}
		n.write(fmt.Sprintf("%03d.md", i), fmt.Sprintf("---\ntitle: 소식 %d\n%s---\n본문\n", i, date))
	}
	inParts(n, 120)
	for scan, want := range []string{"120 of 360 read", "240 of 360 read", ""} {
		got, pub := n.fetchAndPass()
		if got.Unfinished != want || got.First != (want == "") || got.Hold != nil || len(pub.Notices) != 0 || got.Removed != 0 || got.Articles != int64(120*(scan+1)) {
			t.Fatalf("scan %d: got %+v, %d notices, want %q, first %t, no hold, nobody told", scan, got, len(pub.Notices), want, want == "")
		}
		if scan == 2 && got.Pages != 120 {
			t.Errorf("got %d pages, want the 120 undated ones", got.Pages)
		}
	}
	n.write("new.md", article("새 소식", "본문"))
	if got, pub := n.fetchAndPass(); got.First || got.Added != 1 || len(pub.Notices) == 0 {
		t.Errorf("after that: got %+v, %d notices, want the new one told", got, len(pub.Notices))
	}
}

// I2: After a lost state nothing is published while a source has not brought all that standing documents may show.
func TestI2ALostStateWaitsForTheWholeCrawl(t *testing.T) {
	n := newNewsroom(t)
	for i := range 30 {
		n.write(fmt.Sprintf("%02d.md", i), article(fmt.Sprint("소식 ", i), "본문"))
	}
	n.pass()
	before := n.documents()
	inParts(n, 20)
	n.lose()
	n.now = n.now.Add(time.Minute)
	n.rooms.Fetch(t.Context(), "articles", intake.ScanOptions{})
	if _, err := n.rooms.Scan(t.Context(), "articles", intake.ScanOptions{}); err != nil {
		t.Fatal(err)
	}
	_, err := n.rooms.Publish(t.Context(), edition.PublishOptions{})
	if err == nil || !strings.Contains(err.Error(), "articles has not been read since") || !maps.Equal(before, n.documents()) {
		t.Errorf("got %v, want nothing published while articles are missing", err)
	}
	if got, pub := n.fetchAndPass(); got.Unfinished != "" || !maps.Equal(before, n.documents()) || len(pub.Notices) != 0 {
		t.Errorf("got %+v, want the same documents once all is there", got)
	}
}

// O3: run goes on at once while a source gets on, and as its schedule says once it does not.
func TestO3ACrawlGoesOnByItself(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for i := range 30 {
		n.write(fmt.Sprintf("%02d.md", i), article(fmt.Sprint("소식 ", i), "본문"))
	}
	p := inParts(n, 10)
	d := runDaemon(n, func(c *engine.Config) { c.Sources[0].Fetched, c.Sources[0].Watched = true, nil })
	const going = "not all is read yet"
	d.wantLines("at the start", going, 1)
	d.move(2 * time.Second)
	d.wantLines("a moment later", going, 2)
	p.brought.Store(10) // the next Fetch brings no more than the last
	d.move(2 * time.Second)
	d.wantLines("another moment later", going, 3)
	d.move(2 * time.Second)
	d.wantLines("where it does not get on", going, 3)
	d.move(5 * time.Minute)
	d.wantLines("by schedule", going, 3)
	d.wantFeed("by schedule", "소식 29")
}

// A build that could not bring all ends with 1, and says how far it got.
func TestABuildOfAPart(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", article("가", "본문"))
	n.write("b.md", article("나", "본문"))
	inParts(n, 1)
	e := n.engine(func(c *engine.Config) { c.Sources[0].Fetched = true })
	for _, want := range []int{engine.StatusNotDone, engine.StatusDone} {
		if r := e.Build(t.Context(), engine.BuildOptions{}); r.Status != want || (r.Sources[0].Unfinished != "") != (want != 0) {
			t.Errorf("got %d, %+v, want %d", r.Status, r.Sources[0], want)
		}
	}
}

// What is not read yet matches nothing in a feed that is adopted: the operator is told.
func TestAnAdoptionOfAPart(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", article("가", "본문"))
	n.write("b.md", article("나", "본문"))
	inParts(n, 1)
	e := n.engine(func(c *engine.Config) { c.Sources[0].Fetched = true })
	if r := e.Adopt(t.Context(), &adopt.Feed{}); r.Status != engine.StatusNotDone || !strings.Contains(strings.Join(r.Errors, ""), "articles: 1 of 2 read; what is not read yet matches nothing") {
		t.Errorf("got %d, %q, want 1, and how far the source got", r.Status, r.Errors)
	}
}
