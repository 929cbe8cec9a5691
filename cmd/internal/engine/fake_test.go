package engine

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/outbox"
)

// rooms answers what the engine calls as a test says, and notes the calls.
type rooms struct {
	mu    sync.Mutex
	calls []string

	scan    func(source string) (*intake.ScanReport, error)
	look    func(source string, keys []string) (*intake.ScanReport, bool, error)
	publish func() (*edition.PublishReport, error)
	next    time.Time
	deliver func(o outbox.DeliverOptions) (*outbox.DeliverReport, error)
}

func (r *rooms) call(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls = append(r.calls, fmt.Sprintf(format, args...))
}

// taken returns the calls since it was last asked.
func (r *rooms) taken() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := strings.Join(r.calls, ", ")
	r.calls = nil
	return all
}

func (r *rooms) Scan(_ context.Context, source string, o intake.ScanOptions) (*intake.ScanReport, error) {
	r.call("scan %s%s", source, forced(o.Force))
	if r.scan != nil {
		return r.scan(source)
	}
	return &intake.ScanReport{Source: source}, nil
}

func (r *rooms) Look(_ context.Context, source string, keys []string) (*intake.ScanReport, bool, error) {
	r.call("look %s %s", source, strings.Join(keys, " "))
	if r.look != nil {
		return r.look(source, keys)
	}
	return &intake.ScanReport{Source: source}, true, nil
}

func (r *rooms) Publish(_ context.Context, o edition.PublishOptions) (*edition.PublishReport, error) {
	r.call("publish%s", forced(o.Force))
	if r.publish != nil {
		return r.publish()
	}
	return &edition.PublishReport{}, nil
}

func (r *rooms) Next(context.Context) (time.Time, error) { return r.next, nil }

func (r *rooms) Deliver(_ context.Context, o outbox.DeliverOptions) (*outbox.DeliverReport, error) {
	r.call("deliver")
	if r.deliver != nil {
		return r.deliver(o)
	}
	return &outbox.DeliverReport{}, nil
}

func forced(force bool) string {
	if force {
		return " by force"
	}
	return ""
}

// every is a schedule with a fixed interval.
type every time.Duration

func (e every) Next(t time.Time) time.Time { return t.Add(time.Duration(e)) }

// bench is an engine over rooms, with a clock and a log that a test reads.
type bench struct {
	rooms  *rooms
	engine *Engine
	now    time.Time
	log    *bytes.Buffer
}

func newBench(t *testing.T, r *rooms, change func(*Config)) *bench {
	t.Helper()
	b := &bench{rooms: r, now: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), log: &bytes.Buffer{}}
	c := Config{
		Sources:  []Source{{Name: "a", Schedule: every(5 * time.Minute)}, {Name: "b", Schedule: every(time.Hour)}},
		Pipeline: r,
		Outputs:  "/srv/public", Told: []string{"hub https://hub.example.org/"}, Served: ":8080",
		Now: func() time.Time { return b.now },
		Log: slog.New(slog.NewTextHandler(b.log, nil)),
	}
	if change != nil {
		change(&c)
	}
	b.engine = New(c)
	return b
}

// want compares the calls since the last look.
func (b *bench) want(t *testing.T, when, want string) {
	t.Helper()
	if got := b.rooms.taken(); got != want {
		t.Errorf("%s: got calls %q, want %q", when, got, want)
	}
}
