package weburl

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Host returns host[:port] in lower case, an internationalised name in its ASCII form (RFC 5891), the
// scheme's own port left out; false where it is no host that a browser would look up.
func Host(s, scheme string) (string, bool) {
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
