package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
	"herald/config"
)

// house is the pipeline with all that it stands on, open for one command.
type house struct {
	*wired
	app     *app
	ledger  *ledger.Ledger
	sink    edition.Sink
	edition *edition.Edition
	closers []func() error
}

// close gives everything back, the last taken first.
func (h *house) close() error {
	var all error
	for i := len(h.closers) - 1; i >= 0; i-- {
		all = errors.Join(all, h.closers[i]())
	}
	h.closers = nil
	return all
}

// load reads and maps the config and prints what is odd in it.
func (a *app) load() (*wired, error) {
	c, warnings, err := config.Load(a.configFile, config.Options{Env: a.env})
	for _, w := range warnings {
		fmt.Fprintf(a.stderr, "warning: %s\n", w)
	}
	if err != nil {
		return nil, wrong(err)
	}
	w, err := wire(c, a.configFile, a.now)
	if err != nil {
		return nil, wrong(err)
	}
	if w.digest, err = digestOf(c.File); err != nil {
		return nil, wrong(err)
	}
	return w, nil
}

// digestOf names the bytes of a config, so that the daemon sees that another one is meant.
func digestOf(file string) (string, error) {
	data, err := os.ReadFile(file)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), err
}

// openWriting takes the instance lock and opens everything for scanning and publishing. A
// *ledger.LockedError says that another process has it.
func (a *app) openWriting(ctx context.Context, w *wired) (*house, error) {
	state := w.config.State.Abs
	if err := os.MkdirAll(filepath.Dir(state), 0o755); err != nil {
		return nil, notDone(err)
	}
	lock, err := ledger.TryLock(state)
	if err != nil {
		return nil, notDone(err)
	}
	h := &house{wired: w, app: a, closers: []func() error{lock.Unlock}}
	dir, err := publish.OpenDir(w.config.Publish.To.Abs)
	if err != nil {
		return nil, notDone(errors.Join(err, h.close()))
	}
	h.sink = dir
	return h.openLedger(ctx, state)
}

// openReading opens the ledger beside whoever writes; fs.ErrNotExist where there is none yet.
func (a *app) openReading(ctx context.Context, w *wired) (*house, error) {
	state := w.config.State.Abs
	if !ledger.Exists(state) {
		return nil, notDone(fmt.Errorf("state %s: %w; herald build makes it", w.config.State.Written, fs.ErrNotExist))
	}
	h := &house{wired: w, app: a, sink: publish.View(w.config.Publish.To.Abs)}
	return h.openLedger(ctx, state)
}

// openDry opens a copy of the ledger and a sink that remembers writes only, so that the pipeline
// runs without touching anything.
func (a *app) openDry(ctx context.Context, w *wired) (*house, error) {
	temp, err := os.MkdirTemp("", "herald-plan-")
	if err != nil {
		return nil, notDone(err)
	}
	h := &house{wired: w, app: a, closers: []func() error{func() error { return os.RemoveAll(temp) }}}
	h.sink = edition.DryRun(publish.View(w.config.Publish.To.Abs))
	copied := filepath.Join(temp, "herald.db")
	if ledger.Exists(w.config.State.Abs) {
		if err := ledger.Copy(ctx, w.config.State.Abs, copied); err != nil {
			return nil, notDone(errors.Join(err, h.close()))
		}
	}
	return h.openLedger(ctx, copied)
}

func (h *house) openLedger(ctx context.Context, path string) (*house, error) {
	l, err := ledger.Open(ctx, path)
	if err != nil {
		return nil, notDone(errors.Join(err, h.close()))
	}
	h.ledger = l
	h.closers = append(h.closers, l.Close)
	h.edition = edition.New(edition.Options{
		Settings: h.settings, Ledger: l, Sink: h.sink, Now: h.app.now, Log: h.app.log,
		Client: noticeClient(h.config), UserAgent: "herald/" + version + " (+" + h.config.Site.URL + ")",
	})
	return h, nil
}

// dry opens a copy, runs f on it and clears up.
func (a *app) dry(ctx context.Context, f func(*house) error) error {
	return a.with(ctx, a.openDry, f)
}

// reading opens the ledger for reading, runs f and closes it.
func (a *app) reading(ctx context.Context, f func(*house) error) error {
	return a.with(ctx, a.openReading, f)
}

func (a *app) with(ctx context.Context, open func(context.Context, *wired) (*house, error), f func(*house) error) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	h, err := open(ctx, w)
	if err != nil {
		return err
	}
	err = f(h)
	if closed := h.close(); err == nil && closed != nil {
		return notDone(closed)
	}
	return err
}
