package value

import (
	"regexp"
	"sync"
)

// Lazy returns a pattern that is compiled when it is first asked for: a program that lints nothing starts without them.
func Lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
