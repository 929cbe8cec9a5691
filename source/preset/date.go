package preset

import (
	"regexp"
	"strings"
	"time"

	"herald/source"
	"herald/source/date"
	"herald/source/frontmatter"
)

// writtenOffset is an offset or the name of a zone behind a time.
var writtenOffset = regexp.MustCompile(`(:\d{2}(?:[.,]\d+)?) *(?:[zZ]|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2}){0,2}|[A-Z]{2,4})$`)

// wallClock returns an article's date as calendar and clock show it where it was written, whatever its offset; the zero time
// for one without a date.
func wallClock(a *source.Article, fields []frontmatter.Field) time.Time {
	if a.Published.IsZero() {
		return time.Time{}
	}
	for _, key := range []string{"date", "publishdate", "pubdate", "published", "lastmod", "modified"} {
		written := member(fields, key)
		if written == "" {
			continue
		}
		if wall, ok := onTheWall(written); ok && wall.Sub(a.Published).Abs() <= 15*time.Hour {
			return wall
		}
	}
	return a.Published
}

// onTheWall returns a date without its offset, as if it were written in UTC.
func onTheWall(written string) (wall time.Time, ok bool) {
	wall, _, err := date.Parse(writtenOffset.ReplaceAllString(written, "$1"), time.UTC)
	return wall, err == nil
}

// datedName takes the date off a name as Hugo does: YYYY-MM-DD, perhaps with a time, perhaps a name behind it.
func datedName(name string) (day time.Time, rest string, ok bool) {
	const form = "2006-01-02"
	if len(name) < len(form) {
		return time.Time{}, "", false
	}
	const separators = " -_"
	if clock := len(form) + len("T15-04-05"); len(name) >= clock {
		at, err := time.Parse(form+" 15:04:05", name[:len(form)]+" "+strings.ReplaceAll(name[len(form)+1:clock], "-", ":"))
		if err == nil {
			return at, strings.Trim(name[clock:], separators), true
		}
	}
	at, err := time.Parse(form, name[:len(form)])
	return at, strings.Trim(name[len(form):], separators), err == nil
}
