package serve

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
	"time"
)

// Kept is a port that stays open from one Run to the next: who connects in between waits. Close ends a Run alone.
type Kept struct{ deadlined }

type deadlined interface {
	net.Listener
	SetDeadline(t time.Time) error
}

// Close lets whoever accepts stop. Connections that come wait for the next one.
func (k *Kept) Close() error { return k.SetDeadline(time.Unix(1, 0)) }

// Open lets the next Run accept.
func (k *Kept) Open() error { return k.SetDeadline(time.Time{}) }

// End closes the port.
func (k *Kept) End() error { return k.deadlined.Close() }

// Keep returns a port that is kept.
func Keep(l net.Listener) (*Kept, error) {
	d, can := l.(deadlined)
	if !can {
		return nil, errors.Join(fmt.Errorf("%s is not a socket that can be served on", l.Addr()), l.Close())
	}
	return &Kept{d}, nil
}

// NotOpened says why the port that a key of the config names could not be opened, and what is to be done about it.
func NotOpened(err error, key, address string) error {
	_, port, _ := net.SplitHostPort(address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s: %s is in use %s: end that, or write another port", key, address, holderOf(port))
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%s: %s is not allowed to this user: ports below 1024 need root or the right CAP_NET_BIND_SERVICE; write another port, such as :8080", key, address)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%s: %s is not an address of this machine; \":%s\" means all that it has", key, address, port)
	}
	return fmt.Errorf("%s: %w", key, err)
}

// holderOf names who listens on a port, as far as this user may know.
func holderOf(port string) string {
	if n, err := strconv.ParseUint(port, 10, 16); err == nil {
		if pid, name := listener(uint16(n)); pid != 0 {
			return fmt.Sprintf("by process %d (%s)", pid, name)
		}
	}
	return "by another program (as root, ss -ltnp names it), perhaps another herald run"
}
