package engine

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
)

// mountsBelow returns what is mounted at or below a folder, in words that change when that does; "" where the system does not
// tell. See proc_pid_mountinfo(5): the first field numbers the mount, the fifth is its place.
func mountsBelow(folder string) string {
	table, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return ""
	}
	real = strings.NewReplacer(" ", `\040`, "\t", `\011`, "\n", `\012`, `\`, `\134`).Replace(real)
	var found strings.Builder
	for line := range bytes.Lines(table) {
		fields := bytes.Fields(line)
		if len(fields) < 5 {
			continue
		}
		if rel, err := filepath.Rel(real, string(fields[4])); err == nil && filepath.IsLocal(rel) {
			found.Write(fields[0])
			found.WriteByte(' ')
		}
	}
	return found.String()
}
