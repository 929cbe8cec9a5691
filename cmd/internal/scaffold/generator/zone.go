package generator

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// MachineZone names the zone that this machine keeps: TZ, else what etc/localtime points to,
// else etc/timezone, else UTC. Only names that mean the same elsewhere count.
func MachineZone(env []string, etc string) string {
	target, _ := os.Readlink(filepath.Join(etc, "localtime")) // "" where there is none
	text, _ := os.ReadFile(filepath.Join(etc, "timezone"))
	return cmp.Or(zoneName(lookup(env, "TZ")), zoneName(target), zoneName(string(text)), "UTC")
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

// lookup returns the last value of a variable, as the system does; "" where it is not set.
func lookup(env []string, name string) (value string) {
	for _, line := range env {
		if v, found := strings.CutPrefix(line, name+"="); found {
			value = v
		}
	}
	return value
}
