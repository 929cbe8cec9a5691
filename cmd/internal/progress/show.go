package progress

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"herald/cmd/internal/words"
)

const (
	barAfter  = time.Second            // work that ends sooner shows nothing
	lineEvery = 10 * time.Second       // where no bar can be drawn
	lookEvery = 200 * time.Millisecond // so often the bar is drawn anew
)

// Config is what a Show works with.
type Config struct {
	Stdout, Stderr io.Writer
	Env            []string // TERM and NO_COLOR count
	Now            func() time.Time
	Lang           words.Language      // of what a terminal shows; the log stays in English
	Hide           func([]byte) []byte // takes secrets out of what is shown; nil: there are none
}

// Show shows a Meter on stderr. On a terminal it is a bar that appears when the work lasts longer than a second, and goes before
// anything else is printed; on one that cannot erase (TERM is dumb or not set) it is a line every ten seconds. Where stderr is no
// terminal nothing is shown, and the line goes to Log.
type Show struct {
	// Stdout and Stderr are what all else is to be printed to: the bar makes room for it. They may be used from several goroutines at once.
	Stdout, Stderr io.Writer

	config   Config
	meter    *Meter
	terminal terminal // stderr
	isOne    bool     // it is one
	erases   bool     // and a bar may be drawn on it
	colour   bool

	mu    sync.Mutex
	log   *slog.Logger // nil: nobody is told
	drawn bool         // a bar stands in the terminal's last line
	open  bool         // somebody else's line stands there, without its end
	over  bool         // the report has begun

	since time.Time // when the work began; zero: it rests
	said  time.Time // when the last line was printed
	step  *Step     // that was shown last
	from  time.Time // when it was shown first
	base  int64     // and what it had done then
}

// NewShow returns a Show of a Meter of its own. It prints nothing before Start.
func NewShow(c Config) *Show {
	s := &Show{config: c, meter: NewMeter()}
	s.terminal, s.isOne = terminalOf(c.Stderr)
	term := variable(c.Env, "TERM")
	s.erases = s.isOne && term != "" && term != "dumb"
	s.colour = s.erases && variable(c.Env, "NO_COLOR") == "" // https://no-color.org: set and not empty
	_, alike := terminalOf(c.Stdout)
	s.Stdout, s.Stderr = &writer{show: s, to: c.Stdout, ends: alike, shared: alike}, &writer{show: s, to: c.Stderr, shared: s.isOne}
	return s
}

// variable returns the value of a variable of an environment.
func variable(env []string, name string) (value string) {
	for _, one := range env {
		if v, is := strings.CutPrefix(one, name+"="); is {
			value = v
		}
	}
	return value
}

// LogTo has the lines of work that no terminal shows go to log, at level info, from then on.
func (s *Show) LogTo(log *slog.Logger) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = log
}

// Start shows what is done under the context that it returns, until stop is called or ctx ends. stop waits until nothing is shown
// any more, and leaves the terminal clean.
func (s *Show) Start(ctx context.Context) (work context.Context, stop func()) {
	showing, cancel := context.WithCancel(ctx)
	var ended sync.WaitGroup
	ended.Go(func() { s.run(showing) })
	return With(ctx, s.meter), func() { cancel(); ended.Wait() }
}

// run looks at the meter while there is work, and sleeps while there is none.
func (s *Show) run(ctx context.Context) {
	defer s.erase()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.meter.woken:
		}
		tick := time.NewTicker(lookEvery)
		for s.look() {
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
		}
		tick.Stop()
	}
}

// look shows what is to be shown now, and reports whether there is work.
func (s *Show) look() bool {
	step, now := s.meter.current(), s.config.Now()
	if step == nil {
		s.since = time.Time{}
		s.erase()
		return false
	}
	if s.since.IsZero() {
		s.since, s.said, s.step = now, now, nil
	}
	state := s.state(step, now)
	switch {
	case s.erases && now.Sub(s.since) >= barAfter:
		s.draw(state)
	case !s.erases && now.Sub(s.said) >= lineEvery:
		s.said = now
		s.tell(state)
	}
	return true
}

// state returns how far a step is.
func (s *Show) state(step *Step, now time.Time) State {
	done, total := step.counts()
	if s.step != step {
		s.step, s.from, s.base = step, now, done
	}
	work := step.text
	if strings.Contains(work, "%s") {
		work = strings.ReplaceAll(work, "%s", step.of)
	}
	said := s.config.Lang.Word(step.text)
	if strings.Contains(step.text, "%s") {
		said = s.config.Lang.Say(step.text, step.of)
	}
	state := State{lang: s.config.Lang, said: said, Work: work, Unit: step.unit, Done: done, Total: total, Spent: now.Sub(s.since)}
	if took := now.Sub(s.from); took >= barAfter/2 {
		state.Rate = float64(done-s.base) / took.Seconds()
	}
	return state
}

// tell prints a line where no bar can be.
func (s *Show) tell(state State) {
	s.mu.Lock()
	log := s.log
	if !s.isOne {
		s.mu.Unlock() // the log may be written through Stderr
		if log != nil {
			log.Info("working", "work", state.Work, "done", state.Done, "total", state.Total, "counted", state.Unit, "since", state.Spent.Round(time.Second).String())
		}
		return
	}
	defer s.mu.Unlock()
	if !s.open && !s.over {
		_, _ = s.config.Stderr.Write(append(s.hidden(state.Line()), '\n'))
	}
}

// draw draws the bar over the one that stands, unless somebody else's line does or we are in the background.
func (s *Show) draw(state State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open || s.over || !s.terminal.ours() {
		return
	}
	s.drawn = true
	line := s.hidden(state.bar(s.terminal.columns()-1, s.colour))
	_, _ = s.config.Stderr.Write(append(append([]byte("\r"), line...), eraseRest...))
}

func (s *Show) hidden(line string) []byte {
	if s.config.Hide == nil {
		return []byte(line)
	}
	return s.config.Hide([]byte(line))
}

const eraseRest = "\x1b[K" // of the line, behind the cursor

func (s *Show) erase() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.eraseLocked()
}

func (s *Show) eraseLocked() {
	if s.drawn {
		s.drawn = false
		_, _ = io.WriteString(s.config.Stderr, "\r"+eraseRest)
	}
}

// writer writes what is no progress.
type writer struct {
	show   *Show
	to     io.Writer
	shared bool // the bar may stand where it writes
	ends   bool // once it has written, no bar is drawn any more
}

func (w *writer) Write(p []byte) (int, error) {
	s := w.show
	s.mu.Lock()
	defer s.mu.Unlock()
	s.eraseLocked()
	s.over = s.over || w.ends
	if w.shared && len(p) > 0 {
		s.open = p[len(p)-1] != '\n'
	}
	return w.to.Write(p)
}
