// Package engine decides when things happen: it scans sources by schedule and when their files
// change, publishes when an article changed or time has come, delivers notices when they are due,
// and does what other commands ask through the ledger.
//
// Scan, Publish and Deliver are level-triggered: each does what is due whenever it is called. The
// engine calls them and never does their work, so that a wake-up too many costs time only, and
// one too few is made good by the next schedule.
package engine

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// Schedule says when a source is scanned: Next returns the first moment after t, the zero time
// where there is none.
type Schedule interface {
	Next(t time.Time) time.Time
}

// Source is what the engine knows of an origin of articles.
type Source struct {
	Name     string
	Schedule Schedule       // nil: after the scan at the start only changes that are seen cause another
	Watched  source.Watched // nil: changes are seen by schedule only
	Calling  source.Calling // nil: it never says that something changed
	Hearing  source.Hearing // nil: what a request to scan it says is not looked at
	Fetched  bool           // it is a source.Fetching: its origin is asked beside all else
}

// Config is what an Engine works with. The fields without a remark must be set.
type Config struct {
	Sources  []Source // scanned in this order
	Pipeline *Pipeline

	Ledger   *ledger.Ledger // where holds lie and requests come in; nil: no requests are answered, and Approve must not be called
	Settings []Setting      // what all this was made from; a request that was made with others is refused

	Hide func(json []byte) []byte // takes secrets out of what a request is answered; nil: there are none

	Outputs string   // where documents are put, for reports; "": not said
	Served  string   // the address that readers are answered at, for reports; "": nothing is served
	Told    []string // who hears of changes, for reports; empty: nobody
	Sending Sending  // how, for reports

	Now func() time.Time // nil: time.Now
	Log *slog.Logger     // nil: nothing is logged
}

// Engine runs the pipeline. Build and Approve do one pass for a command; Run does all that is due
// until it is told to end, and answers requests for passes itself. A pass has its turn: nothing else is scanned or published
// meanwhile.
type Engine struct {
	config   Config
	work     chan struct{} // wakes the loop that scans and publishes
	delivery chan struct{} // wakes the loop that delivers
	question chan struct{} // wakes the loop that asks for URLs
	requests chan struct{} // wakes the loop that answers requests

	turn sync.Mutex // of who scans, publishes or adopts

	published      chan struct{} // wakes who watches the outputs
	outputsChanged atomic.Bool   // something else changed a published document
	arrived        atomic.Bool   // a URL answered 200 that was waited for, and nothing was published since

	seen    chan seenChanges         // from watchers
	scanned map[string]chan struct{} // by source: wakes who watches it, after a complete scan

	mu      sync.Mutex
	changes map[string]*pendingChanges // by source: what was seen and not yet scanned
	fetches map[string]bool            // by source whose origin is being asked, or was and the source is not yet scanned; true: it was

	daemon *Daemon // nil: the engine is a single command's
}

// New returns an Engine; it touches nothing yet.
func New(c Config) *Engine {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Hide == nil {
		c.Hide = func(json []byte) []byte { return json }
	}
	e := &Engine{
		seen: make(chan seenChanges), scanned: map[string]chan struct{}{},
		config: c, work: make(chan struct{}, 1), delivery: make(chan struct{}, 1), question: make(chan struct{}, 1),
		requests: make(chan struct{}, 1), published: make(chan struct{}, 1),
		changes: map[string]*pendingChanges{}, fetches: map[string]bool{},
	}
	for _, s := range c.Sources {
		e.scanned[s.Name] = make(chan struct{}, 1)
	}
	return e
}

// addChanges notes where sources should be looked at, and wakes the loop.
func (e *Engine) addChanges(seen map[string]*pendingChanges) {
	e.mu.Lock()
	for source, changes := range seen {
		if e.changes[source] == nil {
			e.changes[source] = &pendingChanges{}
		}
		e.changes[source].add(changes)
	}
	e.mu.Unlock()
	wake(e.work)
}

// ScanNow has a source scanned at once, whatever its schedule says, and returns before it is; false: there is no source of that name. body is what
// its origin says of the reason, perhaps nothing. It
// may be called from any goroutine.
func (e *Engine) ScanNow(name string, body []byte) bool {
	i := slices.IndexFunc(e.config.Sources, func(s Source) bool { return s.Name == name })
	if i < 0 {
		return false
	}
	if h := e.config.Sources[i].Hearing; h != nil {
		h.Hear(body)
	}
	e.addChanges(map[string]*pendingChanges{name: changedAnywhere()})
	return true
}

// takeChanges returns where a source was seen changing, and forgets it; nil is nowhere.
func (e *Engine) takeChanges(source string) *pendingChanges {
	e.mu.Lock()
	defer e.mu.Unlock()
	seen := e.changes[source]
	delete(e.changes, source)
	return seen
}

// wake makes a loop look at once; a loop that is about to look is not woken twice.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// sleep waits, and reports false where ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
