package date

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ErrFormat describes what a date may look like.
var ErrFormat = errors.New(`want a date such as "2024-01-02", "2024-01-02 15:04:05 +0900" or "2024년 1월 2일 오후 3:04"`)

// lastYear is the last year that a date may name; later ones are typing errors.
const lastYear = 9000

var (
	// A year, month and day, with the weekday that some write behind them.
	dateDigits = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\. ?(\d{1,2})\. ?(\d{1,2})\.?|[년年] ?(\d{1,2})[월月] ?(\d{1,2})[일日]|(\d{2})(\d{2}))` +
		`(?: ?\([월화수목금토일月火水木金土日]\)| ?[월화수목금토일]요일| ?[月火水木金土日]曜日?| ?(?:星期|周)[一二三四五六日天])?,?`)
	// ISO 8601: a day of a week of a year, and a day of a year.
	dateWeek    = regexp.MustCompile(`^(\d{4})-?W(\d{2})-?([1-7])`)
	dateOrdinal = regexp.MustCompile(`^(\d{4})-(\d{3})(?:[T ]|$)`)
	// RFC 5322 section 3.3: day, month, year.
	dateDayMonth = regexp.MustCompile(`^(?:[A-Za-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?([A-Za-z]{3,9})\.?,?[ -](\d{4}),?`)
	dateMonthDay = regexp.MustCompile(`^(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}),?`)
	// The command date(1), and C's ctime: the year stands behind the time.
	dateCtime = regexp.MustCompile(`^[A-Za-z]{3,9},? ([A-Za-z]{3,9} \d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?)( [A-Za-z]{1,5}| [+-]\d{4})? (\d{4})( [+-]\d{4})?$`)
	// A day and a month in either order.
	dateEither = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4}),?`)
)

// cutDay takes the calendar day off the front of text.
func cutDay(text string) (day time.Time, rest string, err error) {
	var year, month, date string
	switch {
	case cutWith(dateWeek, text) != nil:
		return weekDay(cutWith(dateWeek, text), text)
	case cutWith(dateOrdinal, text) != nil:
		return ordinalDay(cutWith(dateOrdinal, text), text)
	}
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
	} else if m := dateEither.FindStringSubmatch(text); m != nil {
		if date, month, err = whichIsMonth(m[1], m[2], m[3]); err != nil {
			return time.Time{}, "", err
		}
		year, rest = m[3], text[len(m[0]):]
	}
	if month == "" {
		return time.Time{}, "", ErrFormat
	}
	day, err = calendarDay(year, month, date)
	return day, strings.TrimPrefix(strings.TrimPrefix(rest, " "), "at "), err
}

// yearFirst brings the year that date(1) and ctime write behind the time to its day.
func yearFirst(text string) (ordered string, moved bool) {
	m := dateCtime.FindStringSubmatch(text)
	if m == nil {
		return text, false
	}
	return m[1] + " " + m[4] + " " + m[2] + m[3] + m[5], true
}

// cutWith returns what a pattern finds.
func cutWith(pattern *regexp.Regexp, text string) []string { return pattern.FindStringSubmatch(text) }

// whichIsMonth tells the month from the day where only one of two numbers can be it.
func whichIsMonth(a, b, year string) (day, month string, err error) {
	first, _ := strconv.Atoi(a)
	second, _ := strconv.Atoi(b)
	switch {
	case first > 12 || first == second:
		return a, b, nil
	case second > 12:
		return b, a, nil
	}
	return "", "", fmt.Errorf("it may be %s-%02d-%02d or %s-%02d-%02d; write the one that is meant", year, second, first, year, first, second)
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
	case y > lastYear:
		return time.Time{}, fmt.Errorf("the year %d is beyond %d", y, lastYear)
	}
	return t, nil
}

// weekDay returns the day of an ISO week: week 1 holds the 4th of January, weeks begin on Monday.
func weekDay(m []string, text string) (day time.Time, rest string, err error) {
	year, _ := strconv.Atoi(m[1])
	week, _ := strconv.Atoi(m[2])
	weekday, _ := strconv.Atoi(m[3])
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	day = monday.AddDate(0, 0, 7*(week-1)+weekday-1)
	if got, w := day.ISOWeek(); got != year || w != week || year > lastYear {
		return time.Time{}, "", fmt.Errorf("no calendar has the week %s-W%s", m[1], m[2])
	}
	return day, strings.TrimPrefix(text[len(m[0]):], " "), nil
}

// ordinalDay returns the day of a number in a year.
func ordinalDay(m []string, text string) (day time.Time, rest string, err error) {
	year, _ := strconv.Atoi(m[1])
	number, _ := strconv.Atoi(m[2])
	day = time.Date(year, time.January, number, 0, 0, 0, 0, time.UTC)
	if number == 0 || day.Year() != year || year > lastYear {
		return time.Time{}, "", fmt.Errorf("no calendar has the day %s-%s", m[1], m[2])
	}
	return day, strings.TrimPrefix(text[len("2006-002"):], " "), nil
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

// cutUnix reads seconds or milliseconds since 1970; fewer than nine digits are no such number.
func cutUnix(text string) (t time.Time, ok bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if strings.Trim(whole+fraction, "0123456789") != "" {
		return t, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	switch len(whole) {
	case 9, 10:
		return time.Unix(n, 0).UTC(), err == nil
	case 13:
		return time.UnixMilli(n).UTC().Truncate(time.Second), err == nil
	}
	return t, false
}
