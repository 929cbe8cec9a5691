package sql

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"
)

const (
	// late is how long a transaction may take to commit a row whose cursor was set when it began: so far back an increment looks.
	late = 5 * time.Minute
	// lateNumbers is the same for cursors that count.
	lateNumbers = 1000
	// fresh is how long after a change another one may bear the same time.
	fresh = 2 * time.Second
)

// layouts are the ways in which databases write times, with the time that passes between two that differ.
var layouts = []struct {
	layout string
	step   time.Duration
	zoned  bool
}{
	{"2006-01-02 15:04:05.999999999-07", 0, true},
	{"2006-01-02 15:04:05.999999999-07:00", 0, true},
	{"2006-01-02 15:04:05.999999999Z07:00", 0, true},
	{"2006-01-02T15:04:05.999999999Z07:00", 0, true},
	{"2006-01-02 15:04:05.999999999", 0, false},
	{"2006-01-02T15:04:05.999999999", 0, false},
	{"2006-01-02 15:04", time.Minute, false},
	{"2006-01-02T15:04", time.Minute, false},
	{"2006-01-02", 24 * time.Hour, false},
}

// moment is a cursor that is a time.
type moment struct {
	at     time.Time // of one without a zone: as if it were in UTC
	zoned  bool
	step   time.Duration // between two that differ
	layout string        // of a text; "": it is a number
	unit   time.Duration // of a whole number; 0: it has a fraction
}

// write writes a time as the database wrote this one.
func (m moment) write(t time.Time) string {
	switch {
	case m.layout != "":
		return t.In(m.at.Location()).Format(m.layout)
	case m.unit > 0:
		return strconv.FormatInt(t.UnixNano()/int64(m.unit), 10)
	}
	return strconv.FormatFloat(float64(t.UnixNano())/1e9, 'f', 6, 64)
}

// momentOf reads a cursor as a time: a text, or the seconds, milliseconds or microseconds since 1970.
func momentOf(value string) (m moment, ok bool) {
	if isNumber(value) {
		return momentOfNumber(value)
	}
	for _, l := range layouts {
		if at, err := time.Parse(l.layout, value); err == nil {
			return moment{at: at, zoned: l.zoned, step: l.step, layout: l.layout}, true
		}
	}
	return m, false
}

func momentOfNumber(value string) (m moment, ok bool) {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		for _, unit := range []time.Duration{time.Second, time.Millisecond, time.Microsecond} {
			perSecond := int64(time.Second / unit)
			if n/perSecond > 5e8 && n/perSecond < 1e10 {
				return moment{at: time.Unix(n/perSecond, n%perSecond*int64(unit)), zoned: true, step: unit, unit: unit}, true
			}
		}
		return m, false
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || n <= 5e8 || n >= 1e10 {
		return m, false
	}
	return moment{at: time.Unix(0, int64(n*1e9)), zoned: true}, true
}

// isNumber reports whether a cursor is written as numbers are.
func isNumber(value string) bool {
	return value != "" && strings.Trim(value, "+-.eE0123456789") == "" && strings.LastIndexByte(value, '-') <= max(0, strings.IndexAny(value, "eE")+1)
}

// clocks returns what a clock shows where a time has no zone: in UTC, and in the zone of the site.
func (m moment) clocks(now time.Time, zone *time.Location) []time.Time {
	if m.zoned || zone == nil {
		return []time.Time{now}
	}
	_, offset := now.In(zone).Zone()
	return []time.Time{now, now.Add(time.Duration(offset) * time.Second)}
}

// isDaysOld reports whether a cursor begins with a date that was over everywhere a day before now.
func isDaysOld(value string, now time.Time) bool {
	if len(value) < len(time.DateOnly) || value[4] != '-' || value[7] != '-' || value[0] > '9' {
		return false
	}
	return value[:len(time.DateOnly)] < now.UTC().AddDate(0, 0, -2).Format(time.DateOnly)
}

// isFresh reports whether a row that changes once more, a moment after now, may bear the same cursor.
func isFresh(value string, now time.Time, zone *time.Location) bool {
	if isDaysOld(value, now) {
		return false
	}
	m, ok := momentOf(value)
	if !ok {
		return false
	}
	for _, clock := range m.clocks(now, zone) {
		if !m.at.Add(m.step).Before(clock.Add(-fresh)) && !m.at.After(clock.Add(fresh)) {
			return true
		}
	}
	return false
}

// since returns from which cursor on rows are listed where the greatest that was seen is value: some time earlier, for what was committed
// late, and no later than now, for one row that claims to be of the future must not hide all others.
func since(value string, now time.Time, zone *time.Location) string {
	if m, ok := momentOf(value); ok {
		latest := now
		for _, clock := range m.clocks(now, zone) {
			if clock.After(latest) {
				latest = clock
			}
		}
		if m.at.Before(latest) {
			latest = m.at
		}
		return m.write(latest.Add(-late))
	}
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && n > math.MinInt64+lateNumbers {
		return strconv.FormatInt(n-lateNumbers, 10)
	}
	return value
}

// greater returns the greater of two cursors: numbers as such, all else by bytes.
func greater(a, b string) string {
	if a == "" || b == "" {
		return cmp.Or(a, b)
	}
	if compareCursors(a, b) < 0 {
		return b
	}
	return a
}

func compareCursors(a, b string) int {
	if !isNumber(a) || !isNumber(b) {
		return strings.Compare(a, b)
	}
	m, errA := strconv.ParseInt(a, 10, 64)
	n, errB := strconv.ParseInt(b, 10, 64)
	if errA == nil && errB == nil {
		return cmp.Compare(m, n)
	}
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	if errA == nil && errB == nil {
		return cmp.Compare(x, y)
	}
	return strings.Compare(a, b)
}
