// Package pattern judges the patterns of files that an operator types.
package pattern

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Check returns what is wrong with a pattern: it can never match a path below a source's folder.
func Check(p string) error {
	switch {
	case strings.HasPrefix(p, "/"), strings.HasPrefix(p, "./"), strings.HasPrefix(p, "!"):
		return fmt.Errorf("%q begins with %q; patterns are matched against paths below the source, such as drafts/**", p, p[:1])
	case slices.Contains(strings.Split(p, "/"), ".."):
		return errors.New("holds .., which no path below the source does")
	case !doublestar.ValidatePattern(p):
		return fmt.Errorf("%q is not a pattern: a [ or { has no end, or it ends with a backslash", p)
	}
	return nil
}
