// Package terminaltest is a terminal for tests: a real pseudo terminal of the kernel, and what somebody who looks at it sees.
package terminaltest

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Terminal is a pseudo terminal. Its methods may be called from several goroutines at once.
type Terminal struct {
	File   *os.File // what a program prints to
	master *os.File
	mu     sync.Mutex
	shown  strings.Builder // all that was printed
}

// New opens a terminal of so many columns, which is closed at the end of the test.
func New(t *testing.T, columns int) *Terminal {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	number := -1
	if err = unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err == nil {
		number, err = unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	}
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	term := &Terminal{File: file, master: master}
	term.Resize(t, columns)
	read := make(chan struct{})
	go func() { term.read(); close(read) }()
	t.Cleanup(func() { file.Close(); <-read; master.Close() })
	return term
}

// read keeps what is printed, until nobody can print any more.
func (term *Terminal) read() {
	part := make([]byte, 4096)
	for {
		n, err := term.master.Read(part)
		term.mu.Lock()
		term.shown.Write(part[:n])
		term.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Resize changes the width of the terminal.
func (term *Terminal) Resize(t *testing.T, columns int) {
	t.Helper()
	if err := unix.IoctlSetWinsize(int(term.master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: uint16(columns)}); err != nil {
		t.Fatal(err)
	}
}

// Printed returns all that was printed, with what steers the terminal.
func (term *Terminal) Printed() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.shown.String()
}

// Screen returns the lines that one sees now.
func (term *Terminal) Screen() string { return Seen(term.Printed()) }

// Await waits until the lines that one sees match a pattern, and returns them.
func (term *Terminal) Await(t *testing.T, pattern string) string {
	t.Helper()
	want := regexp.MustCompile(pattern)
	waiting, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for ; ; time.Sleep(5 * time.Millisecond) {
		screen := term.Screen()
		if want.MatchString(screen) {
			return screen
		}
		if waiting.Err() != nil {
			t.Fatalf("got the screen %q (printed %q), want one that matches %s", screen, term.Printed(), pattern)
		}
	}
}

var steering = regexp.MustCompile(`^\x1b\[([0-9;]*)([A-Za-z])`)

// Seen returns what stands on a terminal, without colours, once a text was printed on it: it knows the end of a line, the return to its
// beginning, and the erasing of its rest.
func Seen(printed string) string {
	var done strings.Builder
	var line []rune
	at := 0
	for printed != "" {
		if m := steering.FindStringSubmatch(printed); m != nil {
			if printed = printed[len(m[0]):]; m[2] == "K" {
				line = line[:min(at, len(line))]
			}
			continue
		}
		r := []rune(printed)[0]
		printed = strings.TrimPrefix(printed, string(r))
		switch r {
		case '\r':
			at = 0
		case '\n':
			done.WriteString(strings.TrimRight(string(line), " ") + "\n")
			line, at = nil, 0
		default:
			line = append(line[:at:at], append([]rune{r}, line[min(at+1, len(line)):]...)...)
			at++
		}
	}
	return done.String() + strings.TrimRight(string(line), " ")
}
