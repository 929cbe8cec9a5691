// Package excerpt returns lines of a config as a message may show them.
package excerpt

import (
	"regexp"
	"strings"
)

// password is one in a URL; secretive is a line that may hold another secret.
var (
	password  = regexp.MustCompile(`(://[^\s/@:]*:)[^\s/@]+@`)
	secretive = regexp.MustCompile(`(?i)headers|authori[sz]ation|bearer|token|secret|passw|credential|dsn|cookie|api.?key`)
)

// Line returns a line of a text, counted from 1, without the passwords of URLs; "" where there is none, or where it may hold a secret.
func Line(text []byte, number int) string {
	lines := strings.Split(string(text), "\n")
	if number < 1 || number > len(lines) || secretive.MatchString(lines[number-1]) {
		return ""
	}
	return password.ReplaceAllString(strings.TrimRight(lines[number-1], "\r"), "${1}***@")
}
