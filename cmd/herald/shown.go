package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"herald/cmd/internal/hold"
)

// shownFile is where this operator's own folder of caches keeps which held changes of a state a command showed last; "" where
// there is no such folder. It is no part of the state: status and plan write nothing to that.
func (a *app) shownFile(w *wiring) string {
	dir := ""
	for _, v := range a.env {
		if home, is := strings.CutPrefix(v, "HOME="); is && dir == "" && filepath.IsAbs(home) {
			dir = filepath.Join(home, ".cache")
		}
		if cache, is := strings.CutPrefix(v, "XDG_CACHE_HOME="); is && filepath.IsAbs(cache) {
			dir = cache
		}
	}
	if dir == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(w.config.State.Abs))
	return filepath.Join(dir, "herald", "shown-"+hex.EncodeToString(sum[:8]))
}

// showing notes which held changes the operator is shown, for an approve without a number. Where it cannot, approve asks for the number.
func (a *app) showing(w *wiring, holds []hold.Hold) {
	file := a.shownFile(w)
	if file == "" {
		return
	}
	if len(holds) == 0 {
		os.Remove(file)
		return
	}
	var changes strings.Builder
	for _, h := range holds {
		changes.WriteString(h.Change + "\n")
	}
	if os.MkdirAll(filepath.Dir(file), 0o700) == nil {
		os.WriteFile(file, []byte(changes.String()), 0o600)
	}
}

// lastShown returns which held changes the operator was shown last, as hold.Hold.Change names them.
func (a *app) lastShown(w *wiring) []string {
	text, err := os.ReadFile(a.shownFile(w))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text))
}
