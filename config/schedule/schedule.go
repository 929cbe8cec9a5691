// Package schedule reads when things happen: schedules, time zones and durations, as people write them in a config.
package schedule

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Schedule is when a source is scanned. The zero Schedule never is. Safe for concurrent use.
type Schedule struct {
	spec string
	next cron.Schedule
}

// String returns the schedule as it was written.
func (s Schedule) String() string { return s.spec }

// Next returns the first moment after t, in t's zone; the zero time where there is none.
func (s Schedule) Next(t time.Time) time.Time {
	if s.next == nil {
		return time.Time{}
	}
	return s.next.Next(t)
}

// maxSpec bounds a schedule in bytes: nobody writes a longer one by hand.
const maxSpec = 256

// Parse reads a cron line of five fields, or a descriptor (@hourly, @daily, @weekly,
// @monthly, @yearly, @every 5m), after an optional CRON_TZ=Zone. Without that the fields are
// read in zone. An @every counts from the last run, in whole seconds.
//
// What the cron parser would accept and then never or wrongly obey is refused: dates that never
// come, steps wider than their field, intervals below a second, and fields of seconds.
func Parse(spec string, zone *time.Location) (Schedule, error) {
	if len(spec) > maxSpec {
		return Schedule{}, fmt.Errorf("is longer than %d bytes", maxSpec)
	}
	line := strings.TrimSpace(spec)
	line, zone, err := cutZone(line, zone)
	if err != nil {
		return Schedule{}, err
	}
	if line == "" {
		return Schedule{}, errors.New(`is empty; write five fields such as "*/5 * * * *", or "@every 5m"`)
	}
	next, err := parseLine(line, zone)
	if err != nil {
		return Schedule{}, err
	}
	return Schedule{spec: strings.TrimSpace(spec), next: next}, nil
}

// cutZone takes CRON_TZ= or TZ= from the front of line. The cron parser panics where nothing
// follows the zone, and silently takes the machine's zone for "Local".
func cutZone(line string, zone *time.Location) (string, *time.Location, error) {
	rest, found := strings.CutPrefix(line, "CRON_TZ=")
	if !found {
		rest, found = strings.CutPrefix(line, "TZ=")
	}
	if !found {
		return line, zone, nil
	}
	name, after := rest, ""
	if i := strings.IndexAny(rest, " \t"); i >= 0 {
		name, after = rest[:i], strings.TrimSpace(rest[i:])
	}
	zone, err := LoadZone(name)
	return after, zone, err
}

// LoadZone knows the IANA zones and UTC. The machine's own zone has no name here: the same
// config must mean the same everywhere.
func LoadZone(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, fmt.Errorf("unknown time zone %q; write an IANA name such as Asia/Seoul, or UTC", name)
	}
	return zone, nil
}

func parseLine(line string, zone *time.Location) (cron.Schedule, error) {
	if every, ok := strings.CutPrefix(line, "@every"); ok {
		return parseEvery(every)
	}
	if !strings.HasPrefix(line, "@") {
		if err := checkFields(strings.Fields(line)); err != nil {
			return nil, err
		}
	}
	next, err := parseCron(line)
	if err != nil {
		return nil, err
	}
	if fields, ok := next.(*cron.SpecSchedule); ok {
		next = zoned{fields, zone}
	}
	// A leap day after this moment is found, so what returns no time here never comes.
	if next.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("%q never comes: no such day is in the calendar", line)
	}
	return next, nil
}

// zoned is a line of five fields in a zone. Its moments are those at which the zone's clocks show what the fields say: an
// hour that is skipped has none, one that comes twice has two.
type zoned struct {
	fields *cron.SpecSchedule
	zone   *time.Location
}

// Next asks the cron library within each stretch of one offset: across a change it takes a day without midnight, or with
// two, for another.
func (z zoned) Next(t time.Time) time.Time {
	at := t
	for {
		local := at.Add(time.Second).In(z.zone)
		name, offset := local.Zone()
		_, end := local.ZoneBounds()
		line := *z.fields
		line.Location = time.FixedZone(name, offset)
		next := line.Next(at)
		if next.IsZero() || end.IsZero() || next.Before(end) {
			return next.In(t.Location())
		}
		at = end.Add(-time.Second)
	}
}

// parseCron is the cron parser with its panics turned into errors.
func parseCron(line string) (next cron.Schedule, err error) {
	defer func() {
		if recover() != nil {
			next, err = nil, fmt.Errorf("%q is not a schedule", line)
		}
	}()
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	next, err = parser.Parse(line)
	if err != nil && strings.HasPrefix(line, "@") {
		err = fmt.Errorf("%q is not a schedule; known are @hourly, @daily, @weekly, @monthly, @yearly and @every 5m", line)
	}
	return next, err
}

func parseEvery(text string) (cron.Schedule, error) {
	every, err := ParseDuration(strings.TrimSpace(text))
	switch {
	case err != nil:
		return nil, fmt.Errorf(`"@every%s": %w`, text, err)
	case every < time.Second:
		return nil, fmt.Errorf(`"@every%s" is below the shortest interval, 1s`, text)
	case every%time.Second != 0:
		return nil, fmt.Errorf(`"@every%s" is not a whole number of seconds`, text)
	}
	return cron.ConstantDelaySchedule{Delay: every}, nil
}

// checkFields looks at what the cron parser takes without a word.
func checkFields(fields []string) error {
	if meant := meantEvery(fields); meant != "" {
		return fmt.Errorf("%q is not a schedule; write %q", strings.Join(fields, " "), meant)
	}
	names := []struct {
		name string
		size int
	}{{"minute", 60}, {"hour", 24}, {"day", 31}, {"month", 12}, {"weekday", 7}}
	if len(fields) == len(names)+1 {
		return errors.New("has 6 fields; 5 are wanted (minute hour day month weekday): a field of seconds is not supported")
	}
	if len(fields) != len(names) {
		return fmt.Errorf(`has %d fields; 5 are wanted (minute hour day month weekday), or a descriptor such as "@every 5m"`, len(fields))
	}
	for i, field := range fields {
		for part := range strings.SplitSeq(field, ",") {
			_, step, found := strings.Cut(part, "/")
			if n, err := strconv.Atoi(step); found && err == nil && n > names[i].size {
				return fmt.Errorf("step %d of the %s field is wider than the field (%d)", n, names[i].name, names[i].size)
			}
		}
	}
	if strings.Contains(fields[4], "7") && !strings.Contains(fields[4], "/7") {
		return errors.New("weekday 7 is not known; Sunday is 0")
	}
	return nil
}

// meantEvery returns the descriptor that was meant where people write how often as they say it ("5m", "every 5 minutes",
// "hourly"); "": none.
func meantEvery(fields []string) string {
	if len(fields) > 1 && fields[0] == "every" {
		fields = fields[1:]
	}
	said := strings.ToLower(strings.Join(fields, ""))
	switch said {
	case "hourly", "daily", "weekly", "monthly", "yearly":
		return "@" + said
	case "hour", "day", "week", "month", "year":
		return "@" + map[string]string{"hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}[said]
	}
	number := strings.TrimRight(said, "abcdefghijklmnopqrstuvwxyz")
	unit := map[string]string{
		"s": "s", "sec": "s", "second": "s", "seconds": "s", "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
		"h": "h", "hour": "h", "hours": "h",
	}[said[len(number):]]
	if _, err := strconv.Atoi(number); err == nil && unit != "" {
		return "@every " + number + unit
	}
	if d, err := time.ParseDuration(said); err == nil && d >= time.Second {
		return "@every " + said
	}
	return ""
}

// ParseDuration reads Go's syntax (30s, 5m, 1h30m), not below zero.
func ParseDuration(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, errors.New("must be a duration with units h, m, s or ms, such as 30s, 10m or 1h30m")
	}
	if d < 0 {
		return 0, errors.New("must not be below zero")
	}
	return d, nil
}
