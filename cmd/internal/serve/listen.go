package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// Listen opens the port for Run. An error says what is to be done about it.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err == nil {
		return l, nil
	}
	_, port, _ := net.SplitHostPort(address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("serve.listen: %s is in use %s: end that, or write another port", address, holderOf(port))
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("serve.listen: %s is not allowed to this user: ports below 1024 need root or the right CAP_NET_BIND_SERVICE; write another port, such as :8080", address)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("serve.listen: %s is no address of this machine; \":%s\" means all that it has", address, port)
	}
	return nil, fmt.Errorf("serve.listen: %w", err)
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
