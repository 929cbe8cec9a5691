package permalink

import (
	"strings"
	"unicode"

	"herald/source/text"
)

// slugify is Jekyll's Utils.slugify (mode "default", or "pretty" where punctuation is kept): one
// hyphen is taken from each end.
func slugify(s, keep string) string {
	s = hyphenate(text.NFC(s), keep)
	return strings.TrimSuffix(strings.TrimPrefix(s, "-"), "-")
}

// Slug is Jekyll's Utils.slugify in its mode "default".
func Slug(s string) string { return strings.ToLower(slugify(s, "")) }

// prettyPunctuation is what Jekyll's mode "pretty" keeps beside letters, marks and digits.
const prettyPunctuation = "._~!$&'()+,;=@"

// hyphenate turns each run of characters other than letters, marks, digits and those of keep into "-".
func hyphenate(s, keep string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(keep, r) {
			b.WriteRune(r)
			gap = false
		} else if !gap {
			b.WriteByte('-')
			gap = true
		}
	}
	return b.String()
}
