package text

import "strings"

// Collapse returns a short text as documents show it: NFC, white space of every script collapsed to single spaces
// and trimmed, without the characters that XML forbids.
func Collapse(s string) string {
	return strings.Join(strings.Fields(CleanString(s)), " ")
}
