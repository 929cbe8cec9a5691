// Package weburl reads and writes web addresses.
//
// Every address has one spelling (Normal): ASCII, percent-encoded exactly once in capitals, host in lower case and
// punycode, no default port, dot segments resolved. References are resolved as a browser resolves them.
package weburl

import (
	"errors"
	"strings"
)

// ErrInvalid means that a text is no absolute http or https URL.
var ErrInvalid = errors.New("no absolute http or https URL")

// webURL is an http or https URL in parts, each in its final, percent-encoded ASCII form.
type webURL struct {
	scheme, user, host string // host with port
	path               string // begins with "/"
	query, fragment    string // with "?" and "#"; "" if absent
}

func (u *webURL) String() string {
	s := u.scheme + "://"
	if u.user != "" {
		s += u.user + "@"
	}
	return s + u.host + u.path + u.query + u.fragment
}

// Trim drops what a browser drops before it reads a URL (URL Living Standard, section 4.4).
func Trim(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(s, "\t\n\r") {
		s = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
	}
	return s
}

// parseURL reads an absolute http or https URL.
func parseURL(raw string) (*webURL, bool) {
	raw = Trim(raw)
	scheme, rest, ok := CutScheme(raw)
	if !ok || scheme != "http" && scheme != "https" {
		return nil, false
	}
	return parseAfterScheme(scheme, rest)
}

// CutScheme splits "scheme:" off; the scheme comes back in lower case (RFC 3986 section 3.1).
func CutScheme(s string) (scheme, rest string, ok bool) {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		switch {
		case c >= 'a' && c <= 'z' && s[i] < 0x80:
		case i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		case i > 0 && s[i] == ':':
			return strings.ToLower(s[:i]), s[i+1:], true
		default:
			return "", s, false
		}
	}
	return "", s, false
}

// parseAfterScheme reads "//host/path?query#fragment"; any number of slashes stands for two.
func parseAfterScheme(scheme, rest string) (*webURL, bool) {
	rest = strings.TrimLeft(rest, `/\`)
	end := strings.IndexAny(rest, `/\?#`)
	if end < 0 {
		end = len(rest)
	}
	u := &webURL{scheme: scheme}
	authority := rest[:end]
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		u.user, authority = encode(authority[:at], inUser), authority[at+1:]
	}
	host, ok := Host(authority, scheme)
	if !ok {
		return nil, false
	}
	u.host = host
	u.setPath(rest[end:], "/")
	return u, true
}

// setPath reads path, query and fragment; a relative path starts at dir, which ends with "/".
func (u *webURL) setPath(s, dir string) {
	s, fragment, hasFragment := strings.Cut(s, "#")
	s, query, hasQuery := strings.Cut(s, "?")
	u.query, u.fragment = "", ""
	if hasFragment && fragment != "" {
		u.fragment = "#" + encode(fragment, inQuery)
	}
	if hasQuery {
		u.query = "?" + encode(query, inQuery)
	}
	s = strings.ReplaceAll(s, `\`, "/")
	if !strings.HasPrefix(s, "/") {
		s = dir + s
	}
	u.path = encode(removeDots(s), inPath)
}

// removeDots resolves "." and ".." segments, also those written with %2e; never above the root.
func removeDots(path string) string {
	if !strings.Contains(path, "/.") && !strings.Contains(path, "%2") {
		return path
	}
	segments := strings.Split(path, "/")[1:]
	kept := make([]string, 0, len(segments))
	for i, seg := range segments {
		last := i == len(segments)-1
		switch dots(seg) {
		case 1:
			if last {
				kept = append(kept, "")
			}
		case 2:
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, seg)
		}
	}
	return "/" + strings.Join(kept, "/")
}

// dots returns 1 for ".", 2 for "..", 0 for any other segment.
func dots(seg string) int {
	if len(seg) > 6 {
		return 0
	}
	switch strings.ReplaceAll(strings.ToLower(seg), "%2e", ".") {
	case ".":
		return 1
	case "..":
		return 2
	}
	return 0
}
