package fragment

import (
	"html"
	"strings"

	"herald/source/value"
)

var (
	endTag    = value.Lazy(`</(\w+)>`)
	reference = value.Lazy(`&(#?\w+)`)
	markup    = value.Lazy(`&#[x0-9]|<[/a-zA-Z]`)
	letters   = value.Lazy(`^[a-zA-Z]+$`)
)

// InPlain looks for HTML in a text that is shown as it is: the first end tag of HTML; else the first of its references; else
// whether something in it may be taken for a tag.
func InPlain(s string) (tag, ref string, likeTag bool) {
	if !strings.ContainsAny(s, "<&") {
		return "", "", false
	}
	for _, m := range endTag().FindAllStringSubmatch(s, -1) {
		if Known(m[1]) {
			return m[0], "", true
		}
	}
	for _, m := range reference().FindAllStringSubmatch(s, -1) {
		if isReference(m[1]) {
			return "", m[0], true
		}
	}
	return "", "", markup().MatchString(s) && !reference().MatchString(s)
}

// isReference reports whether what follows an ampersand is one of HTML's references, or a number.
func isReference(name string) bool {
	return !letters().MatchString(name) || name == "apos" || html.UnescapeString("&"+name+";") != "&"+name+";"
}

// Paired returns the first element of HTML that opens and closes in a text; "" if there is none.
func Paired(s string) string {
	for _, m := range endTag().FindAllStringSubmatch(s, -1) {
		if Known(m[1]) && strings.Contains(strings.ToLower(s), "<"+strings.ToLower(m[1])) {
			return m[1]
		}
	}
	return ""
}
