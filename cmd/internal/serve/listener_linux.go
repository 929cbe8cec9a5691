package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// listening is the state of a socket that listens, in /proc/net/tcp (proc(5)).
const listening = "0A"

// listener finds the process that listens on a port; 0: none that this user may look at.
func listener(port uint16) (pid int, name string) {
	sockets := map[string]bool{}
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, _ := os.ReadFile(table)
		for line := range strings.Lines(string(text)) {
			f := strings.Fields(line)
			if len(f) > 9 && f[3] == listening && strings.HasSuffix(f[1], fmt.Sprintf(":%04X", port)) {
				sockets["socket:["+f[9]+"]"] = true
			}
		}
	}
	if len(sockets) == 0 {
		return 0, ""
	}
	files, _ := filepath.Glob("/proc/[0-9]*/fd/*")
	for _, file := range files {
		if to, err := os.Readlink(file); err == nil && sockets[to] {
			process := filepath.Dir(filepath.Dir(file))
			pid, _ = strconv.Atoi(filepath.Base(process))
			comm, _ := os.ReadFile(filepath.Join(process, "comm"))
			return pid, strings.TrimSpace(string(comm))
		}
	}
	return 0, ""
}
