package engine_test

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/publish"
	"herald/source"
	"herald/source/remote"
)

// errBlown is what everything answers after a fuse has blown.
var errBlown = errors.New("the process is gone")

// fuse abandons a pass at one of its calls of a source, the output folder or a target. From then on
// every call fails. Where it kills, the ledger's files are kept as they were at that moment.
type fuse struct {
	mu    sync.Mutex
	left  int // calls; 0: not armed
	kills bool
	blown bool
	keep  func() error // copies the ledger's files
}

func (f *fuse) arm(calls int, kills bool) { f.left, f.kills, f.blown = calls, kills, false }

// call counts a call; not nil once the fuse has blown.
func (f *fuse) call() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.blown {
		return errBlown
	}
	if f.left == 0 {
		return nil
	}
	if f.left--; f.left > 0 {
		return nil
	}
	f.blown = true
	if f.kills {
		return errors.Join(errBlown, f.keep())
	}
	return errBlown
}

// fuseSource leads the calls of a source over a fuse. What else the source can do it can still.
func fuseSource(s source.Source, f *fuse) source.Source {
	fused := fusedSource{s, f}
	if w, is := s.(source.Watched); is {
		return struct {
			fusedSource
			source.Watched
		}{fused, w}
	}
	return fused
}

type fusedSource struct {
	source.Source
	*fuse
}

func (s fusedSource) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		for entry, err := range s.Source.List(ctx) {
			if blown := s.call(); blown != nil {
				yield(source.Entry{}, blown)
				return
			}
			if !yield(entry, err) {
				return
			}
		}
	}
}

func (s fusedSource) Stays(key string) bool {
	w, windowed := s.Source.(source.Windowed)
	return windowed && w.Stays(key)
}

func (s fusedSource) Changes() bool {
	i, may := s.Source.(source.Incremental)
	return may && i.Changes()
}

func (s fusedSource) Heed(said remote.Said) {
	if p, patient := s.Source.(remote.Patient); patient {
		p.Heed(said)
	}
}

func (s fusedSource) Said() (said remote.Said) {
	if p, patient := s.Source.(remote.Patient); patient {
		said = p.Said()
	}
	return said
}

func (s fusedSource) Fetch(ctx context.Context, seen iter.Seq2[string, string]) {
	if f, fetching := s.Source.(source.Fetching); fetching && s.call() == nil {
		f.Fetch(ctx, seen)
	}
}

func (s fusedSource) Left() string {
	if u, may := s.Source.(source.Unfinished); may {
		return u.Left()
	}
	return ""
}

func (s fusedSource) Recall(memory string, anew bool) {
	if r, remembers := s.Source.(source.Remembering); remembers {
		r.Recall(memory, anew)
	}
}

func (s fusedSource) Memory() string {
	if r, remembers := s.Source.(source.Remembering); remembers {
		return r.Memory()
	}
	return ""
}

func (s fusedSource) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := s.call(); err != nil {
		return nil, err
	}
	return s.Source.Load(ctx, key)
}

type fusedSink struct {
	publish.Sink
	*fuse
}

func (s fusedSink) Put(ctx context.Context, docs []publish.Document) error {
	for _, d := range docs {
		if err := s.call(); err != nil {
			return err
		}
		if err := s.Sink.Put(ctx, []publish.Document{d}); err != nil {
			return err
		}
	}
	return s.call()
}

func (s fusedSink) Remove(ctx context.Context, paths []string) error {
	for _, p := range paths {
		if err := s.call(); err != nil {
			return err
		}
		if err := s.Sink.Remove(ctx, []string{p}); err != nil {
			return err
		}
	}
	return s.call()
}

// fusedTransport leads requests to the world without a network. Only a fuse that kills blows here:
// an error alone is a target that fails, which others test.
type fusedTransport struct {
	*world
	*fuse
}

func (t fusedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.kills || t.blown {
		if err := t.call(); err != nil {
			return nil, err
		}
	}
	answer := httptest.NewRecorder()
	t.world.serve(answer, r)
	if t.kills || t.blown {
		if err := t.call(); err != nil {
			return nil, err
		}
	}
	return answer.Result(), nil
}

// keepState copies the ledger as a process that is killed now would leave it. What lies in shared
// memory is made anew.
func (h *history) keepState() error {
	for _, file := range h.stateFiles()[:2] {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(strings.Replace(file, "herald.db", "kept.db", 1), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// crash begins a pass and abandons it on the way; what it left is all that the next one has.
func (h *history) crash() {
	kills := h.rand.IntN(3) > 0
	h.fuse.arm(1+h.rand.IntN(25+len(h.model.facts)), kills)
	h.attempt()
	blown := h.fuse.blown
	h.fuse.arm(0, false)
	h.crashed = true
	if !blown || !kills {
		return
	}
	h.closeState()
	for _, file := range h.stateFiles()[:2] {
		h.must(os.Rename(strings.Replace(file, "herald.db", "kept.db", 1), file))
	}
	h.open()
}

// attempt is a pass that ends at its first error.
func (h *history) attempt() {
	origins := slices.Clone(h.conf.origins)
	for i := 0; i < len(origins); i++ {
		report, err := h.scan(origins[i].name, intake.ScanOptions{})
		if err != nil {
			return
		}
		if report.Contested && i < len(h.conf.origins) {
			origins = append(origins, origins[i]) // a later source may have freed what it wants
		}
	}
	if _, err := h.rooms.Publish(context.Background(), edition.PublishOptions{}); err != nil {
		return
	}
	_, _ = h.rooms.Deliver(context.Background(), outbox.DeliverOptions{})
}
