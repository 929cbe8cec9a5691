package weburl

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"herald/source/text"
)

var (
	// ErrForeignHost means that a URL is on another host than the site's.
	ErrForeignHost = errors.New("on another host than site.url")
	// ErrLong means that a URL has more than MaxLength characters.
	ErrLong = fmt.Errorf("the URL is longer than %d characters: sitemaps hold no longer ones", MaxLength)
	// ErrNoFile means that a path cannot name a file below publish.to.
	ErrNoFile = errors.New("no path of a file")
)

// MaxLength is the greatest length of a URL in characters, percent-encoded (sitemaps.org: "less than
// 2,048"). A Korean syllable takes nine.
const MaxLength = 2047

// TooLong reports whether a path has more than MaxLength characters, percent-encoded.
func TooLong(path string) bool {
	return 3*len(path) > MaxLength && len(encode(path, inQuery)) > MaxLength
}

// Site is the place on the web that publish.to stands at: site.url. It is immutable and safe for
// concurrent use.
type Site struct{ base webURL } // base.path is "" at the root of the host

// ParseSite reads site.url: http or https, a host, perhaps a path; no query, fragment or user.
func ParseSite(raw string) (*Site, error) {
	u, ok := parseURL(composed(raw))
	switch {
	case !ok:
		return nil, fmt.Errorf("%w: %q", ErrInvalid, raw)
	case u.user != "":
		return nil, errors.New("a site's URL names no user")
	case u.query != "" || u.fragment != "":
		return nil, fmt.Errorf("a site's URL has no query and no fragment: %q", raw)
	case strings.Contains(u.path, "//"):
		return nil, fmt.Errorf("empty part in the path: %q", raw)
	}
	u.path = strings.TrimRight(u.path, "/")
	return &Site{*u}, nil
}

// String returns the site's URL in normal form, without a final slash.
func (s *Site) String() string { return s.base.String() }

// Host returns host[:port].
func (s *Site) Host() string { return s.base.host }

// Join returns the URL of a path of the config or of front matter: the path is appended to site.url,
// in NFC, percent-encoded exactly once, never above the site. An absolute URL is taken if its host
// is the site's (with the site's scheme), else the error is ErrForeignHost. What is longer than
// MaxLength is refused with ErrLong.
func (s *Site) Join(path string) (string, error) {
	joined, err := s.join(path)
	if len(joined) > MaxLength {
		return "", ErrLong
	}
	return joined, err
}

func (s *Site) join(path string) (string, error) {
	path = Trim(path)
	u := s.base
	if scheme, _, ok := CutScheme(path); ok || strings.HasPrefix(path, "//") {
		if !ok {
			path = u.scheme + ":" + path
		} else if scheme != "http" && scheme != "https" {
			return "", &url.Error{Op: "join", URL: path, Err: ErrInvalid}
		}
		abs, ok := parseURL(composed(path))
		switch {
		case !ok || abs.user != "":
			return "", &url.Error{Op: "join", URL: path, Err: ErrInvalid}
		case abs.host != u.host && abs.bareHost() != u.bareHost():
			return "", &url.Error{Op: "join", URL: path, Err: ErrForeignHost}
		}
		u.path, u.query, u.fragment = abs.path, abs.query, abs.fragment
		return u.String(), nil
	}
	u.setPath(composed(path), "/")
	u.path = s.base.path + u.path
	return u.String(), nil
}

// bareHost is the host without the port that the scheme implies, so that http and https compare.
func (u *webURL) bareHost() string {
	return strings.TrimSuffix(strings.TrimSuffix(u.host, ":80"), ":443")
}

// FilePath returns the slash-separated path below publish.to of a document at this path of the site:
// decoded, NFC; of one that ends with /, its index.html. What would lie elsewhere, or is no file, is refused with ErrNoFile.
func (s *Site) FilePath(path string) (string, error) {
	raw := path
	path = text.NFC(strings.TrimPrefix(decode(path), "/"))
	if strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	bad := strings.ContainsAny(path, "\\\x7f") || strings.ContainsAny(raw, "?#") || !utf8.ValidString(path)
	for part := range strings.SplitSeq(path, "/") {
		bad = bad || part == "" || part == "." || part == ".." || len(part) > 255
	}
	for _, r := range path {
		bad = bad || r < ' '
	}
	if bad {
		return "", fmt.Errorf("%w: %q", ErrNoFile, raw)
	}
	return path, nil
}
