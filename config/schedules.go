package config

import (
	"time"

	"herald/config/schedule"
)

// Schedule is when a source is scanned.
type Schedule = schedule.Schedule

// ParseSchedule reads a schedule as herald.yaml has it, its fields in zone: see schedule.Parse.
func ParseSchedule(spec string, zone *time.Location) (Schedule, error) {
	return schedule.Parse(spec, zone)
}
