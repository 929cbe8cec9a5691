package files

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"herald/source/text"
)

// globs is a set of patterns. Those of the form "**/*.ext" are the usual ones and need no
// matching.
type globs struct {
	extensions []string // with dot
	patterns   []string
}

func newGlobs(patterns []string) (globs, error) {
	var g globs
	for _, written := range patterns {
		p := text.NFC(strings.Trim(strings.TrimPrefix(written, "./"), "/"))
		if p == "" || !doublestar.ValidatePattern(p) {
			return g, fmt.Errorf("%q is no file pattern", written)
		}
		if ext, found := strings.CutPrefix(p, "**/*."); found && !strings.ContainsAny(ext, `*?[]{}\/.`) {
			g.extensions = append(g.extensions, "."+ext)
		} else {
			g.patterns = append(g.patterns, p)
		}
	}
	return g, nil
}

// match reports whether a path, in NFC, matches a pattern.
func (g globs) match(path string) bool {
	base := path[strings.LastIndexByte(path, '/')+1:]
	if dot := strings.LastIndexByte(base, '.'); dot >= 0 && slices.Contains(g.extensions, base[dot:]) {
		return true
	}
	for _, p := range g.patterns {
		if doublestar.MatchUnvalidated(p, path) {
			return true
		}
	}
	return false
}
