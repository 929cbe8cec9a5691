// Package service is what a service manager wants of a daemon: sockets that it opened before (sd_listen_fds(3)), and word when the
// program is ready, alive and about to end (sd_notify(3)). Where no manager asks for any of that, nothing happens.
package service

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/coreos/go-systemd/v22/activation"
	"github.com/coreos/go-systemd/v22/daemon"
)

// activated are the sockets that the manager opened, by name. They are taken once in the life of the process.
var activated = sync.OnceValues(activation.ListenersWithNames)

// Listen returns the socket that the service manager opened under a name (FileDescriptorName=), else opens the address.
func Listen(ctx context.Context, name, address string) (net.Listener, error) {
	sockets, err := activated()
	if err != nil {
		return nil, fmt.Errorf("sockets of the service manager: %w", err)
	}
	switch all := sockets[name]; len(all) {
	case 0:
		return new(net.ListenConfig).Listen(ctx, "tcp", address)
	case 1:
		return all[0], nil
	default:
		return nil, fmt.Errorf("the service manager opened %d sockets of the name %s; name one of them", len(all), name)
	}
}

// Run tells the manager that the program is ready, then as often as it wants (WatchdogSec=) that it is alive, which alive
// confirms, and that it ends, once ctx ends. It returns then.
func Run(ctx context.Context, alive func(context.Context) error, log *slog.Logger) {
	tell(log, daemon.SdNotifyReady)
	defer tell(log, daemon.SdNotifyStopping)
	within, err := daemon.SdWatchdogEnabled(false)
	if err != nil {
		log.Warn("the service manager's watchdog is not answered", "error", err)
	}
	if within <= 0 {
		<-ctx.Done()
		return
	}
	beats := time.NewTicker(within / 3)
	defer beats.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beats.C:
		}
		asked, cancel := context.WithTimeout(ctx, within/3)
		if err := alive(asked); err == nil {
			tell(log, daemon.SdNotifyWatchdog)
		} else if ctx.Err() == nil {
			log.Error("not alive; the service manager may restart the program", "error", err)
		}
		cancel()
	}
}

func tell(log *slog.Logger, state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		log.Warn("the service manager is not told", "state", state, "error", err)
	}
}
