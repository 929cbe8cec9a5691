package selection

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
			return g, fmt.Errorf("%q is not a file pattern", written)
		}
		if ext, found := strings.CutPrefix(p, "**/*."); found && !strings.ContainsAny(ext, `*?[]{}\/.`) {
			g.extensions = append(g.extensions, "."+strings.ToLower(ext))
		} else {
			g.patterns = append(g.patterns, lowerExt(p))
		}
	}
	return g, nil
}

// lowerExt returns a path or a pattern with the extension of its last name in lower case: extensions count in any case.
func lowerExt(path string) string {
	dot := strings.LastIndexByte(path, '.')
	if dot <= strings.LastIndexByte(path, '/') || strings.ContainsAny(path[dot:], `[\`) {
		return path
	}
	return path[:dot] + strings.ToLower(path[dot:])
}

// match reports whether a path, in NFC, matches a pattern.
func (g globs) match(path string) bool {
	path = lowerExt(path)
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

// base returns the last name of a path.
func base(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
