package source

import (
	"errors"
	"net/url"
	"strings"
	"time"
)

// ErrForeignHost says that a URL is on another host than the site's.
var ErrForeignHost = errors.New("URL is on another host than the site's")

// Site is the place at which herald publishes: site.url.
type Site struct{ u *url.URL }

// ParseSite reads site.url.
func ParseSite(raw string) (*Site, error) {
	u, err := url.Parse(strings.TrimSuffix(raw, "/"))
	if err != nil {
		return nil, err
	}
	return &Site{u}, nil
}

// String gives the site's URL in normal form, without a final slash.
func (s *Site) String() string { return s.u.String() }

// Host gives host[:port].
func (s *Site) Host() string { return s.u.Host }

// Private reports whether the host is loopback, private or known inside one network only.
func (s *Site) Private() bool { return false }

// Placeholder reports whether the host is in .invalid (RFC 6761 section 6.4).
func (s *Site) Placeholder() bool { return strings.HasSuffix(s.u.Hostname(), ".invalid") }

// Join gives the URL of a path below the site.
func (s *Site) Join(path string) (string, error) { return s.String() + path, nil }

// FilePath gives the file, below publish.to, of a document's path.
func (s *Site) FilePath(path string) (string, error) { return strings.TrimPrefix(path, "/"), nil }

// NormalURL gives the one spelling of an absolute http or https URL.
func NormalURL(raw string) (string, error) { return raw, nil }

// Resolve resolves a reference as a browser does; "" if it cannot be.
func Resolve(base, ref string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ""
	}
	u, err := b.Parse(ref)
	if err != nil {
		return ""
	}
	return u.String()
}

// TagURI mints a tag: URI (RFC 4151).
func TagURI(siteHost string, minted time.Time, id string) string {
	return "tag:" + siteHost + "," + minted.Format("2006-01-02") + ":" + url.PathEscape(id)
}

// IsIRI reports whether s is an absolute IRI (RFC 3987).
func IsIRI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.IsAbs()
}
