package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/claims"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/reload"
	"herald/cmd/internal/service"
)

// endWithin is how long the daemon waits for its parts once it has been told to end.
const endWithin = 9 * time.Second

// errReload ends the parts of a daemon whose config is another one now.
var errReload = errors.New("the config was changed")

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "The daemon: scan, watch, publish, serve and tell, until it is told to end",
		Long: "Scans every source once, then by schedule and as files change; publishes, serves and tells. An edit of the config is\n" +
			"taken up by itself, and on SIGHUP; one with a fault changes nothing and is logged. SIGTERM ends it with 0.",
		Example: "  herald run\n  herald run --log-format json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.daemon(cmd.Context()) },
	}
}

func (a *app) daemon(ctx context.Context) error {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	file := reload.Look(a.configFile)
	w, err := a.load()
	if err != nil {
		return err
	}
	c, err := claims.Claims{}.Claim(ctx, w.wants())
	if held := (*statefile.LockedError)(nil); errors.As(err, &held) {
		return notDone(fmt.Errorf("%w; one instance works with a state", held))
	}
	if err != nil {
		return notDone(err)
	}
	p, err := a.openLocked(ctx, w)
	var current atomic.Pointer[pipeline]
	if err == nil {
		defer a.tellManager(ctx, &current)()
	}
	for err == nil {
		current.Store(p)
		next, now, late := p.runParts(ctx, c, file, hangups)
		if late {
			a.log.Warn("a part did not end in time; what it did is taken up at the next start")
			return nil
		}
		current.Store(nil)
		if err = errors.Join(p.close(), c.Release(now)); err != nil || next == nil {
			break
		}
		before := p.wiring
		c, p = now, nil
		if p, err = a.reopen(ctx, before, next); err != nil && ctx.Err() != nil {
			err = nil // it was told to end meanwhile
			break
		}
	}
	if err := errors.Join(err, c.Release(claims.Claims{})); err != nil {
		return notDone(err)
	}
	a.log.Info("ended")
	return nil
}

// tellManager tells the service manager how the daemon is, until the function that it returns is called.
func (a *app) tellManager(ctx context.Context, current *atomic.Pointer[pipeline]) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	alive := func(ctx context.Context) error {
		if p := current.Load(); p != nil { // nil: it is just being opened
			return p.alive(ctx)
		}
		return nil
	}
	go func() { service.Run(ctx, alive, a.log); close(ended) }()
	return func() { cancel(); <-ended }
}

// reopen opens everything as a new config says; where that cannot be, as the one before did.
func (a *app) reopen(ctx context.Context, before, next *wiring) (*pipeline, error) {
	p, err := a.openLocked(ctx, next)
	if err == nil || next.state != before.state {
		return p, err
	}
	a.log.Error("config not taken up; herald goes on with the one before", "error", err)
	return a.openLocked(ctx, before)
}

// runParts runs everything until ctx ends or the config is another one, which is returned with the claims that it needs. late: some
// part goes on although it was told to end.
func (p *pipeline) runParts(ctx context.Context, c claims.Claims, file *reload.File, hangups <-chan os.Signal) (next *wiring, now claims.Claims, late bool) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if err := p.begin(ctx, c); err != nil {
		p.app.log.Error("not begun", "error", err)
		return nil, c, false
	}
	now = c
	parts := []func(context.Context){p.engine.Run, func(ctx context.Context) {
		file.Watch(ctx, hangups, func(cause string) bool {
			if next, now = p.reread(ctx, c, cause); next != nil {
				stop(errReload)
			}
			return next != nil
		})
	}}
	if l := c.Port(serveKey); l != nil {
		parts = append(parts, func(ctx context.Context) { p.serve(ctx, l) })
	}
	if l := c.Port(adminKey); l != nil {
		parts = append(parts, func(ctx context.Context) { p.serveAdmin(ctx, l) })
	}
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(func() { part(ctx) })
	}
	ended := make(chan struct{})
	go func() { all.Wait(); close(ended) }()
	<-ctx.Done()
	if errors.Is(context.Cause(ctx), errReload) {
		<-ended
		return next, now, false
	}
	p.app.log.Info("ending", "cause", context.Cause(ctx))
	last := time.NewTimer(endWithin)
	defer last.Stop()
	select {
	case <-ended:
		return nil, c, false
	case <-last.C:
		return nil, c, true
	}
}

// begin notes what this daemon is and says what it does not do.
func (p *pipeline) begin(ctx context.Context, c claims.Claims) error {
	log := p.app.log
	if len(p.wiring.toldBy()) == 0 {
		log.Info("nobody is told: the config has no notify")
	}
	if p.wiring.config.Serve.Listen == "" {
		log.Info("nothing is served: the config has no serve")
	}
	if l := c.Port(adminKey); l != nil {
		log.Info("answering operators", "address", l.Addr().String())
	}
	return p.engine.Become(ctx, engine.Daemon{PID: os.Getpid(), Served: c.Reachable(serveKey)})
}
