package scaffold

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// MachineZone names the zone that this machine keeps: TZ, else what etc/localtime points to,
// else etc/timezone, else UTC. Only names that mean the same elsewhere count.
func MachineZone(env []string, etc string) string {
	if tz, set := lookup(env, "TZ"); set {
		if name := zoneName(tz); name != "" {
			return name
		}
	}
	if target, err := os.Readlink(filepath.Join(etc, "localtime")); err == nil {
		if name := zoneName(target); name != "" {
			return name
		}
	}
	if text, err := os.ReadFile(filepath.Join(etc, "timezone")); err == nil {
		if name := zoneName(string(text)); name != "" {
			return name
		}
	}
	return "UTC"
}

// zoneName returns the IANA name in a TZ value or a path below zoneinfo; "" is none.
func zoneName(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), ":")
	if _, below, found := strings.Cut(s, "zoneinfo/"); found {
		s = below
	}
	if s == "" || s == "Local" {
		return ""
	}
	if _, err := time.LoadLocation(s); err != nil {
		return ""
	}
	if s == "Etc/UTC" {
		return "UTC"
	}
	return s
}

// lookup returns the last value of a variable, as the system does.
func lookup(env []string, name string) (value string, set bool) {
	for _, line := range env {
		if v, found := strings.CutPrefix(line, name+"="); found {
			value, set = v, true
		}
	}
	return value, set
}
