package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/service"
)

// endWithin is how long the daemon waits for its parts once it has been told to end.
const endWithin = 9 * time.Second

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "run",
		Example: "  herald run\n  herald run --log-format json",
		Short:   "The daemon: scan, watch, publish, serve and tell, until it is told to end",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.daemon(cmd.Context()) },
	}
}

func (a *app) daemon(ctx context.Context) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	var held *statefile.LockedError
	p, err := a.openWriting(ctx, w)
	if errors.As(err, &held) {
		return notDone(fmt.Errorf("%w; one instance works with a state", held))
	}
	if err != nil {
		return err
	}
	listener, err := p.listen(ctx)
	if err != nil {
		return notDone(errors.Join(err, p.close()))
	}
	operators, err := p.listenAdmin(ctx)
	if err != nil {
		return notDone(errors.Join(err, p.close()))
	}
	if !p.runParts(ctx, listener, operators) {
		a.log.Warn("a part did not end in time; what it did is taken up at the next start")
		return nil
	}
	if err := p.close(); err != nil {
		return notDone(err)
	}
	a.log.Info("ended")
	return nil
}

// listen opens the port for readers; nil where nothing is served.
func (p *pipeline) listen(ctx context.Context) (net.Listener, error) {
	c, log := p.wiring.config, p.app.log
	if len(p.wiring.toldBy()) == 0 {
		log.Info("nobody is told: the config has no notify")
	}
	if c.Serve.Listen == "" {
		log.Info("nothing is served: the config has no serve")
		return nil, nil
	}
	l, err := service.Listen(ctx, "serve", c.Serve.Listen)
	if err != nil {
		return nil, fmt.Errorf("serve %s: %w", c.Serve.Listen, err)
	}
	log.Info("serving", "address", l.Addr().String())
	return l, nil
}

// runParts runs everything until ctx ends; false where a part does not end in time.
func (p *pipeline) runParts(ctx context.Context, readers, operators net.Listener) bool {
	parts := []func(context.Context){p.engine.Run, p.app.answerHangups, func(ctx context.Context) { service.Run(ctx, p.alive, p.app.log) }}
	if readers != nil {
		parts = append(parts, func(ctx context.Context) { p.serve(ctx, readers) })
	}
	if operators != nil {
		parts = append(parts, func(ctx context.Context) { p.serveAdmin(ctx, operators) })
	}
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(func() { part(ctx) })
	}
	ended := make(chan struct{})
	go func() { all.Wait(); close(ended) }()
	<-ctx.Done()
	p.app.log.Info("ending", "cause", context.Cause(ctx))
	last := time.NewTimer(endWithin)
	defer last.Stop()
	select {
	case <-ended:
		return true
	case <-last.C:
		return false
	}
}

// answerHangups answers SIGHUP, which elsewhere means that the config is read again.
func (a *app) answerHangups(ctx context.Context) {
	got := make(chan os.Signal, 1)
	signal.Notify(got, syscall.SIGHUP)
	defer signal.Stop(got)
	for {
		select {
		case <-ctx.Done():
			return
		case <-got:
			a.log.Warn("reading the config again is not in this version; restart to take up a change")
		}
	}
}
