// Package shown keeps which held changes an operator was shown last, for an approve that names none: in a folder of caches of the operator's own.
// It is no part of the state, to which status and plan write nothing.
package shown

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"herald/cmd/internal/hold"
)

// File is where the changes of one state are kept; "" where the operator has no folder of caches: nothing is kept then.
type File string

// Of returns the file of the state at a path, for an environment as os.Environ returns it.
func Of(env []string, state string) File {
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
	return File(filepath.Join(dir, "herald", "shown-"+hex.EncodeToString(sum[:8])))
}

// Put notes the changes that are shown. Where it cannot, approve asks for the number.
func (f File) Put(holds []hold.Hold) {
	file := string(f)
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

// Changes returns the changes that were shown last, as hold.Hold.Change names them.
func (f File) Changes() []string {
	text, err := os.ReadFile(string(f))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text))
}
