package main

import (
	"context"
	"errors"

	"herald/cmd/internal/claims"
	"herald/cmd/internal/engine"
	"herald/config"
)

// The keys of the ports.
const (
	serveKey = "serve.listen"
	adminKey = "admin.listen"
)

// wants returns what a daemon of this config holds.
func (w *wiring) wants() claims.Wants {
	return claims.Wants{State: w.state, Ports: map[string]string{serveKey: w.config.Serve.Listen, adminKey: w.config.Admin.Listen}}
}

// reread reads the config again. It returns a good one that is another, with its claims; nil: p goes on as it is.
func (p *pipeline) reread(ctx context.Context, c claims.Claims, cause string) (*wiring, claims.Claims) {
	log := p.app.log.With("cause", cause)
	w, err := p.app.load()
	next := c
	if err == nil {
		changed := engine.Differ(p.wiring.settings(), w.settings())
		if len(changed) == 0 {
			log.Info("config read again; nothing that counts has changed")
			return nil, c
		}
		if next, err = c.Claim(ctx, w.wants()); err == nil {
			log.Info("config taken up", "changed", changed)
			return w, next
		}
	}
	const goesOn = "config not taken up; herald goes on with the one before"
	faults := (config.Errors)(nil)
	if !errors.As(err, &faults) {
		log.Error(goesOn, "error", err)
	}
	for _, one := range faults {
		log.Error(goesOn, "fault", one.Error(), "line", one.Text)
	}
	return nil, c
}
