// Package shown remembers which held changes an operator was shown last, for an approve without a number. It keeps that in the
// operator's own folder of caches, not in the state: reading commands write nothing to that.
package shown

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"herald/cmd/internal/hold"
)

// File returns where the changes of a state are kept, by the environment as os.Environ has it; "" where there is no such folder.
func File(env []string, state string) string {
	dir := ""
	for _, v := range env {
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
	sum := sha256.Sum256([]byte(state))
	return filepath.Join(dir, "herald", "shown-"+hex.EncodeToString(sum[:8]))
}

// Note keeps which holds the operator is shown. Where it cannot, approve asks for the number.
func Note(file string, holds []hold.Hold) {
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

// Last returns which held changes the operator was shown last, as hold.Hold.Change names them.
func Last(file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return strings.Fields(string(text))
}
