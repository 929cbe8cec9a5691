// Package progress counts what long work has done, and shows it to who sits at a terminal.
//
// Rooms count: a Meter travels with the context of a command, as remote.Scheduled does, and each part of the work that may
// last is a Step of it. Show draws the step that began last. Counting is one addition to an atomic number; where a context
// bears no Meter nothing is counted.
package progress

import (
	"context"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"herald/source"
)

// Meter holds the steps of work that are under way. A nil Meter holds none. It may be used from several goroutines at once.
type Meter struct {
	mu    sync.Mutex
	steps []*Step       // in the order in which they were begun
	woken chan struct{} // bears a value once a step was begun while there was none
}

// NewMeter returns a Meter without steps.
func NewMeter() *Meter { return &Meter{woken: make(chan struct{}, 1)} }

// Step is one part of the work. A nil Step counts nothing. It may be used from several goroutines at once.
type Step struct {
	meter *Meter
	text  string // with one %s for of, or none
	of    string
	unit  string // of what is counted, in the plural; "": nothing is

	done, total atomic.Int64
	ask         func() (done, total int64) // nil: it is told
}

type key struct{}

// With returns a context whose work counts in m.
func With(ctx context.Context, m *Meter) context.Context { return context.WithValue(ctx, key{}, m) }

// Begin begins a step of the work of ctx: text says what is done, with a %s where of is to stand ("" of: there is none); unit is what
// it counts, in the plural ("": nothing). It is to be ended.
func Begin(ctx context.Context, text, of, unit string) *Step {
	m, _ := ctx.Value(key{}).(*Meter)
	return m.begin(&Step{meter: m, text: text, of: of, unit: unit})
}

// Asking begins the step of a source that asks its origin. One that counts (source.Counting) is asked how far it is whenever that is
// shown.
func Asking(ctx context.Context, name string, from source.Fetching) *Step {
	m, _ := ctx.Value(key{}).(*Meter)
	s := &Step{meter: m, text: "asking %s", of: name, unit: "pages"}
	if c, counts := from.(source.Counting); counts {
		s.ask = c.Fetched
	}
	return m.begin(s)
}

// Reading begins the step of a text that is read through the reader that it returns; of a regular file it is known how much there is.
func Reading(ctx context.Context, what string, in io.Reader) (io.Reader, *Step) {
	s := Begin(ctx, what, "", "kB")
	if file, is := in.(*os.File); is {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			s.Expect(info.Size() / kilo)
		}
	}
	return &reader{from: in, step: s}, s
}

const kilo = 1000

type reader struct {
	from io.Reader
	step *Step
	rest int64 // bytes that are no kB yet
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	r.rest += int64(n)
	r.step.Add(r.rest / kilo)
	r.rest %= kilo
	return n, err
}

func (m *Meter) begin(s *Step) *Step {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	m.steps = append(m.steps, s)
	first := len(m.steps) == 1
	m.mu.Unlock()
	if first {
		select {
		case m.woken <- struct{}{}:
		default:
		}
	}
	return s
}

// End ends the step. A second call does nothing.
func (s *Step) End() {
	if s == nil {
		return
	}
	s.meter.mu.Lock()
	defer s.meter.mu.Unlock()
	s.meter.steps = slices.DeleteFunc(s.meter.steps, func(other *Step) bool { return other == s })
}

// Add counts n more as done.
func (s *Step) Add(n int64) {
	if s != nil {
		s.done.Add(n)
	}
}

// Expect says how much there is to do in all; 0: nobody knows.
func (s *Step) Expect(total int64) {
	if s != nil {
		s.total.Store(total)
	}
}

// ExpectMore adds to what there is to do.
func (s *Step) ExpectMore(n int64) {
	if s != nil {
		s.total.Add(n)
	}
}

// counts returns how much of a step is done, and of how much; 0: nobody knows.
func (s *Step) counts() (done, total int64) {
	if s.ask != nil {
		return s.ask()
	}
	return s.done.Load(), s.total.Load()
}

// current returns the step that was begun last of those under way; nil: the meter is at rest.
func (m *Meter) current() *Step {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.steps) == 0 {
		return nil
	}
	return m.steps[len(m.steps)-1]
}
