package text

import (
	"strings"

	"golang.org/x/text/language"
)

// LanguageTag returns the language tag that s is (BCP 47), its parts in the usual case: "ko-KR". ok reports
// whether it is one, of known parts.
func LanguageTag(s string) (tag string, ok bool) {
	parsed, err := language.Raw.Parse(s)
	if err != nil || parsed == language.Und || strings.Contains(s, "_") {
		return "", false
	}
	return parsed.String(), true
}
