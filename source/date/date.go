// Package date reads dates as people write them in front matter.
package date

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"herald/source/text"
)

// The years that a date may name. Earlier ones come from broken clocks and empty fields (0001,
// 1970), later ones from typing errors.
const (
	firstYear = 1990
	lastYear  = 9000
)

// ErrFormat describes what a date may look like.
var ErrFormat = errors.New(`want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"`)

var (
	// A year, month and day, with the weekday that some write behind them.
	dateDigits = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\. ?(\d{1,2})\. ?(\d{1,2})\.?|년 ?(\d{1,2})월 ?(\d{1,2})일|(\d{2})(\d{2}))` +
		`(?: ?\([월화수목금토일]\)| ?[월화수목금토일]요일)?,?`)
	// RFC 5322 section 3.3: day, month, year.
	dateDayMonth = regexp.MustCompile(`^(?:[A-Za-z]{3,9},? )?(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}),?`)
	dateMonthDay = regexp.MustCompile(`^(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}),?`)
	// A time of day behind a date.
	dateClock = regexp.MustCompile(`^(?:(오전|오후|(?i:am|pm)) ?)?(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?|시(?: ?(\d{1,2})분(?: ?(\d{1,2})초)?)?)(?: ?((?i:am|pm|a\.m\.|p\.m\.)))?`)
	// An offset: Z, +09, +0900, +09:00.
	dateOffset = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?00)?$`)
)

// Parse reads a date as people write it in front matter: ISO 8601 and RFC 3339, RFC 5322, the
// forms of Jekyll and Hugo, and Korean ones ("2024. 1. 2.", "2024년 1월 2일 오후 3:04"). A date
// without a time is its midnight. Without an offset it is read in zone (nil: UTC) and zoneless is
// true. The result is in UTC and in whole seconds.
func Parse(s string, zone *time.Location) (t time.Time, zoneless bool, err error) {
	if zone == nil {
		zone = time.UTC
	}
	s = strings.Join(strings.Fields(text.NFC(s)), " ")
	day, rest, err := cutDay(s)
	if err != nil {
		return time.Time{}, false, err
	}
	clock, rest, err := cutClock(rest)
	if err != nil {
		return time.Time{}, false, err
	}
	zoneless = rest == ""
	if !zoneless {
		if zone, err = parseOffset(rest, zone); err != nil {
			return time.Time{}, false, err
		}
	}
	t = time.Date(day.Year(), day.Month(), day.Day(), clock[0], clock[1], clock[2], 0, zone)
	return t.UTC(), zoneless, nil
}

// cutDay takes the calendar day off the front of text.
func cutDay(text string) (day time.Time, rest string, err error) {
	var year, month, date string
	if m := dateDigits.FindStringSubmatch(text); m != nil {
		year, rest = m[1], text[len(m[0]):]
		for i := 2; i < len(m); i += 2 {
			if m[i] != "" {
				month, date = m[i], m[i+1]
			}
		}
	} else if m := dateDayMonth.FindStringSubmatch(text); m != nil {
		date, month, year, rest = m[1], englishMonth(m[2]), m[3], text[len(m[0]):]
	} else if m := dateMonthDay.FindStringSubmatch(text); m != nil {
		month, date, year, rest = englishMonth(m[1]), m[2], m[3], text[len(m[0]):]
	}
	if month == "" {
		return time.Time{}, "", ErrFormat
	}
	day, err = calendarDay(year, month, date)
	return day, strings.TrimPrefix(rest, " "), err
}

// calendarDay returns the day at midnight UTC; days that no calendar has are errors.
func calendarDay(year, month, day string) (time.Time, error) {
	y, _ := strconv.Atoi(year) // the patterns let only digits through
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	switch {
	case t.Month() != time.Month(m) || t.Day() != d:
		return time.Time{}, fmt.Errorf("no calendar has the day %s-%s-%s", year, month, day)
	case y < firstYear || y > lastYear:
		return time.Time{}, fmt.Errorf("the year %d is not between %d and %d", y, firstYear, lastYear)
	}
	return t, nil
}

// englishMonth returns the number of a month written in English, or "".
func englishMonth(name string) string {
	for m := time.January; m <= time.December; m++ {
		full := m.String()
		if strings.EqualFold(name, full) || strings.EqualFold(name, full[:3]) || m == time.September && strings.EqualFold(name, "sept") {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}

// cutClock takes hour, minute and second off the front of text; no text is midnight.
func cutClock(text string) (clock [3]int, rest string, err error) {
	text = strings.TrimPrefix(text, "T")
	text = strings.TrimPrefix(text, "t")
	if text == "" {
		return clock, "", nil
	}
	m := dateClock.FindStringSubmatch(text)
	if m == nil {
		return clock, text, nil // a date with an offset alone
	}
	for i, digits := range []string{m[2], m[3] + m[5], m[4] + m[6]} {
		clock[i], _ = strconv.Atoi(digits)
	}
	half := strings.ReplaceAll(strings.ToLower(m[1]+m[7]), ".", "")
	if half != "" {
		afternoon := half == "오후" || half == "pm"
		switch {
		case !afternoon && clock[0] > 12:
			return clock, "", fmt.Errorf("no clock shows %s", m[0])
		case afternoon && clock[0] < 12:
			clock[0] += 12
		case !afternoon && clock[0] == 12:
			clock[0] = 0
		}
	}
	if clock[0] > 23 || clock[1] > 59 || clock[2] > 59 {
		return clock, "", fmt.Errorf("no clock shows %s", m[0])
	}
	return clock, strings.TrimPrefix(text[len(m[0]):], " "), nil
}

// dateComment is a comment behind an offset (RFC 5322 section 3.2.2): "+0900 (KST)".
var dateComment = regexp.MustCompile(` \([^()]*\)$`)

// parseOffset reads what stands behind date and time. A zone's name is taken where it has one
// meaning everywhere it is used in feeds (RFC 5322 section 4.3, and KST, JST), or is zone's own.
func parseOffset(text string, zone *time.Location) (*time.Location, error) {
	if open := strings.IndexByte(text, '['); open > 0 && strings.HasSuffix(text, "]") {
		text = text[:open] // RFC 9557: "+09:00[Asia/Seoul]"
	}
	if strings.HasSuffix(text, ")") {
		text = dateComment.ReplaceAllString(text, "")
	}
	if m := dateOffset.FindStringSubmatch(text); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi(m[3])
		if hours > 14 || minutes > 59 {
			return nil, fmt.Errorf("no place has the offset %s", text)
		}
		seconds := hours*3600 + minutes*60
		if m[1] == "-" {
			seconds = -seconds
		}
		return time.FixedZone("", seconds), nil
	}
	if text == zone.String() {
		return zone, nil
	}
	hours, known := zoneHours(strings.ToUpper(strings.Trim(text, "()")))
	if !known {
		return nil, ErrFormat
	}
	return time.FixedZone("", hours*3600), nil
}

// zoneHours returns the offset of a zone's short name.
func zoneHours(name string) (hours int, known bool) {
	switch name {
	case "Z", "UTC", "GMT", "UT":
		return 0, true
	case "KST", "JST":
		return 9, true
	case "EST", "CDT":
		return -5, true
	case "EDT":
		return -4, true
	case "CST", "MDT":
		return -6, true
	case "MST", "PDT":
		return -7, true
	case "PST":
		return -8, true
	case "CET":
		return 1, true
	case "CEST":
		return 2, true
	}
	return 0, false
}
