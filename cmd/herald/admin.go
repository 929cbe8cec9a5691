package main

import (
	"context"
	"fmt"
	"net"

	"herald/cmd/internal/admin"
	"herald/cmd/internal/serve"
)

// listenAdmin opens the port for operators; nil where the config has none.
func (p *pipeline) listenAdmin(ctx context.Context) (net.Listener, error) {
	at := p.wiring.config.Admin.Listen
	if at == "" {
		return nil, nil
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", at)
	if err != nil {
		return nil, fmt.Errorf("admin %s: %w", at, err)
	}
	p.app.log.Info("answering operators", "address", l.Addr().String())
	return l, nil
}

// serveAdmin answers operators until ctx ends.
func (p *pipeline) serveAdmin(ctx context.Context, l net.Listener) {
	h := admin.New(admin.Config{Token: p.wiring.config.Admin.Token, Scan: p.engine.ScanNow, Log: p.app.log})
	if err := serve.Run(ctx, l, h, p.app.log); err != nil {
		p.app.log.Error("answering operators ended", "error", err)
	}
}
