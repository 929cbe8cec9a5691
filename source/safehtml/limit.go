package safehtml

import (
	"strings"
	"unicode/utf8"
)

// MaxTitle is the greatest length of a title in bytes: what is longer is a text without line ends, or an <h1>
// that never ends.
const MaxTitle = 4096

// writeLimited writes text up to the limit, never a part of a character.
func writeLimited(b *strings.Builder, t string, limit int) { b.WriteString(cutText(t, limit)) }

// cutText returns text up to the limit, never a part of a character.
func cutText(t string, limit int) string {
	if len(t) <= limit {
		return t
	}
	for limit > 0 && !utf8.RuneStart(t[limit]) {
		limit--
	}
	return t[:limit]
}
