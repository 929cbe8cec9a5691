package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"herald/cmd/internal/claims"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/publish"
	"herald/cmd/internal/screen"
	"herald/cmd/internal/words"
	"herald/config"
	"herald/source/bucket"
)

// pipeline is the rooms with all that they stand on, open for one command.
type pipeline struct {
	app     *app
	wiring  *wiring
	ledger  *ledger.Ledger
	sink    publish.Sink
	rooms   rooms
	engine  *engine.Engine
	closers []func() error
}

// close closes everything, the last opened first.
func (p *pipeline) close() error {
	var all error
	for i := len(p.closers) - 1; i >= 0; i-- {
		all = errors.Join(all, p.closers[i]())
	}
	p.closers = nil
	return all
}

// load reads and maps the config and prints what is odd in it.
func (a *app) load() (*wiring, error) {
	var w *wiring
	o := a.tables.options()
	o.Secret = a.secrets.Add
	o.Env, o.Check = a.env, func(c *config.Config) (err error) { w, err = a.wire(c); return err }
	c, warnings, err := config.Load(a.configFile, o)
	for _, one := range warnings {
		screen.New(a.stderr, nil, a.lang).Printf("warning: %s", one)
	}
	if err != nil {
		return nil, wrong(err)
	}
	a.zone = c.Site.Timezone
	bucket.Secrets(a.secrets.Add)
	return w, nil
}

// moment returns how times stand in the sentences of reports: as on screens, or in UTC where a program reads them.
func (a *app) moment() func(time.Time) string {
	if a.json {
		return nil
	}
	return screen.New(io.Discard, a.zone, words.Language{}).Moment
}

// settings returns all that the daemon must have as this command has it: the config with what the environment and files put
// into it, where relative paths begin, and the program.
func (w *wiring) settings() []engine.Setting {
	dir, err := filepath.EvalSymlinks(w.config.Dir)
	if err != nil {
		dir = w.config.Dir
	}
	all := []engine.Setting{{Key: "the config's folder", Value: dir}, {Key: "the version of herald", Value: version}}
	for _, s := range w.config.Settings {
		all = append(all, engine.Setting{Key: s.Path, Value: s.Value, Secret: s.Secret})
	}
	return all
}

// openWriting takes the instance lock and opens everything for scanning and publishing. A
// *statefile.LockedError means that another process has it.
func (a *app) openWriting(ctx context.Context, w *wiring) (*pipeline, error) {
	lock, err := claims.Lock(w.state)
	if err != nil {
		return nil, notDone(err)
	}
	p, err := a.openLocked(ctx, w)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	p.closers = append([]func() error{lock.Unlock}, p.closers...)
	return p, nil
}

// openLocked is openWriting for who has the instance lock, and keeps it.
func (a *app) openLocked(ctx context.Context, w *wiring) (p *pipeline, err error) {
	p = &pipeline{wiring: w, app: a}
	a.narrow(w.state)
	if p.sink, err = openSink(w.config.Publish.To); err != nil {
		return nil, notDone(err)
	}
	return p.openLedger(ctx, ledger.Open, w.state)
}

// narrow lets nobody but its owner read the state, and says so where that changes something.
func (a *app) narrow(state string) {
	switch wider, err := statefile.Narrow(state); {
	case err != nil:
		a.log.Warn("others can read the state, or write it", "state", state, "error", err)
	case wider:
		a.log.Warn("others could read the state, or write it: now only its owner can", "state", state)
	}
}

// openReading opens the ledger beside whoever writes, without a trace; fs.ErrNotExist where there is none yet.
func (a *app) openReading(ctx context.Context, w *wiring) (*pipeline, error) {
	if !statefile.Exists(w.state) {
		return nil, notDone(fmt.Errorf("state %s: %w; herald build makes it", w.config.State.Written, fs.ErrNotExist))
	}
	p := &pipeline{wiring: w, app: a, sink: viewSink(w.config.Publish.To)}
	return p.openLedger(ctx, ledger.OpenReading, w.state)
}

// openDry opens a copy of the ledger and a sink that remembers writes only, so that the pipeline
// runs without touching anything.
func (a *app) openDry(ctx context.Context, w *wiring) (*pipeline, error) {
	return a.openCopy(ctx, w, w.state)
}

// openChecking is openDry; a state that cannot be read is as good as none.
func (a *app) openChecking(ctx context.Context, w *wiring) (*pipeline, error) {
	p, err := a.openDry(ctx, w)
	if err == nil || ctx.Err() != nil {
		return p, err
	}
	screen.New(a.stderr, nil, a.lang).Printf("warning: checked as if there were no state: %v", err)
	return a.openCopy(ctx, w, "")
}

func (a *app) openCopy(ctx context.Context, w *wiring, state string) (*pipeline, error) {
	w.dry = true
	p := &pipeline{wiring: w, app: a, sink: publish.DryRun(viewSink(w.config.Publish.To))}
	return p.openLedger(ctx, ledger.OpenCopy, state)
}

func (p *pipeline) openLedger(ctx context.Context, open func(context.Context, string) (*ledger.Ledger, error), path string) (*pipeline, error) {
	l, err := open(ctx, path)
	if err != nil {
		return nil, notDone(errors.Join(err, p.close()))
	}
	p.ledger = l
	p.closers = append(p.closers, l.Close)
	c := p.wiring.config
	p.rooms = p.wiring.openRooms(l, p.sink, p.app)
	p.engine = engine.New(engine.Config{
		Sources: p.wiring.engineSources(), Pipeline: p.rooms.pipeline,
		Ledger: l, Settings: p.wiring.settings(), Hide: p.app.secrets.Hide, Outputs: c.Publish.To.Abs, Served: c.Serve.Listen, Told: p.wiring.toldBy(), Sending: p.wiring.sending(),
		Now: p.app.now, Log: p.app.log,
	})
	return p, nil
}

// reading opens the ledger for reading, runs f and closes it.
func (a *app) reading(ctx context.Context, f func(*pipeline) error) error {
	return a.with(ctx, a.openReading, f)
}

func (a *app) with(ctx context.Context, open opener, f func(*pipeline) error) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	return a.open(ctx, w, open, f)
}

// opener is openWriting, openReading or openDry.
type opener func(context.Context, *wiring) (*pipeline, error)

// open opens the pipeline, runs f on it and closes it.
func (a *app) open(ctx context.Context, w *wiring, open opener, f func(*pipeline) error) error {
	p, err := open(ctx, w)
	if err != nil {
		return err
	}
	err = f(p)
	if closed := p.close(); err == nil && closed != nil {
		return notDone(closed)
	}
	return err
}
