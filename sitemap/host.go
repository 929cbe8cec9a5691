package sitemap

import (
	"errors"
	"fmt"
	"strings"
)

// hostOf returns the host, with port, of an absolute URL of RFC 3986 characters.
func hostOf(loc string) (string, error) {
	rest, ok := strings.CutPrefix(loc, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(loc, "http://")
	}
	if !ok {
		return "", errors.New("no absolute URL")
	}
	host := len(rest)
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{' || c == '|' || c == '}':
			return "", fmt.Errorf("%q must be percent-encoded", c)
		case c == '/' || c == '?' || c == '#':
			host = min(host, i)
		}
	}
	return rest[:host], nil
}
