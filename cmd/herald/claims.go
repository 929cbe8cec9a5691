package main

import (
	"context"
	"errors"
	"net"
	"strings"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/serve"
	"herald/cmd/internal/service"
	"herald/config"
)

// The keys of the ports.
const (
	serveKey = "serve.listen"
	adminKey = "admin.listen"
)

// claims are what a daemon keeps while its config changes: the lock of its state, and its ports.
type claims struct {
	state string
	lock  *statefile.Lock
	ports map[string]claimed // by key
}

type claimed struct {
	address string
	port    *serve.Kept
}

// port returns the open port of a key, ready to be served on; nil: the config has none.
func (c claims) port(key string) net.Listener {
	p := c.ports[key].port
	if p == nil || p.Open() != nil {
		return nil
	}
	return p
}

// claim returns what a config needs: what c has of it, the rest newly taken. Where that cannot be, nothing is.
func (c claims) claim(ctx context.Context, w *wiring) (next claims, err error) {
	next = claims{state: w.state, lock: c.lock, ports: map[string]claimed{}}
	if c.lock == nil || c.state != w.state {
		if next.lock, err = lockState(w); err != nil {
			return c, err
		}
	}
	for key, address := range map[string]string{serveKey: w.config.Serve.Listen, adminKey: w.config.Admin.Listen} {
		if address == "" {
			continue
		}
		if has := c.ports[key]; has.address == address {
			next.ports[key] = has
			continue
		}
		l, err := openPort(ctx, key, address)
		if err != nil {
			return c, errors.Join(err, next.release(c))
		}
		next.ports[key] = claimed{address, l}
	}
	return next, nil
}

// openPort opens the port of a key, or takes the socket that a service manager has for it.
func openPort(ctx context.Context, key, address string) (*serve.Kept, error) {
	name, _, _ := strings.Cut(key, ".")
	l, err := service.Listen(ctx, name, address)
	if err != nil {
		return nil, serve.NotOpened(err, key, address)
	}
	return serve.Keep(l)
}

// release gives up what keep does not hold.
func (c claims) release(keep claims) (err error) {
	for key, has := range c.ports {
		if keep.ports[key] != has {
			err = errors.Join(err, has.port.End())
		}
	}
	if c.lock != nil && c.lock != keep.lock {
		err = errors.Join(err, c.lock.Unlock())
	}
	return err
}

// reread reads the config again. It returns a good one that is another, with its claims; nil: p goes on as it is.
func (p *pipeline) reread(ctx context.Context, c claims, cause string) (*wiring, claims) {
	log := p.app.log
	w, err := p.app.load()
	if faults := (config.Errors)(nil); errors.As(err, &faults) {
		for _, one := range faults {
			log.Error("config not taken up; herald goes on with the one before", "cause", cause, "fault", one.Error(), "line", one.Text)
		}
		return nil, c
	}
	if err != nil {
		log.Error("config not taken up; herald goes on with the one before", "cause", cause, "error", err)
		return nil, c
	}
	changed := engine.Differ(p.wiring.settings(), w.settings())
	if len(changed) == 0 {
		log.Info("config read again; nothing that counts has changed", "cause", cause)
		return nil, c
	}
	next, err := c.claim(ctx, w)
	if err != nil {
		log.Error("config not taken up; herald goes on with the one before", "cause", cause, "error", err)
		return nil, c
	}
	log.Info("config taken up", "cause", cause, "changed", changed)
	return w, next
}
