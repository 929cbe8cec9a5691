// Package excerpt returns lines of a config as a message may show them.
package excerpt

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
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

// NoText finds the first byte of a text that is no UTF-8, or is none: bad is false where all is well. Line and column count from 1.
func NoText(text []byte) (line, column int, bad bool) {
	if utf8.Valid(text) && bytes.IndexByte(text, 0) < 0 {
		return 0, 0, false
	}
	at := 0
	for at < len(text) {
		r, n := utf8.DecodeRune(text[at:])
		if r == 0 || r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	start := bytes.LastIndexByte(text[:at], '\n') + 1
	return bytes.Count(text[:at], []byte("\n")) + 1, utf8.RuneCount(text[start:at]) + 1, true
}
