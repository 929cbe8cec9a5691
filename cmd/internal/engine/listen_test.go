package engine_test

import (
	"context"
	"os"
	"testing"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/source/files"
	"herald/source/reader"
)

// callingFolder is a folder whose owner calls when something changed.
type callingFolder struct {
	*files.Source
	calls chan struct{}
}

// Listen hands on calls.
func (c *callingFolder) Listen(ctx context.Context, changed func()) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-c.calls:
			changed()
		}
	}
}

// A source is scanned when its origin says that something changed, long before its schedule does.
func TestAnOriginThatCallsIsScannedAtOnce(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.must(os.MkdirAll(n.path("calling"), 0o755))
	src, err := files.New(files.Config{Root: n.path("calling"), Place: "calling", Reading: reader.Reading{Pattern: "/calling/:path/"}, Now: later})
	n.must(err)
	c := &callingFolder{Source: src, calls: make(chan struct{})}
	n.tweak = append(n.tweak, func(s *settings) {
		s.Sources = append(s.Sources, intake.Source{Name: "calling", Source: c, ReadAs: src.ReadAs()})
	})
	n.open()
	n.write("a.md", article("가까이", "본문"))
	d := runDaemon(n, func(e *engine.Config) { e.Sources[1].Watched, e.Sources[1].Calling = nil, c })
	d.wantFeed("at the start", "가까이")
	n.must(os.WriteFile(n.path("calling", "b.md"), []byte(article("부름", "본문")), 0o644))
	c.calls <- struct{}{}
	d.wantFeed("after a call", "부름")
}
