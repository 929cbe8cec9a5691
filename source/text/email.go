package text

import "strings"

// IsEmail reports whether s can be an e-mail address: something, one "@", something, without white space and
// without the signs that separate addresses (RFC 5322).
func IsEmail(s string) bool {
	before, after, found := strings.Cut(s, "@")
	return found && before != "" && after != "" && !strings.ContainsAny(after, "@") &&
		!strings.ContainsAny(s, " \t\r\n()<>,;:\"") && FitsXML(s)
}
