package safehtml

import (
	"strings"
	"unicode/utf8"
)

// MaxTitle is the greatest length of a title in bytes: what is longer is a text without line ends, or an <h1>
// that never ends.
const MaxTitle = 4096

// writeLimited writes text up to the limit, never a part of a character.
func writeLimited(b *strings.Builder, t string, limit int) {
	if limit > 0 && len(t) > limit {
		for limit > 0 && !utf8.RuneStart(t[limit]) {
			limit--
		}
		t = t[:limit]
	}
	b.WriteString(t)
}
