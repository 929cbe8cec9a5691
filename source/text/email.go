package text

import (
	"net/netip"
	"strings"
)

// IsEmail reports whether s can be an e-mail address as people write it: "local@domain" without comments and
// quotes (RFC 5322, addr-spec of dot-atoms; letters of any script by RFC 6532).
func IsEmail(s string) bool {
	local, domain, found := strings.Cut(s, "@")
	return found && isDotAtom(local) && (isDotAtom(domain) || isAddressLiteral(domain)) && FitsXML(s)
}

// isDotAtom reports whether s is one or more words with single dots between them.
func isDotAtom(s string) bool {
	for word := range strings.SplitSeq(s, ".") {
		if word == "" {
			return false
		}
	}
	return !strings.ContainsAny(s, " \t\r\n()<>[]:;@\\,\"")
}

// isAddressLiteral reports whether s is an IPv4 address in brackets, which may stand for a domain.
func isAddressLiteral(s string) bool {
	inside, open := strings.CutPrefix(s, "[")
	inside, closed := strings.CutSuffix(inside, "]")
	addr, err := netip.ParseAddr(inside)
	return open && closed && err == nil && addr.Is4()
}
