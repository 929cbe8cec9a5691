package address

import (
	"net/url"
	"strings"
)

// Passwords returns the passwords in the address of a database or an object store, as they are written and as they are meant: that of its user,
// and settings behind a question mark whose names say so (sig is the signature of a shared access signature of Azure). An address that cannot be read is searched all the same.
func Passwords(dsn string) (all []string) {
	add := func(written string) {
		all = append(all, written)
		if meant, err := url.PathUnescape(written); err == nil && meant != written {
			all = append(all, meant)
		}
	}
	before, settings, _ := strings.Cut(dsn, "?")
	if at := strings.LastIndexByte(dsn, '@'); at > len(before) { // a question mark in the password
		before = dsn
	}
	if _, rest, found := strings.Cut(before, "://"); found {
		if at := strings.LastIndexByte(rest, '@'); at >= 0 {
			if _, password, found := strings.Cut(rest[:at], ":"); found && password != "" {
				add(password)
			}
		}
	}
	for setting := range strings.FieldsFuncSeq(settings, func(r rune) bool { return r == '&' || r == ' ' }) {
		name, value, _ := strings.Cut(setting, "=")
		if name = strings.ToLower(name); value != "" && (strings.Contains(name, "password") || strings.Contains(name, "passwd") || name == "sig") {
			add(value)
		}
	}
	return all
}
