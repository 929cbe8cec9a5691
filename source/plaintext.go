package source

import (
	"html"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// PlainText makes text of a title or summary: tags of known HTML elements dropped, character
// references decoded once, white space collapsed and trimmed, NFC. What merely looks like a tag
// ("<속보>", "<3") stays.
func PlainText(s string) string {
	return norm.NFC.String(strings.Join(strings.Fields(html.UnescapeString(s)), " "))
}
