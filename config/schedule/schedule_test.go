package schedule_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"herald/config/schedule"
)

func TestScheduleNext(t *testing.T) {
	seoul, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ spec, now, want string }{
		{"*/5 * * * *", "2026-11-22T00:02:03Z", "2026-11-22T00:05:00Z"},
		{"0 6 * * *", "2026-11-22T00:00:00Z", "2026-11-22T21:00:00Z"}, // 06:00 in Seoul
		{"CRON_TZ=UTC 0 6 * * *", "2026-11-22T00:00:00Z", "2026-11-22T06:00:00Z"},
		{"TZ=America/New_York\t0 6 * * *", "2026-11-22T00:00:00Z", "2026-11-22T11:00:00Z"},
		{"CRON_TZ=UTC @daily", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"},
		{"@daily", "2026-11-22T00:00:00Z", "2026-11-22T15:00:00Z"},
		{"@hourly", "2026-11-22T00:00:00Z", "2026-11-22T01:00:00Z"},
		{"@every 1h30m", "2026-11-22T00:00:07Z", "2026-11-22T01:30:07Z"},
		{"0 0 29 2 *", "2026-11-22T00:00:00Z", "2028-02-28T15:00:00Z"},
		{"*/60 * * * *", "2026-11-22T00:02:03Z", "2026-11-22T01:00:00Z"},
		{"0 9 * * MON-FRI", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"},
		{"CRON_TZ=America/New_York 30 2 * * *", "2026-03-08T00:00:00Z", "2026-03-09T06:30:00Z"}, // 8 March has no 02:30
	} {
		s, err := schedule.Parse(c.spec, seoul)
		if err != nil {
			t.Errorf("%s: %v", c.spec, err)
			continue
		}
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Next(now).Format(time.RFC3339); got != c.want {
			t.Errorf("%s after %s: got %s, want %s", c.spec, c.now, got, c.want)
		}
		if s.String() != c.spec {
			t.Errorf("%s prints as %s", c.spec, s)
		}
	}
	if !(schedule.Schedule{}).Next(time.Unix(0, 0)).IsZero() {
		t.Error("the zero Schedule runs")
	}
}

// No spec may crash, and every one that is taken comes again, later, on a whole second.
func FuzzSchedule(f *testing.F) {
	for _, seed := range []string{"*/5 * * * *", "TZ=0", "CRON_TZ=", "CRON_TZ=UTC", "CRON_TZ=UTC @every 1s", "@every 9999h", "0 0 30 2 *", "*/1000 * * * *", "1-2/0 * * * *", "? ? ? ? ?", "@", "TZ= @daily"} {
		f.Add(seed)
	}
	now := time.Date(2026, 11, 22, 3, 4, 5, 0, time.UTC)
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := schedule.Parse(spec, time.UTC)
		if err != nil {
			return
		}
		next := s.Next(now)
		if !next.After(now) || next.Nanosecond() != 0 {
			t.Errorf("%q after %v comes at %v", spec, now, next)
		}
	})
}

// matches reports whether the clocks of a zone show at t what five fields say, each a number, "*" or "*/n".
func matches(fields [5]int, t time.Time) bool {
	for i, shown := range []int{t.Minute(), t.Hour(), t.Day(), int(t.Month()), int(t.Weekday())} {
		if want := fields[i]; want >= 0 && shown != want || want < every && shown%-want != 0 {
			return false
		}
	}
	return true
}

// every is the field "*"; below it stands "*/n" as -n.
const every = -1

// Every moment of a line is found, and no other, however the zone's clocks change: compared with each minute of the days
// around all changes of all zones in seven years.
func TestScheduleKeepsToTheCalendar(t *testing.T) {
	lines := map[string][5]int{
		"0 0 * * *":    {0, 0, every, every, every},
		"30 1 * * *":   {30, 1, every, every, every},
		"0 2 * * *":    {0, 2, every, every, every},
		"15 */6 * * *": {15, -6, every, every, every},
		"0 9 * * 0":    {0, 9, every, every, 0},
		"0 9 * * 5":    {0, 9, every, every, 5},
	}
	from, until := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	type change struct {
		at            time.Time
		before, after int
	}
	seen := map[change]bool{} // many zones change alike
	for _, name := range zoneNames(t) {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for at := from; ; {
			_, end := at.In(zone).ZoneBounds()
			if end.IsZero() || end.After(until) {
				break
			}
			at = end
			_, before := end.Add(-time.Second).In(zone).Zone()
			_, after := end.In(zone).Zone()
			if c := (change{end, before, after}); seen[c] {
				continue
			} else {
				seen[c] = true
			}
			for line, fields := range lines {
				s, err := schedule.Parse(line, zone)
				if err != nil {
					t.Fatal(err)
				}
				if got, want := s.Next(end.Add(-26*time.Hour)), nextMinute(fields, end.Add(-26*time.Hour), zone); !got.Equal(want) {
					t.Fatalf("%s in %s before the change at %v: got %v, want %v", line, name, end, got.In(zone), want.In(zone))
				}
			}
		}
	}
	if len(seen) < 200 {
		t.Errorf("compared around %d changes, want those of all zones", len(seen))
	}
}

// nextMinute asks minute by minute.
func nextMinute(fields [5]int, after time.Time, zone *time.Location) time.Time {
	for at := after.Truncate(time.Minute).Add(time.Minute); ; at = at.Add(time.Minute) {
		if matches(fields, at.In(zone)) {
			return at
		}
	}
}

// zoneNames returns the IANA zones that the machine lists.
func zoneNames(t *testing.T) []string {
	t.Helper()
	table, err := os.ReadFile("/usr/share/zoneinfo/tzdata.zi")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("the list of zones is missing: install tzdata")
		}
		t.Skip("the machine has no list of zones (tzdata)")
	}
	var names []string
	for line := range strings.Lines(string(table)) {
		if fields := strings.Fields(line); len(fields) > 2 && fields[0] == "Z" {
			names = append(names, fields[1])
		}
	}
	return names
}

// How often, as people say it, is answered with what to write.
func TestWhatWasMeant(t *testing.T) {
	for said, want := range map[string]string{
		"5m": "@every 5m", "1h30m": "@every 1h30m", "every 5m": "@every 5m", "every 5 minutes": "@every 5m", "10 min": "@every 10m", "2 hours": "@every 2h",
		"30s": "@every 30s", "hourly": "@hourly", "Daily": "@daily", "every week": "@weekly", "every hour": "@hourly",
	} {
		if _, err := schedule.Parse(said, time.UTC); err == nil || !strings.HasSuffix(err.Error(), `; write "`+want+`"`) {
			t.Errorf("%s: got %v, want %s", said, err, want)
		}
		if _, err := schedule.Parse(want, time.UTC); err != nil {
			t.Errorf("%s: %v", want, err)
		}
	}
	for _, said := range []string{"5", "* * *", "every now and then", "5 parsecs", "500ms"} {
		if _, err := schedule.Parse(said, time.UTC); err == nil || strings.Contains(err.Error(), "; write \"@every \"") {
			t.Errorf("%s: got %v, want no guess", said, err)
		}
	}
}
