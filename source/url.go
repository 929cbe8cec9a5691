package source

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// NormalURL gives an absolute http or https URL in the one spelling that herald uses everywhere:
// RFC 3986 ASCII, percent-encoded exactly once, host in lower case and punycode, the scheme's own
// port left out, dot segments resolved. Error: what is no such URL, or names a user.
func NormalURL(raw string) (string, error) {
	u, ok := parseURL(raw)
	if !ok || u.user != "" {
		return "", &url.Error{Op: "parse", URL: raw, Err: ErrNoWebURL}
	}
	return u.String(), nil
}

// Resolve resolves a reference against the URL of the page it stands in, as a browser does (URL
// Living Standard), and gives it in normal form. Only http, https, mailto and tel survive: the
// result is "" for any other scheme and for what is no URL.
func Resolve(base, ref string) string {
	b, _ := parseURL(base)
	return resolveURL(b, ref)
}

func resolveURL(base *webURL, ref string) string {
	ref = trimURL(ref)
	scheme, rest, ok := cutScheme(ref)
	switch {
	case !ok:
	case scheme == "mailto" || scheme == "tel":
		if rest == "" {
			return ""
		}
		return scheme + ":" + encode(rest, inQuery)
	case scheme != "http" && scheme != "https":
		return ""
	case base != nil && scheme == base.scheme && !startsWithSlash(rest):
		ref = rest // "https:page" is relative
	default:
		return urlString(parseAfterScheme(scheme, rest))
	}
	if base == nil {
		return ""
	}
	return resolveRelative(base, ref)
}

func resolveRelative(base *webURL, ref string) string {
	u := *base
	switch {
	case len(ref) > 1 && startsWithSlash(ref) && startsWithSlash(ref[1:]):
		return urlString(parseAfterScheme(base.scheme, ref))
	case ref == "" || ref == "#":
		u.fragment = ""
	case ref[0] == '#':
		u.fragment = "#" + encode(ref[1:], inQuery)
	case ref[0] == '?':
		u.setPath(base.path+ref, "")
	default:
		u.setPath(ref, base.path[:strings.LastIndexByte(base.path, '/')+1])
	}
	return u.String()
}

func startsWithSlash(s string) bool { return s != "" && (s[0] == '/' || s[0] == '\\') }

func urlString(u *webURL, ok bool) string {
	if !ok {
		return ""
	}
	return u.String()
}

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
	scheme, rest, ok := cutScheme(s)
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
