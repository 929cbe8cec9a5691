package schedule_test

import (
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
