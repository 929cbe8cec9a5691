// Package date reads dates as people write them in front matter.
package date

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"herald/source/text"
)

// ErrNone is the error of a date that programs write where they have none: in the year 1, or the beginning of 1970.
var ErrNone = errors.New("programs write the year 1 and the beginning of 1970 where they know no date")

// Parse reads a date as people write it in front matter: ISO 8601 and RFC 3339, RFC 5322, the
// forms of Jekyll and Hugo, Korean, Japanese and Chinese ones ("2024. 1. 2.", "2024년 1월 2일 오후 3:04"), seconds and
// milliseconds since 1970. A date without a time is its midnight. Without an offset it is read in zone (nil: UTC) and
// zoneless is true. The result is in UTC and in whole seconds.
func Parse(s string, zone *time.Location) (t time.Time, zoneless bool, err error) {
	t, zoneless, doubt, err := Read(s, zone)
	if err == nil && doubt != "" {
		err = errors.New(doubt)
	}
	if err != nil {
		return time.Time{}, false, err
	}
	return t, zoneless, nil
}

// Read is Parse for dates that generators take though they are not well written. Where something was read otherwise than
// it is written, doubt says what; it is "" else. A time that cannot be read leaves the day. A day that cannot be told is
// an error.
func Read(s string, zone *time.Location) (t time.Time, zoneless bool, doubt string, err error) {
	if zone == nil {
		zone = time.UTC
	}
	if t, zoneless, ok := readUsual(s, zone); ok {
		return t, zoneless, "", nil
	}
	s = strings.Join(strings.Fields(plainSigns(text.NFC(s))), " ")
	if t, ok := cutUnix(s); ok {
		return t, false, "", checkNone(t)
	}
	s, moved := yearFirst(s)
	day, rest, err := cutDay(s)
	if err != nil {
		return time.Time{}, false, "", err
	}
	c, where, doubt := readTime(rest, zone)
	t = time.Date(day.Year(), day.Month(), day.Day(), c.hour, c.minute, c.second, 0, cmpZone(where, zone)).UTC()
	if err := checkNone(t); err != nil {
		return time.Time{}, false, "", err
	}
	if moved && doubt == "" {
		doubt = "the year is taken from after the time"
	}
	return t, where == nil, doubt, nil
}

// cmpZone returns where, or zone where that is not known.
func cmpZone(where, zone *time.Location) *time.Location {
	if where == nil {
		return zone
	}
	return where
}

// checkNone refuses the dates that stand for none.
func checkNone(t time.Time) error {
	if t.Year() <= 1 || t.Unix() == 0 {
		return ErrNone
	}
	return nil
}

// plainSigns returns a text with full-width letters, digits and signs, and hyphens of all kinds, as those of ASCII.
func plainSigns(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.Map(plainSign, s)
		}
	}
	return s
}

func plainSign(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r >= 0x2010 && r <= 0x2015 || r == 0x2212:
		return '-'
	case r == 0x2236: // ratio
		return ':'
	}
	return r
}

// readTime reads what stands behind a day. where is nil without an offset.
func readTime(rest string, zone *time.Location) (c clock, where *time.Location, doubt string) {
	if rest == "" {
		return clock{}, nil, ""
	}
	c, offset, err := cutClock(rest)
	if err == nil && offset != "" {
		where, err = parseOffset(offset, zone)
	}
	switch {
	case err == nil && c.hour == 24:
		return c, where, "24:00 is the midnight at which the next day begins"
	case err == nil && c.second > 60:
		return c, where, fmt.Sprintf("the second %d is counted into the next minute", c.second)
	case err == nil:
		return c, where, ""
	}
	if c, where, ok := looseTime(rest, zone); ok {
		return c, where, fmt.Sprintf("of %q only the time and the offset are read", rest)
	}
	return clock{}, nil, fmt.Sprintf("the time %q cannot be read; the day alone is taken", rest)
}
