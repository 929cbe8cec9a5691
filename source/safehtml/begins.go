package safehtml

import (
	"strings"

	"herald/source/text"
)

// BeginsWithBlockTag reports whether a text is HTML by its beginning: white space and comments
// aside, the tag of a block element, a picture or a whole page.
func BeginsWithBlockTag(s string) bool {
	s = strings.TrimLeft(strings.TrimPrefix(s, "\uFEFF"), " \t\r\n\f")
	for strings.HasPrefix(s, "<!--") {
		_, after, found := strings.Cut(s, "-->")
		if !found {
			return false
		}
		s = strings.TrimLeft(after, " \t\r\n\f")
	}
	if text.HasPrefixFold(s, "<!doctype") {
		return true
	}
	if !strings.HasPrefix(s, "<") {
		return false
	}
	end := 1
	for end < len(s) && end < 14 && text.IsAlphanumeric(s[end]) {
		end++
	}
	if end == len(s) || !text.IsSpace(s[end]) && s[end] != '/' && s[end] != '>' {
		return false
	}
	switch name := strings.ToLower(s[1:end]); name {
	case "br", "legend", "option", "optgroup", "plaintext":
		return false
	case "img", "picture", "video", "audio", "iframe", "script", "style", "noscript":
		return true
	default:
		return isBlock(name)
	}
}
