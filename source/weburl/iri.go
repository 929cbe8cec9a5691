package weburl

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// TagURI mints an absolute IRI (RFC 4151) for an id that is none. Equal arguments give equal URIs,
// different ids different ones. Only the day of minted counts, in UTC.
func TagURI(siteHost string, minted time.Time, id string) string {
	host, _, _ := strings.Cut(siteHost, ":")
	return fmt.Sprintf("tag:%s,%s:%s", host, minted.UTC().Format("2006-01-02"),
		encode(strings.ReplaceAll(id, "%", "%25"), inQuery))
}

// IsIRI reports whether s is an absolute IRI (RFC 3987): a scheme, something behind it, and no
// character that an IRI must encode. A web address needs a host too.
func IsIRI(s string) bool {
	scheme, rest, ok := CutScheme(s)
	if !ok || rest == "" || !utf8.ValidString(s) {
		return false
	}
	if scheme == "http" || scheme == "https" {
		u, ok := parseURL(s)
		if !ok || !strings.HasPrefix(rest, "//") || u.host == "" {
			return false
		}
	}
	for i, r := range rest {
		switch {
		case r <= ' ' || strings.ContainsRune("<>\"{}|\\^`", r):
			return false
		case r == '%':
			if i+2 >= len(rest) || !isHex(rest[i+1]) || !isHex(rest[i+2]) {
				return false
			}
		case r >= utf8.RuneSelf && (!unicode.IsGraphic(r) || unicode.IsSpace(r)):
			return false
		}
	}
	return true
}
