package value

import (
	"net/url"
	"strconv"
	"strings"

	"herald/source/text"
)

// parts are the parts of a URI: scheme, authority, path, query, fragment (RFC 3986 appendix B).
var parts = Lazy(`^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?$`)

var defaultPorts = map[string]int{"ftp": 21, "telnet": 23, "http": 80, "gopher": 70, "news": 119, "nntp": 119, "prospero": 191, "https": 443, "snews": 563}

// pathChars are what may stand in a path without percent signs.
const pathChars = "-._~!$&'()*+,;=:@"

// Canonical returns the one spelling of a URI that compares as a string (RFC 3986 section 6.2.2 and 6.2.3). ok is false
// for what has none: a relative path, a broken escape.
func Canonical(s string) (spelling string, ok bool) {
	m := parts().FindStringSubmatch(s)
	if m == nil || badEscape().MatchString(s) {
		return "", false
	}
	scheme, path := strings.ToLower(m[2]), m[5]
	if scheme == "" && m[3] == "" && !strings.HasPrefix(path, "/") {
		return "", false
	}
	var b strings.Builder
	if m[1] != "" {
		b.WriteString(scheme + ":")
	}
	switch {
	case m[3] != "":
		authority, fine := canonicalAuthority(m[4], defaultPorts[scheme])
		if !fine {
			return "", false
		}
		b.WriteString("//" + authority + canonicalPath(path))
	case strings.HasPrefix(path, "/"):
		b.WriteString(canonicalPath(path))
	case scheme == "mailto":
		b.WriteString(canonicalMail(path))
	default:
		b.WriteString(recode(path, pathChars+"/"))
	}
	if m[6] != "" {
		b.WriteString("?" + recode(m[7], pathChars+"/?"))
	}
	if m[8] != "" {
		b.WriteString("#" + recode(m[9], pathChars+"/?"))
	}
	return b.String(), true
}

// canonicalMail leaves the local part of an address, and writes its host in lower case.
func canonicalMail(address string) string {
	local, host, found := strings.Cut(address, "@")
	if !found {
		return recode(address, pathChars)
	}
	host, query, asked := strings.Cut(host, "?")
	spelling := recode(local, "") + "@" + strings.ToLower(host)
	if asked {
		spelling += "?" + query
	}
	return spelling
}

// canonicalAuthority writes the host in lower case, without a port that is the default one.
func canonicalAuthority(s string, defaultPort int) (spelling string, ok bool) {
	user, host := "", s
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		user, host = s[:at], s[at+1:]
	}
	host = strings.ToLower(host)
	if at := strings.LastIndexByte(host, ':'); at >= 0 && !strings.HasSuffix(host, "]") {
		port := host[at+1:]
		n, err := strconv.Atoi(port)
		if port == "" || err == nil && n == defaultPort {
			host = host[:at]
		}
	}
	if rest := strings.TrimSuffix(host, "."); rest != host && strings.Contains(rest, ".") {
		host = rest
	}
	if strings.HasPrefix(host, "[") != strings.HasSuffix(strings.SplitN(host, "]:", 2)[0], "]") && !strings.Contains(host, "]:") {
		return "", false
	}
	if user != "" && user != ":" {
		return user + "@" + host, true
	}
	return host, true
}

// canonicalPath takes "." and ".." out of a path.
func canonicalPath(path string) string {
	var out []string
	segments := strings.Split(path, "/")
	for i, s := range segments {
		last := i == len(segments)-1
		switch {
		case s == "." || s == "..":
			if s == ".." && len(out) > 1 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, recode(s, pathChars))
		}
	}
	if len(out) == 1 && out[0] == "" {
		return "/"
	}
	return strings.Join(out, "/")
}

// recode percent-encodes what may not stand for itself, in capitals, and decodes what need not be encoded. Reserved
// characters of safe keep the form that they have.
func recode(s, safe string) string {
	const reserved = ":/?#[]@!$&'()*+,;="
	var b, run strings.Builder
	flush := func() {
		decoded := text.NFC(run.String())
		run.Reset()
		for i := 0; i < len(decoded); i++ {
			c := decoded[i]
			if text.IsAlphanumeric(c) || strings.IndexByte("-._~", c) >= 0 || strings.IndexByte(safe, c) >= 0 {
				b.WriteByte(c)
			} else {
				b.WriteString("%" + strings.ToUpper(strconv.FormatInt(int64(c)+0x100, 16)[1:]))
			}
		}
	}
	for i := 0; i < len(s); i++ {
		piece := s[i : i+1]
		if s[i] == '%' && i+2 < len(s) {
			piece = s[i : i+3]
			i += 2
		}
		decoded, err := url.PathUnescape(piece)
		if err != nil {
			decoded = piece
		}
		if strings.Contains(reserved, decoded) && strings.Contains(safe, decoded) {
			flush()
			b.WriteString(strings.ToUpper(piece))
			continue
		}
		run.WriteString(decoded)
	}
	flush()
	return b.String()
}

// Bare returns a URL in its one spelling, without its fragment.
func Bare(s string) string {
	spelling, ok := Canonical(s)
	if !ok {
		spelling = s
	}
	spelling, _, _ = strings.Cut(spelling, "#")
	return spelling
}

// SamePlace reports whether two URLs name one document.
func SamePlace(a, b string) bool { return Bare(a) == Bare(b) }

// Resolve returns ref against base, as far as they are URLs.
func Resolve(base, ref string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	u, err := b.Parse(ref)
	if err != nil {
		return ref
	}
	return u.String()
}
