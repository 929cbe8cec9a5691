package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/serve"
)

// lastMoment is how long the daemon waits for its parts once it has been told to end.
const lastMoment = 9 * time.Second

// daemon is run: the pipeline called in time, a web server and a watcher beside it.
type daemon struct {
	*house
	mail    chan struct{} // wakes the engine
	notices chan struct{} // wakes the deliverer

	mu    sync.Mutex
	dirty map[string]*dirt // by source: where somebody has seen a change
}

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "The daemon: scan, watch, publish, serve and tell, until it is told to end",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.daemon(cmd.Context()) },
	}
}

func (a *app) daemon(ctx context.Context) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	var held *ledger.LockedError
	h, err := a.openWriting(ctx, w)
	if errors.As(err, &held) {
		return notDone(fmt.Errorf("%w; one instance works with a state", held))
	}
	if err != nil {
		return err
	}
	d := &daemon{house: h, mail: make(chan struct{}, 1), notices: make(chan struct{}, 1), dirty: map[string]*dirt{}}
	listener, err := d.listen(ctx)
	if err != nil {
		return notDone(errors.Join(err, h.close()))
	}
	if !d.runParts(ctx, listener) {
		a.log.Warn("a part did not end in time; what it did is taken up at the next start")
		return nil
	}
	if err := h.close(); err != nil {
		return notDone(err)
	}
	a.log.Info("ended")
	return nil
}

// listen opens the port for readers; nil where nothing is served.
func (d *daemon) listen(ctx context.Context) (net.Listener, error) {
	if len(toldBy(d.config.Notify)) == 0 {
		d.app.log.Info("nobody is told: the config has no notify")
	}
	if d.config.Serve.Listen == "" {
		d.app.log.Info("nothing is served: the config has no serve")
		return nil, nil
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", d.config.Serve.Listen)
	if err != nil {
		return nil, fmt.Errorf("serve %s: %w", d.config.Serve.Listen, err)
	}
	d.app.log.Info("serving", "address", l.Addr().String())
	return l, nil
}

// runParts runs everything until ctx ends; false where a part does not end in time.
func (d *daemon) runParts(ctx context.Context, l net.Listener) bool {
	parts := []func(context.Context){d.engine, d.deliverer, d.hangups}
	if watch := d.watcher(); watch != nil {
		parts = append(parts, watch)
	}
	if l != nil {
		parts = append(parts, func(ctx context.Context) { d.server(ctx, l) })
	}
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(func() { part(ctx) })
	}
	ended := make(chan struct{})
	go func() { all.Wait(); close(ended) }()
	<-ctx.Done()
	d.app.log.Info("ending", "cause", context.Cause(ctx))
	last := time.NewTimer(lastMoment)
	defer last.Stop()
	select {
	case <-ended:
		return true
	case <-last.C:
		return false
	}
}

func (d *daemon) server(ctx context.Context, l net.Listener) {
	if err := serve.Run(ctx, l, d.handler(), d.app.log); err != nil {
		d.app.log.Error("serving ended", "error", err)
	}
}

// hangups answers SIGHUP, which elsewhere means that the config is read again.
func (d *daemon) hangups(ctx context.Context) {
	got := make(chan os.Signal, 1)
	signal.Notify(got, syscall.SIGHUP)
	defer signal.Stop(got)
	for {
		select {
		case <-ctx.Done():
			return
		case <-got:
			d.app.log.Warn("reading the config again is not in this version; restart to take up a change")
		}
	}
}

// dirt is where a source was seen changing: in a few files, or anywhere.
type dirt struct {
	all  bool
	keys map[string]bool
}

// maxKeys is how many changed files are looked at one by one.
const maxKeys = 64

// add takes in what else was seen.
func (d *dirt) add(other *dirt) {
	d.all = d.all || other.all || len(d.keys)+len(other.keys) > maxKeys
	maps.Copy(d.keys, other.keys)
}

// changed notes where a source should be looked at, and wakes the engine.
func (d *daemon) changed(source string, where *dirt) {
	d.mu.Lock()
	if d.dirty[source] == nil {
		d.dirty[source] = &dirt{keys: map[string]bool{}}
	}
	d.dirty[source].add(where)
	d.mu.Unlock()
	wake(d.mail)
}

// takeDirty gives where a source was seen changing, and forgets it; nil is nowhere.
func (d *daemon) takeDirty(source string) *dirt {
	d.mu.Lock()
	defer d.mu.Unlock()
	was := d.dirty[source]
	delete(d.dirty, source)
	return was
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
