// Package mask keeps secrets off screens and out of logs, in each spelling in which libraries and servers may hand them on.
package mask

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// masked is shown in the place of a secret.
const masked = "…"

// Secrets that are shorter stand in all words: they are masked only where neither a letter nor a digit is beside them, and numbers
// among them not at all. A line of a longer text, such as a key file, is a secret of its own from some length on.
const (
	shortestSecret = 4
	shortestLine   = 8
)

// Writer writes what it is given without the secrets that it knows. What is written at once is looked at as one: a screen, a
// document, a line of the log. It may be used from several goroutines at once.
type Writer struct {
	To      io.Writer
	Secrets *Secrets
}

// Write writes all of p, and reports it as written.
func (m Writer) Write(p []byte) (int, error) {
	if _, err := m.To.Write(m.Secrets.Hide(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Secrets are values that no screen shows. The zero Secrets holds none. It may be used from several goroutines at once.
type Secrets struct {
	mu     sync.Mutex
	values []string
	known  *regexp.Regexp // nil: to be made of values
}

// Add takes a secret up.
func (s *Secrets) Add(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value = strings.TrimSpace(value)
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == '\n' || r == '#' }) // what stands behind a # is cut from a URL
	for _, one := range append([]string{value, strings.ToLower(value)}, parts...) {        // hosts are in lower case
		one = strings.TrimSpace(one)
		ofLine := len(one) < len(value)
		if ofLine && len(one) < shortestLine || len(one) < shortestSecret && plain(one) || slices.Contains(s.values, one) {
			continue
		}
		s.values, s.known = append(s.values, one), nil
	}
}

// plain reports whether a short text is too common to be hidden: a number, or a single character.
func plain(short string) bool {
	return len(short) < 2 || strings.Trim(short, "0123456789") == ""
}

// Hide returns text without secrets. JSON stays JSON: there they are looked for in strings alone.
func (s *Secrets) Hide(p []byte) []byte {
	s.mu.Lock()
	if s.known == nil && len(s.values) > 0 {
		s.known = pattern(s.values)
	}
	known := s.known
	s.mu.Unlock()
	if known == nil || !known.Match(p) {
		return p
	}
	if start := bytes.TrimSpace(p); len(start) > 0 && (start[0] == '{' || start[0] == '[') && json.Valid(p) {
		return jsonString.ReplaceAllFunc(p, func(text []byte) []byte { return replaced(known, text) })
	}
	return replaced(known, p)
}

// jsonString is a string in JSON that is no key.
var jsonString = regexp.MustCompile(`"(?:[^"\\]|\\.)*"(?:\s*:)?`)

// replaced masks what a pattern finds; of what is found, only the group in it is a secret. A key of JSON, which ends with a
// colon, stays.
func replaced(known *regexp.Regexp, text []byte) []byte {
	if bytes.HasSuffix(text, []byte(":")) && text[0] == '"' {
		return text
	}
	var out []byte
	from := 0
	for from < len(text) {
		at := known.FindSubmatchIndex(text[from:])
		if at == nil {
			break
		}
		begin, end := at[2], at[3]
		if begin < 0 {
			begin, end = at[4], at[5]
		}
		out = append(append(out, text[from:from+begin]...), masked...)
		from += end
	}
	return append(out, text[from:]...)
}

// pattern finds each of some values as it is, in percent codes, in escapes of JSON and of Go, in HTML, in base64 and in hexadecimal
// digits; of values of which one contains another, the longer one. Its first group is a long secret, its second a short one
// that stands by itself.
func pattern(values []string) *regexp.Regexp {
	slices.SortFunc(values, func(a, b string) int { return len(b) - len(a) })
	var long, short []string
	for _, v := range values {
		if len(v) < shortestSecret {
			short = append(short, spelled(v))
			continue
		}
		long = append(long, spelled(v), `(?i:`+hex.EncodeToString([]byte(v))+`)`)
		for _, encoded := range inBase64(v) {
			long = append(long, regexp.QuoteMeta(encoded))
		}
	}
	of := func(all []string) string {
		if len(all) == 0 {
			return `([^\x00-\x{10FFFF}])` // nothing
		}
		return "(" + strings.Join(all, "|") + ")"
	}
	return regexp.MustCompile(of(long) + `|(?:^|[^\pL\pN])` + of(short) + `(?:[^\pL\pN]|$)`)
}

// entity begins an entity of HTML, also within JSON.
const entity = `(?:&|\\+u0026)`

// spelled is a pattern of a text in the spellings of its characters.
func spelled(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			out.WriteRune(r)
			continue
		}
		codes := ""
		for _, b := range []byte(string(r)) {
			codes += fmt.Sprintf("%%(?:25)*%02x", b)
		}
		more := ""
		switch r {
		case ' ':
			more = `|\+|(?i:%(?:25)*2b)`
		case '\n':
			more = `|\\+n`
		case '\t':
			more = `|\\+t`
		case '&':
			more = `|` + entity + `amp;`
		case '<':
			more = `|` + entity + `lt;`
		case '>':
			more = `|` + entity + `gt;`
		}
		fmt.Fprintf(&out, `(?:\\*%s|(?i:%s)|(?i:\\+u%04x)|%s#%d;|%s(?i:#x%x;)%s)`, regexp.QuoteMeta(string(r)), codes, r, entity, r, entity, r, more)
	}
	return out.String()
}

// inBase64 returns what a text is within base64, wherever it begins there, without the characters that what stands before and behind
// it decides.
func inBase64(text string) (all []string) {
	for before := range 3 {
		padded := append(make([]byte, before), text...)
		from, to := (before*8+5)/6, len(padded)*8/6
		if to-from < shortestLine {
			continue
		}
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			if one := alphabet.EncodeToString(padded)[from:to]; !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	return all
}
