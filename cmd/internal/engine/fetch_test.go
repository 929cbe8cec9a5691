package engine_test

import (
	"context"
	"iter"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/source/files"
	"herald/source/reader"
)

// remoteFolder is a folder that is read over a slow network: what it holds is known once it was asked, and answered.
type remoteFolder struct {
	*files.Source
	asked   atomic.Int64
	answers chan struct{} // one for each answer; closed: at once
	known   atomic.Int64  // entries that were applied before
}

// Fetch waits for an answer.
func (r *remoteFolder) Fetch(ctx context.Context, seen iter.Seq2[string, string]) {
	r.asked.Add(1)
	select {
	case <-ctx.Done():
		return
	case <-r.answers:
	}
	r.known.Store(0)
	for key, fingerprint := range seen {
		for e, err := range r.List(ctx) {
			if err == nil && e.Key == key && e.Fingerprint == fingerprint {
				r.known.Add(1)
			}
		}
	}
}

// remotely adds a source that is read over a network to a newsroom.
func remotely(n *newsroom) *remoteFolder {
	n.t.Helper()
	n.must(os.MkdirAll(n.path("remote"), 0o755))
	src, err := files.New(files.Config{Root: n.path("remote"), Place: "remote", Reading: reader.Reading{Pattern: "/remote/:path/"}, Now: later})
	n.must(err)
	r := &remoteFolder{Source: src, answers: make(chan struct{}, 10)}
	n.tweak = append(n.tweak, func(s *settings) {
		s.Sources = append([]intake.Source{{Name: "remote", Source: r, ReadAs: src.ReadAs()}}, s.Sources...)
	})
	n.open()
	return r
}

// The sources behind one whose origin does not answer are read, published and watched all the same.
func TestAnOriginThatDoesNotAnswerDelaysNoOther(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	r := remotely(n)
	n.write("a.md", article("가까이", "본문"))
	n.must(os.WriteFile(n.path("remote", "b.md"), []byte(article("멀리", "본문")), 0o644))
	d := runDaemon(n, func(c *engine.Config) { c.Sources[0].Fetched = true })
	d.wantFeed("while the origin does not answer", "가까이")
	d.wantLines("while the origin does not answer", "source=remote", 0)
	d.move(6 * time.Minute)
	d.wantLines("by schedule", `nothing changed" source=articles`, 1)
	if got := r.asked.Load(); got != 1 {
		t.Errorf("asked %d times while the first question waits, want once", got)
	}
	r.answers <- struct{}{}
	d.wantFeed("once it answers", "멀리")
	d.move(6 * time.Minute)
	r.answers <- struct{}{}
	d.wantLines("by schedule, once it answers", `nothing changed" source=remote`, 1)
	if got := r.known.Load(); got != 1 {
		t.Errorf("got %d entries that were applied before, want one", got)
	}
}

// What is told of a change while the origin is being asked may be later than its answer: it is asked once more, and no more than that.
func TestAChangeThatIsToldWhileTheOriginIsAskedIsSeen(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	r := remotely(n)
	n.must(os.WriteFile(n.path("remote", "b.md"), []byte(article("멀리", "본문")), 0o644))
	d := runDaemon(n, func(c *engine.Config) { c.Sources[0].Fetched = true })
	asked := func(want int64) {
		t.Helper()
		for end := time.Now().Add(time.Minute); r.asked.Load() < want && time.Now().Before(end); {
			time.Sleep(10 * time.Millisecond)
		}
		if got := r.asked.Load(); got != want {
			t.Fatalf("asked %d times, want %d", got, want)
		}
	}
	asked(1)
	for range 3 {
		if !d.runs.ScanNow("remote", nil) {
			t.Fatal("got no such source, want it scanned")
		}
	}
	r.answers <- struct{}{}
	asked(2)
	r.answers <- struct{}{}
	d.wantLines("once it was asked again", `nothing changed" source=remote`, 1)
	asked(2)
}

// A pass asks all origins before it begins.
func TestAPassAsksEachOriginOnce(t *testing.T) {
	n := newNewsroom(t)
	r := remotely(n)
	close(r.answers)
	n.must(os.WriteFile(n.path("remote", "b.md"), []byte(article("멀리", "본문")), 0o644))
	e := n.engine(func(c *engine.Config) { c.Sources[0].Fetched = true })
	if report := e.Build(t.Context(), engine.BuildOptions{}); report.Status != 0 || r.asked.Load() != 1 {
		t.Errorf("got status %d and %d questions, want 0 and 1", report.Status, r.asked.Load())
	}
}
