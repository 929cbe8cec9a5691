package date

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// clock is a time of day. A second may be beyond 59.
type clock struct{ hour, minute, second int }

// A time of day behind a date.
var dateClock = regexp.MustCompile(`^(?:(오전|오후|午前|午後|上午|下午|(?i:am|pm)) ?)?(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,9})?)?| ?((?i:am|pm))\b|[시時时点點](?: ?(\d{1,2})[분分](?: ?(\d{1,2})[초秒])?)?)(?: ?((?i:am|pm|a\.m\.|p\.m\.)))?`)

// A time of day behind a date that is all digits: 20240102T150405.
var dateDigitClock = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})?(?:\.\d{1,9})?($|Z|[+-])`)

// cutClock takes a time of day off the front of text, and returns the offset behind it.
func cutClock(text string) (c clock, offset string, err error) {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "T"), "t")
	var half string
	m := dateClock.FindStringSubmatch(text)
	if m != nil {
		c, half = clock{number(m[2]), number(m[3] + m[6]), number(m[4] + m[7])}, m[1]+m[5]+m[8]
	} else if m = dateDigitClock.FindStringSubmatch(text); m != nil {
		c, m[0] = clock{number(m[1]), number(m[2]), number(m[3])}, strings.TrimRight(m[0], "Z+-")
	} else {
		return c, text, nil // an offset alone
	}
	if half != "" && !c.setHalf(half) {
		return c, "", fmt.Errorf("%s is not a time of day", m[0])
	}
	midnight := half == "" && c == clock{hour: 24}
	if c.hour > 23 && !midnight || c.minute > 59 {
		return c, "", fmt.Errorf("%s is not a time of day", m[0])
	}
	return c, strings.TrimPrefix(text[len(m[0]):], " "), nil
}

// setHalf counts hours of the forenoon or the afternoon in 24.
func (c *clock) setHalf(half string) bool {
	afternoon := false
	switch strings.ReplaceAll(strings.ToLower(half), ".", "") {
	case "오후", "午後", "下午", "pm":
		afternoon = true
	}
	switch {
	case !afternoon && c.hour > 12:
		return false
	case afternoon && c.hour < 12:
		c.hour += 12
	case !afternoon && c.hour == 12:
		c.hour = 0
	}
	return true
}

var (
	looseClock  = regexp.MustCompile(`(?:^|[^\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[^\d]|$)`)
	looseOffset = regexp.MustCompile(`^(?:[+-]\d{1,2}:?\d{2}|[A-Za-z]{1,4})$`)
	looseNoise  = regexp.MustCompile(`^(?:\d{4}|[:.,]*\d{0,2}[:.,]*)$`)
)

// looseTime looks for a time of day anywhere in what stands behind a day, as Ruby's Time.parse does, with an offset
// behind it. Beside them only a year and stray signs may stand there.
func looseTime(text string, zone *time.Location) (c clock, where *time.Location, ok bool) {
	at := looseClock.FindStringSubmatchIndex(text)
	if at == nil {
		return c, nil, false
	}
	group := func(n int) string {
		if at[2*n] < 0 {
			return ""
		}
		return text[at[2*n]:at[2*n+1]]
	}
	c = clock{number(group(1)), number(group(2)), number(group(3))}
	end := at[5]
	if at[7] > 0 {
		end = at[7]
	}
	if c.hour > 23 || c.minute > 59 || c.second > 99 || strings.Trim(text[:at[2]], " T,:") != "" {
		return c, nil, false
	}
	for part := range strings.FieldsSeq(text[end:]) {
		switch {
		case looseOffset.MatchString(part) && where == nil:
			found, err := parseOffset(part, zone)
			if err != nil {
				return c, nil, false
			}
			where = found
		case !looseNoise.MatchString(part):
			return c, nil, false
		}
	}
	return c, where, true
}
