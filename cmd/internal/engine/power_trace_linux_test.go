package engine_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// tracedCalls are all system calls by which a program may change a file or talk to a target. One that
// changes a file and that disk does not know ends the test: the model must not be blind.
const tracedCalls = "open,openat,creat,close,dup,dup2,dup3,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate," +
	"copy_file_range,sendfile,mkdir,mkdirat,rmdir,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat," +
	"fsync,fdatasync,sync_file_range,msync,socket,read,sendto,sendmsg,recvfrom,recvmsg"

// call is a system call that has come back, or one that has begun and takes its time.
type call struct {
	thread string
	name   string
	args   []string
	result int64
	begins bool // of close and fsync, whose beginning counts
}

// text returns an argument that is a string.
func (c call) text(i int) (string, error) {
	text, err := strconv.Unquote(c.args[i])
	if err != nil {
		return "", fmt.Errorf("%s: argument %d: %w", c.name, i, err)
	}
	return text, nil
}

func (c call) number(i int) int64 {
	n, err := strconv.ParseInt(c.args[i], 0, 64)
	if err != nil {
		return -1
	}
	return n
}

// needStrace skips where nobody's calls can be recorded.
func needStrace(t *testing.T) {
	t.Helper()
	if out, err := exec.Command("strace", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("strace: %v\n%s", err, out)
		}
		t.Skip("strace is not here, or may not look at processes")
	}
}

// strace is the command line that records the calls of another one; stop is where that is killed: "a call:how
// often in one thread", "" nowhere.
func strace(record, stop string, command ...string) *exec.Cmd {
	args := []string{"-f", "-xx", "-s", strconv.Itoa(1 << 26), "-e", "signal=none", "-e", "trace=" + tracedCalls, "-o", record}
	if name, when, ok := strings.Cut(stop, ":"); ok {
		args = append(args, "-e", "inject="+name+":signal=KILL:when="+when)
	}
	return exec.Command("strace", append(args, command...)...)
}

// parseTrace reads what strace has recorded. Calls stand in the order in which they came back, so that a
// call that was made because of another stands behind it.
func parseTrace(record []byte) ([]call, error) {
	var all []call
	begun := map[string]string{} // by thread
	for raw := range bytes.Lines(record) {
		thread, line, _ := strings.Cut(strings.TrimRight(string(raw), "\n"), " ")
		line = strings.TrimLeft(line, " ")
		head, open := strings.CutSuffix(line, " <unfinished ...>")
		if !open { // of a process that is killed strace may lose sight within a call
			head, open = strings.CutSuffix(line, " <detached ...>")
		}
		if open {
			begun[thread] = head
			if c, ok := beginning(thread, head); ok {
				all = append(all, c)
			}
			continue
		}
		resumed := strings.HasPrefix(line, "<... ")
		if resumed {
			_, tail, _ := strings.Cut(line, " resumed>")
			line = begun[thread] + tail
		}
		if strings.HasPrefix(line, "+++") || strings.HasPrefix(line, "---") {
			continue
		}
		if c, ok := beginning(thread, line); ok && !resumed {
			all = append(all, c)
		}
		c, err := finished(thread, line)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// beginning is the call that a line begins, where its beginning counts.
func beginning(thread, line string) (call, bool) {
	name, args, _ := strings.Cut(line, "(")
	if name != "close" && name != "fsync" && name != "fdatasync" {
		return call{}, false
	}
	fd, _, _ := strings.Cut(args, ")")
	return call{thread: thread, name: name, args: []string{fd}, begins: true}, true
}

func finished(thread, line string) (call, error) {
	name, rest, ok := strings.Cut(line, "(")
	end := strings.LastIndex(rest, " = ")
	if !ok || end < 0 {
		return call{}, fmt.Errorf("not a call: %.200s", line)
	}
	c := call{thread: thread, name: name, result: -1}
	args := strings.TrimSuffix(strings.TrimRight(rest[:end], " "), ")")
	c.args = strings.Split(args, ", ")
	result, _, _ := strings.Cut(rest[end+3:], " ")
	if n, err := strconv.ParseInt(result, 0, 64); err == nil {
		c.result = n
	}
	return c, nil
}
