package progress_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/progress"
	"herald/cmd/internal/progress/terminaltest"
	"herald/source/text"
)

// clock is moved by hand.
type clock struct{ ms, looks atomic.Int64 }

func (c *clock) now() time.Time {
	c.looks.Add(1)
	return time.UnixMilli(1_800_000_000_000 + c.ms.Load())
}

func (c *clock) advance(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// stage is a Show on a terminal that is at work.
type stage struct {
	clock clock
	show  *progress.Show
	ctx   context.Context
	stop  func()
}

func begin(t *testing.T, stdout, stderr io.Writer, env ...string) *stage {
	s := &stage{}
	s.show = progress.NewShow(progress.Config{Stdout: stdout, Stderr: stderr, Env: env, Now: s.clock.now})
	ctx, stop := s.show.Start(t.Context())
	s.ctx, s.stop = ctx, sync.OnceFunc(stop)
	t.Cleanup(s.stop)
	return s
}

func TestABarAfterASecondThatMakesRoom(t *testing.T) {
	t.Parallel()
	term := terminaltest.New(t, 80)
	s := begin(t, term.File, term.File, "TERM=xterm")
	reading := progress.Begin(s.ctx, "reading %s", "글", "articles")
	reading.Expect(400)
	s.clock.looked(t)
	fmt.Fprintln(s.show.Stderr, "warning: one") // is printed while there is none
	s.clock.advance(990 * time.Millisecond)
	s.clock.looked(t)
	if got := term.Screen(); got != "warning: one\n" {
		t.Errorf("before a second: got %q, want no bar", got)
	}
	reading.Add(100)
	s.clock.advance(10 * time.Millisecond)
	term.Await(t, `^warning: one\nreading 글 \[=====               \] 100 of 400 articles`)
	if !strings.Contains(term.Printed(), "\x1b[32m=====") {
		t.Errorf("got %q, want a bar with a colour", term.Printed())
	}
	fmt.Fprintln(s.show.Stderr, "warning: two")
	term.Await(t, `^warning: one\nwarning: two\nreading 글 `)
	reading.End()
	term.Await(t, `^warning: one\nwarning: two\n$`)
	progress.Begin(s.ctx, "publishing", "", "")
	s.clock.advance(5 * time.Second)
	s.clock.looked(t)
	s.clock.advance(5 * time.Second)
	term.Await(t, `publishing  \d+ s so far$`)
	fmt.Fprintln(s.show.Stdout, "the report")
	s.clock.advance(time.Second)
	s.stop()
	fmt.Fprintln(term.File, "the prompt")
	term.Await(t, `^warning: one\nwarning: two\nthe report\nthe prompt\n$`)
}

// looked waits until the work was looked at after the call: the second look begins when all of the first is done.
func (c *clock) looked(t *testing.T) {
	t.Helper()
	end := time.Now().Add(time.Minute)
	for before := c.looks.Load(); c.looks.Load() < before+2; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nobody looks at the work")
		}
	}
}

func TestNothingOfABarIsLeftWhereWorkIsCutOff(t *testing.T) {
	t.Parallel()
	term := terminaltest.New(t, 80)
	var c clock
	show := progress.NewShow(progress.Config{Stdout: io.Discard, Stderr: term.File, Env: []string{"TERM=xterm", "NO_COLOR=1"}, Now: c.now})
	interrupted, interrupt := context.WithCancel(t.Context())
	ctx, stop := show.Start(interrupted)
	progress.Begin(ctx, "reading %s", "posts", "articles").Add(7)
	c.looked(t)
	c.advance(time.Second)
	term.Await(t, `7 articles`)
	if strings.Contains(term.Printed(), "\x1b[3") {
		t.Errorf("got %q, want no colour under NO_COLOR", term.Printed())
	}
	fmt.Fprint(term.File, "^C") // as the terminal echoes it
	interrupt()
	term.Await(t, `^$`)
	stop()
}

func TestTheBarFitsTheTerminalAsItIsNow(t *testing.T) {
	t.Parallel()
	term := terminaltest.New(t, 60)
	s := begin(t, io.Discard, term.File, "TERM=xterm")
	step := progress.Begin(s.ctx, "reading %s", "아주 긴 이름을 가진 블로그의 글 모음", "articles")
	step.Expect(1000)
	step.Add(1)
	s.until(t, term, `^reading 아주 긴 이름을 가진 블로그의 글  1 of 1000 articles$`)
	for _, columns := range []int{30, 12, 3, 200} {
		term.Resize(t, columns)
		before := len(term.Printed())
		s.clock.looked(t)
		s.clock.looked(t)
		drawn := strings.Split(term.Printed()[before:], "\r")
		last := terminaltest.Seen(drawn[len(drawn)-1])
		if got := text.Columns(last); got >= columns {
			t.Errorf("%d columns: got %q with %d of them, want fewer", columns, last, got)
		}
	}
}

// until lets time go by until the screen matches.
func (s *stage) until(t *testing.T, term *terminaltest.Terminal, pattern string) {
	t.Helper()
	s.clock.looked(t)
	s.clock.advance(time.Second)
	term.Await(t, pattern)
}

// A terminal that cannot erase gets a line every ten seconds.
func TestALineEveryTenSecondsOnADumbTerminal(t *testing.T) {
	t.Parallel()
	for _, env := range []string{"TERM=dumb", "TERM="} {
		term := terminaltest.New(t, 80)
		s := begin(t, io.Discard, term.File, env)
		step := progress.Begin(s.ctx, "reading %s", "posts", "articles")
		step.Add(5)
		s.clock.looked(t)
		s.clock.advance(9 * time.Second)
		s.clock.looked(t)
		s.clock.advance(time.Second)
		term.Await(t, `^reading posts: 5 articles\n$`)
		s.clock.advance(10 * time.Second)
		term.Await(t, `^reading posts: 5 articles\nreading posts: 5 articles\n$`)
		if strings.Contains(term.Printed(), "\x1b") {
			t.Errorf("%s: got %q, want plain text", env, term.Printed())
		}
	}
}

// Where stderr is no terminal it stays empty, and the log hears of the work.
func TestNoProgressWhereThereIsNoTerminal(t *testing.T) {
	t.Parallel()
	file, err := os.Create(t.TempDir() + "/stderr")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var log safeBuffer
	s := begin(t, io.Discard, file, "TERM=xterm")
	s.show.LogTo(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})))
	step := progress.Begin(s.ctx, "reading %s", "posts", "articles")
	step.Expect(50)
	s.clock.looked(t)
	step.Add(20)
	s.clock.advance(10 * time.Second)
	s.clock.looked(t)
	s.stop()
	if got, err := os.ReadFile(file.Name()); err != nil || len(got) > 0 {
		t.Errorf("got %q, %v on stderr, want nothing", got, err)
	}
	if got, want := log.String(), "level=INFO msg=working work="; !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1 {
		t.Errorf("got the log %q, want one line that begins with %q", got, want)
	}
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// Rooms count whether somebody looks or not.
func TestWithoutAMeterNothingIsCounted(t *testing.T) {
	t.Parallel()
	step := progress.Begin(t.Context(), "reading %s", "posts", "articles")
	step.Add(1)
	step.Expect(1)
	step.ExpectMore(1)
	step.End()
}
