package weburl

import (
	"errors"
	"net/url"
	"strings"
)

// Resolver returns the function that makes the URLs of an article absolute.
func Resolver(articleURL string) func(string) string {
	base, ok := parseURL(articleURL)
	return func(ref string) string {
		if !ok {
			return resolveURL(nil, ref)
		}
		return resolveURL(base, ref)
	}
}

// IsWeb reports whether s begins as an http or https URL in normal form does.
func IsWeb(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// Normal returns an absolute http or https URL in the one spelling that herald uses everywhere:
// RFC 3986 ASCII, percent-encoded exactly once, host in lower case and punycode, the scheme's own
// port left out, dot segments resolved. Error: what is no such URL, or names a user.
func Normal(raw string) (string, error) {
	u, ok := parseURL(raw)
	if !ok || u.user != "" {
		return "", &url.Error{Op: "parse", URL: raw, Err: ErrInvalid}
	}
	return u.String(), nil
}

// Resolve resolves a reference against the URL of the page it stands in, as a browser does (URL
// Living Standard), and returns it in normal form. Only http, https, mailto and tel survive: the
// result is "" for any other scheme and for what is no URL.
func Resolve(base, ref string) string {
	b, _ := parseURL(base)
	return resolveURL(b, ref)
}

func resolveURL(base *webURL, ref string) string {
	ref = Trim(ref)
	scheme, rest, ok := CutScheme(ref)
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

// Cause returns an error of this package without the URL that it was met at.
func Cause(err error) error {
	if at := (*url.Error)(nil); errors.As(err, &at) {
		return at.Err
	}
	return err
}
