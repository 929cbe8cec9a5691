package screen

import (
	"fmt"
	"runtime/debug"
)

// Version is which herald this is.
type Version struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Time     string `json:"time,omitempty"`
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go,omitempty"`
}

// NewVersion returns a version with what its build knows of itself; nil: nothing.
func NewVersion(version string, info *debug.BuildInfo) Version {
	v := Version{Version: version}
	if info == nil {
		return v
	}
	v.Go = info.GoVersion
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.time":
			v.Time = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

// Line returns the version as one line, the same in every language.
func (v Version) Line() string {
	made := ""
	if v.Revision != "" {
		made = fmt.Sprintf(" (%.12s)", v.Revision)
	}
	if v.Revision != "" && v.Modified {
		made = fmt.Sprintf(" (%.12s, modified)", v.Revision)
	}
	return fmt.Sprintf("herald %s%s %s", v.Version, made, v.Go)
}

// Version prints which herald this is.
func (s Screen) Version(v Version) { s.line(v.Line()) }
