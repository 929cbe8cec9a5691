// Package robots reads robots.txt as RFC 9309 has it: what a crawler may ask of a host. It touches no disk, clock or network.
package robots

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// MaxBytes is how much of a robots.txt counts (RFC 9309 section 2.5).
const MaxBytes = 500 << 10

// maxDelay bounds Crawl-delay: nobody means more.
const maxDelay = time.Hour

// Rules are what a robots.txt says to one crawler. The zero value allows everything. They are immutable and safe for concurrent use.
type Rules struct {
	Delay    time.Duration // Crawl-delay: the least time between two requests; 0: none named
	Sitemaps []string      // the sitemaps that it names, as written, for whomever

	rules []rule
}

// rule is an Allow or a Disallow.
type rule struct {
	allow   bool
	written string   // as written
	weight  int      // octets of the pattern
	parts   []string // of the pattern, between its stars
	whole   bool     // it ends with $: the path ends there, too
}

// Parse returns what a robots.txt says to the crawler of a product token ("herald"): the groups that name it, else those of "*". Whatever
// is no line of a robots.txt is passed over, as is what lies beyond MaxBytes.
func Parse(text []byte, token string) *Rules {
	text = bytes.TrimPrefix(text[:min(len(text), MaxBytes)], []byte("\xEF\xBB\xBF"))
	r := &reader{token: strings.ToLower(token), own: &Rules{}, any: &Rules{}}
	for line := range strings.FieldsFuncSeq(string(text), func(c rune) bool { return c == '\n' || c == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		if name, value, found := strings.Cut(line, ":"); found {
			r.line(strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value))
		}
	}
	rules := r.any
	if r.named {
		rules = r.own
	}
	rules.Sitemaps = r.sitemaps
	return rules
}

// reader reads a robots.txt line by line.
type reader struct {
	token    string
	own, any *Rules // of the groups that name the token, and of those of "*"
	named    bool   // some group names the token
	sitemaps []string

	forOwn, forAny bool // the group that is being read is for
	ruled          bool // it has a rule: the next user-agent begins another group
}

func (r *reader) line(name, value string) {
	switch name {
	case "user-agent":
		if r.ruled {
			r.forOwn, r.forAny, r.ruled = false, false, false
		}
		switch {
		case value == "*":
			r.forAny = true
		case strings.ToLower(product(value)) == r.token:
			r.forOwn, r.named = true, true
		}
	case "allow", "disallow":
		r.ruled = true
		if value != "" {
			r.add(func(rules *Rules) { rules.rules = append(rules.rules, newRule(name == "allow", value)) })
		}
	case "crawl-delay":
		r.ruled = true
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 {
			delay := time.Duration(min(seconds, maxDelay.Seconds()) * float64(time.Second))
			r.add(func(rules *Rules) { rules.Delay = max(rules.Delay, delay) })
		}
	case "sitemap":
		r.sitemaps = append(r.sitemaps, value)
	}
}

// add adds to the rules of those whom the present group is for.
func (r *reader) add(f func(*Rules)) {
	if r.forOwn {
		f(r.own)
	}
	if r.forAny {
		f(r.any)
	}
}

// product returns the product token that a value of User-agent begins with: "herald" of "Herald/1.0".
func product(value string) string {
	end := strings.IndexFunc(value, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_'
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

func newRule(allow bool, written string) rule {
	pattern, whole := strings.CutSuffix(written, "$")
	r := rule{allow: allow, written: written, whole: whole}
	for part := range strings.SplitSeq(pattern, "*") {
		r.parts = append(r.parts, spelled(part))
	}
	r.weight = len(strings.Join(r.parts, "*"))
	if whole {
		r.weight++
	}
	return r
}

// Allowed reports whether a path with its query ("/a?b=c"), percent-encoded as in a URL, may be asked for. Of the rules that match, the
// longest counts, of equal ones an Allow (RFC 9309 section 2.2.2). Where it may not, why is the rule that says so, as written.
func (r *Rules) Allowed(path string) (allowed bool, why string) {
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	if path == "/robots.txt" {
		return true, ""
	}
	best := rule{allow: true, weight: -1}
	path = spelled(path)
	for _, one := range r.rules {
		if (one.weight > best.weight || one.weight == best.weight && one.allow) && one.matches(path) {
			best = one
		}
	}
	if best.allow {
		return true, ""
	}
	return false, "Disallow: " + best.written
}

// matches reports whether a path begins as a pattern says.
func (r rule) matches(path string) bool {
	rest, found := strings.CutPrefix(path, r.parts[0])
	if !found {
		return false
	}
	last := len(r.parts) - 1
	for i, part := range r.parts[1:] {
		if r.whole && i+1 == last {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !r.whole || rest == ""
}

// spelled returns a path, or a part of a pattern, in the one spelling in which both are compared: percent codes stand for all that is
// beyond ASCII, control characters and space, and for "*" and "$", but for nothing that is unreserved (RFC 3986 section 2.3).
func spelled(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, coded := s[i], false
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, coded = byte(n), true
				i += 2
			}
		}
		if c <= ' ' || c >= 0x7F || c == '*' || c == '$' || coded && !unreserved(c) {
			b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
