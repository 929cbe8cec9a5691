package address

import (
	"net/url"
	"strings"
)

// IsHeader reports whether a text may be the name of a header (RFC 9110 section 5.6.2).
func IsHeader(name string) bool {
	const marks = "!#$%&'*+-.^_`|~"
	return name != "" && strings.IndexFunc(name, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune(marks, r)
	}) < 0
}

// Host returns the host of a URL without its port; of what is none, all of it.
func Host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Hostname()
}
