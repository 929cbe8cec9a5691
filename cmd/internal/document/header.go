package document

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// lastModified returns a Last-Modified that tells versions apart: one of the same moment as the answer may stand for another
// version, too, a moment later (RFC 9110 section 8.8.2.2).
func lastModified(h http.Header) string {
	value := h.Get("Last-Modified")
	modified, err := http.ParseTime(value)
	date, dated := http.ParseTime(h.Get("Date"))
	if err != nil || dated != nil || date.Sub(modified) < 2*time.Second {
		return ""
	}
	return value
}

// retryAfter reads how long a server wants to be left alone (RFC 9110 section 10.2.3).
func retryAfter(h http.Header) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(seconds, 0), 1<<30)) * time.Second
	}
	until, err := http.ParseTime(value)
	now, dated := http.ParseTime(h.Get("Date"))
	if err != nil || dated != nil {
		return 0
	}
	return max(until.Sub(now), 0)
}

// maxAge reads how long an answer is fresh for a cache that one reader has for itself, less the time that it lay in others.
func maxAge(h http.Header) time.Duration {
	seconds := 0
	for directive := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(directive)), "=")
		switch name {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			seconds, _ = strconv.Atoi(strings.Trim(value, `"`))
		}
	}
	age, _ := strconv.Atoi(strings.TrimSpace(h.Get("Age")))
	return time.Duration(min(max(seconds-max(age, 0), 0), 1<<30)) * time.Second
}
