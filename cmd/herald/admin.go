package main

import (
	"context"
	"fmt"
	"net"

	"herald/cmd/internal/admin"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/serve"
	"herald/cmd/internal/service"
)

// listenAdmin opens the port for operators; nil where the config has none.
func (p *pipeline) listenAdmin(ctx context.Context) (net.Listener, error) {
	at := p.wiring.config.Admin.Listen
	if at == "" {
		return nil, nil
	}
	l, err := service.Listen(ctx, "admin", at)
	if err != nil {
		return nil, fmt.Errorf("admin %s: %w", at, err)
	}
	p.app.log.Info("answering operators", "address", l.Addr().String())
	return l, nil
}

// alive returns nil where the state can be read.
func (p *pipeline) alive(ctx context.Context) error {
	return p.ledger.Read(ctx, func(tx *ledger.Tx) error {
		_, err := tx.Holds()
		return err
	})
}

// serveAdmin answers operators until ctx ends.
func (p *pipeline) serveAdmin(ctx context.Context, l net.Listener) {
	h := admin.New(admin.Config{Token: p.wiring.config.Admin.Token, Scan: p.engine.ScanNow, Alive: p.alive, Log: p.app.log})
	if err := serve.Run(ctx, l, h, p.app.log); err != nil {
		p.app.log.Error("answering operators ended", "error", err)
	}
}
