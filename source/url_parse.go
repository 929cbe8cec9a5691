package source

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

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

// trimURL drops what a browser drops before it reads a URL (URL Living Standard, section 4.4).
func trimURL(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(s, "\t\n\r") {
		s = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
	}
	return s
}

// parseURL reads an absolute http or https URL.
func parseURL(raw string) (*webURL, bool) {
	raw = trimURL(raw)
	scheme, rest, ok := cutScheme(raw)
	if !ok || scheme != "http" && scheme != "https" {
		return nil, false
	}
	return parseAfterScheme(scheme, rest)
}

// cutScheme splits "scheme:" off; the scheme comes back in lower case (RFC 3986 section 3.1).
func cutScheme(s string) (scheme, rest string, ok bool) {
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
	host, ok := parseHost(authority, scheme)
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

// dots gives 1 for ".", 2 for "..", 0 for any other segment.
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

// parseHost gives host[:port] in lower case, an internationalised name in its ASCII form (RFC 5891),
// the scheme's own port left out.
func parseHost(s, scheme string) (string, bool) {
	host, port := s, ""
	if i := strings.LastIndexByte(s, ':'); i >= 0 && !strings.HasSuffix(s, "]") {
		host, port = s[:i], s[i+1:]
	}
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil {
			return "", false
		}
		port = ":" + strconv.FormatUint(n, 10)
	}
	if scheme == "http" && port == ":80" || scheme == "https" && port == ":443" {
		port = ""
	}
	host, ok := hostName(host)
	return host + port, ok
}

func hostName(host string) (string, bool) {
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		addr, err := netip.ParseAddr(host[1 : len(host)-1])
		if err != nil || addr.Zone() != "" || !addr.Is6() {
			return "", false
		}
		return "[" + addr.String() + "]", true
	}
	host = decode(host)
	if !utf8.ValidString(host) {
		return "", false
	}
	if !isASCII(host) || strings.Contains(strings.ToLower(host), "xn--") {
		ascii, err := idna.Lookup.ToASCII(host)
		if again, err2 := idna.Lookup.ToASCII(ascii); err != nil || err2 != nil || again != ascii {
			return "", false
		}
		host = ascii
	}
	host = strings.ToLower(host)
	if len(host) == 0 || len(host) > 253 {
		return "", false
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		if !isLabel(label) {
			return "", false
		}
	}
	return host, !looksNumeric(host) || isIPv4(host)
}

func isLabel(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return s != "" && len(s) <= 63
}

// looksNumeric reports whether a browser would read the host as an IPv4 address.
func looksNumeric(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if strings.HasPrefix(last, "0x") {
		return true
	}
	return strings.Trim(last, "0123456789") == ""
}

func isIPv4(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Is4()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// urlPart says where in a URL a text stands, and so which characters stay as they are.
type urlPart string

// The characters beside letters, digits and "-._~" that stay (RFC 3986 appendix A).
const (
	inPath  urlPart = "!$&'()*+,;=:@/"
	inQuery urlPart = "!$&'()*+,;=:@/?"
	inUser  urlPart = "!$&'()*+,;=:"
)

// encode percent-encodes exactly once: an existing %XX stays (in capitals), a stray % becomes %25.
func encode(s string, part urlPart) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] != '%' && staysRaw(s[i], part)
	}
	if plain {
		return s
	}
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(3 * len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		case c != '%' && staysRaw(c, part):
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}

func staysRaw(c byte, part urlPart) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~' || c < utf8.RuneSelf && strings.IndexByte(string(part), c) >= 0
}

// decode undoes percent-encoding; a stray % stays.
func decode(s string) string { return decodeIf(s, func(byte) bool { return true }) }

// decodeIf decodes those %XX whose byte is wanted.
func decodeIf(s string, want func(byte) bool) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			if c := unhex(s[i+1])<<4 | unhex(s[i+2]); want(c) {
				b = append(b, c)
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

// composed gives a path or query whose non-ASCII characters are in NFC, whether they were written raw or
// percent-encoded. Bytes that are no UTF-8 stay as they are.
func composed(s string) string {
	raw := decodeIf(s, func(c byte) bool { return c >= utf8.RuneSelf })
	if !utf8.ValidString(raw) {
		return s
	}
	return nfc(raw)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}
