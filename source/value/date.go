package value

import (
	"regexp"
	"strings"
	"time"
)

var (
	rfc3339   = Lazy(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d*)?(?:Z|[+-]\d\d:\d\d)$`)
	w3cdtf    = Lazy(`^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d*)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$`)
	iso8601   = Lazy(`^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d*)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?$`)
	numbers   = Lazy(`^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?)?)?`)
	rfc2822   = Lazy(`^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]?\d\d[03]0|UT|GMT|[ECMP][SD]T|Z)$`)
	rfc822    = Lazy(`^(?:(?:mon|tue|wed|thu|fri|sat|sun)\s*,\s*)?\d\d?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+\d\d(?:\d\d)?\s+\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|ut|gmt|[ecmp][sd]t|[a-ik-z])?$`)
	comment   = Lazy(`\([^(]*?\)`)
	quotedOne = Lazy(`\\.`)
)

// oldest is the first year that a feed may speak of: there were none before.
const oldest = 1990

// Soon is how far ahead of the clock a date may be: a machine's clock may be wrong, and its zone unknown.
const Soon = 24 * time.Hour

// RFC3339 judges a date and time as Atom demands it. A zero now asks nothing of the future.
func RFC3339(s string, now time.Time) string { return dated(s, rfc3339, "InvalidRFC3339Date", now) }

// W3C judges a date in one of W3C's forms: a time has a zone.
func W3C(s string, now time.Time) string { return dated(s, w3cdtf, "InvalidW3CDTFDate", now) }

// ISO judges a date and time in a common form of ISO 8601.
func ISO(s string, now time.Time) string { return dated(s, iso8601, "InvalidISO8601DateTime", now) }

// dated judges a date that has a form: its day exists, and it is plausible.
func dated(s string, form func() *regexp.Regexp, code string, now time.Time) string {
	if !form().MatchString(s) {
		return code
	}
	m := numbers().FindStringSubmatch(s)
	n := [6]int{0, 1, 1, 0, 0, 0}
	for i, digits := range m[1:] {
		if digits != "" {
			n[i] = number(digits)
		}
	}
	day := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
	if n[1] < 1 || n[1] > 12 || day.Day() != n[2] || n[3] > 23 || n[4] > 59 || n[5] > 60 {
		return code
	}
	if n[0] < oldest || !now.IsZero() && Time(s).After(now.Add(Soon)) {
		return "ImplausibleDate"
	}
	return ""
}

func number(digits string) (n int) {
	for _, c := range digits {
		n = n*10 + int(c-'0')
	}
	return n
}

// Time returns the moment of a date that RFC3339, W3C or RFC822 found no fault with, or doubts only; else the zero time.
func Time(s string) time.Time {
	layouts := []string{
		time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "2006-01", "2006",
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04 MST",
	}
	if _, rest, found := strings.Cut(s, ","); found {
		s = strings.TrimSpace(rest)
	}
	zone := map[string]string{" UT": " +0000", " GMT": " +0000", " Z": " +0000", " EST": " -0500", " EDT": " -0400", " CST": " -0600", " CDT": " -0500", " MST": " -0700", " MDT": " -0600", " PST": " -0800", " PDT": " -0700"}
	if at := strings.LastIndexByte(s, ' '); at >= 0 && zone[s[at:]] != "" {
		s = s[:at] + zone[s[at:]]
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// RFC822 judges a date as RSS wants it, with a year of four digits.
func RFC822(s string, now time.Time) string {
	if !rfc2822().MatchString(s) {
		bare := quotedOne().ReplaceAllString(s, "")
		for before := ""; before != bare; {
			before, bare = bare, comment().ReplaceAllString(bare, " ")
		}
		if rfc822().MatchString(strings.ToLower(strings.TrimSpace(bare))) {
			return "ProblematicalRFC822Date"
		}
		return "InvalidRFC2822Date"
	}
	t := Time(s)
	day, _, named := strings.Cut(s, ",")
	switch {
	case t.IsZero(), named && t.Weekday().String()[:3] != day:
		return "InvalidRFC2822Date"
	case t.Year() < oldest, !now.IsZero() && t.After(now.Add(Soon)):
		return "ImplausibleDate"
	}
	return ""
}
