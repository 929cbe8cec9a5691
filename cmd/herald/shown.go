package main

import "herald/cmd/internal/shown"

// shown is what the operator was shown last of the state of a config.
func (a *app) shown(w *wiring) shown.File { return shown.Of(a.env, w.config.State.Abs) }
