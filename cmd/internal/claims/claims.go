// Package claims is what a daemon keeps while its config changes: the lock of its state, and its ports.
package claims

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/serve"
	"herald/cmd/internal/service"
)

// Wants is what a config needs.
type Wants struct {
	State string            // the file, as statefile.Resolve has returned it
	Ports map[string]string // address by the key of the config that names it ("serve.listen"); "": none
}

// Claims are what is held; the zero Claims are nothing.
type Claims struct {
	state string
	lock  *statefile.Lock
	ports map[string]claimed // by key
}

type claimed struct {
	address string
	port    *serve.Kept
}

// Lock takes the instance lock of a state, and makes the folder that it lies in. A *statefile.LockedError: another process has it.
func Lock(state string) (*statefile.Lock, error) {
	if err := os.MkdirAll(filepath.Dir(state), 0o755); err != nil {
		return nil, err
	}
	return statefile.TryLock(state)
}

// Claim returns what is wanted: what c has of it, the rest newly taken. Where something cannot be, c is returned and nothing taken.
func (c Claims) Claim(ctx context.Context, w Wants) (next Claims, err error) {
	next = Claims{state: w.State, lock: c.lock, ports: map[string]claimed{}}
	if c.lock == nil || c.state != w.State {
		if next.lock, err = Lock(w.State); err != nil {
			return c, err
		}
	}
	for key, address := range w.Ports {
		has, err := c.ports[key], error(nil)
		switch {
		case address == "":
			continue
		case has.port == nil || has.address != address:
			has = claimed{address: address}
			has.port, err = open(ctx, key, address)
		}
		if err != nil {
			return c, errors.Join(err, next.Release(c))
		}
		next.ports[key] = has
	}
	return next, nil
}

// open opens the port of a key, or takes the socket that a service manager has for it.
func open(ctx context.Context, key, address string) (*serve.Kept, error) {
	name, _, _ := strings.Cut(key, ".")
	l, err := service.Listen(ctx, name, address)
	if err != nil {
		return nil, serve.NotOpened(err, key, address)
	}
	return serve.Keep(l)
}

// Port returns the open port of a key, ready to be served on; nil: there is none.
func (c Claims) Port(key string) net.Listener {
	p := c.ports[key].port
	if p == nil || p.Open() != nil {
		return nil
	}
	return p
}

// Release closes what keep does not hold.
func (c Claims) Release(keep Claims) (err error) {
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

// Reachable returns the address of the port of a key as a browser on this machine opens it; "" where there is none.
func (c Claims) Reachable(key string) string {
	p := c.ports[key].port
	if p == nil {
		return ""
	}
	host, port, err := net.SplitHostPort(p.Addr().String())
	if err != nil {
		return p.Addr().String()
	}
	if ip := net.ParseIP(host); ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return fmt.Sprintf("http://%s", net.JoinHostPort(host, port))
}
