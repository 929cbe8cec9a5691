package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/progress/terminaltest"
)

// slowSite is a herald with a source whose server answers once it is let.
type slowSite struct {
	config string
	answer chan struct{}
	clock  atomic.Int64 // seconds
}

func newSlowSite(t *testing.T) *slowSite {
	s := &slowSite{answer: make(chan struct{}), config: filepath.Join(t.TempDir(), configName)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-s.answer:
		case <-r.Context().Done():
		}
		fmt.Fprint(w, `[{"id": "1", "title": "첫 글", "url": "/1/", "date": "2026-01-02T03:04:05Z", "content": "말"}]`)
	}))
	t.Cleanup(server.Close)
	text := "site: {url: \"https://news.example.org\", title: 소식}\nsources: [{name: 글, type: json, url: \"" + server.URL + "/all\", allow_private: true}]\n"
	if err := os.WriteFile(s.config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *slowSite) now() time.Time { return time.Unix(1_800_000_000+s.clock.Load(), 0) }

// begin starts a command beside the test and returns a channel of its status. Time goes by from then on.
func (s *slowSite) begin(t *testing.T, p process, args ...string) <-chan int {
	p.args, p.env, p.now = append(args, "-c", s.config), []string{"TERM=xterm"}, s.now
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	done := make(chan struct{})
	go func() { ended <- run(ctx, p); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(50 * time.Millisecond):
				s.clock.Add(1)
			}
		}
	}()
	return ended
}

func TestCLongWorkShowsItselfAndLeavesACleanTerminal(t *testing.T) {
	for _, command := range []string{"build", "check", "plan"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			s, term := newSlowSite(t), terminaltest.New(t, 80)
			var out bytes.Buffer
			ended := s.begin(t, process{stdout: &out, stderr: term.File}, command, "--json")
			term.Await(t, `^asking 글  \d+ s so far$`)
			close(s.answer)
			if got := <-ended; got != 0 {
				t.Errorf("ended with %d, want 0: %s", got, out.String())
			}
			term.Await(t, `^$`)
			var report map[string]any
			if err := json.Unmarshal(out.Bytes(), &report); err != nil {
				t.Errorf("got %q on stdout (%v), want one JSON document", out.String(), err)
			}
		})
	}
}

// Progress stands on stderr only where that is a terminal.
func TestCNoProgressInAFile(t *testing.T) {
	s := newSlowSite(t)
	var out, log bytes.Buffer
	ended := s.begin(t, process{stdout: &out, stderr: &log}, "build")
	for began := s.clock.Load(); s.clock.Load() < began+25 && len(ended) == 0; {
		time.Sleep(10 * time.Millisecond)
	}
	if len(ended) > 0 {
		t.Error("it ended before its source answered")
	}
	close(s.answer)
	if got := <-ended; got != 0 || log.Len() > 0 {
		t.Errorf("ended with %d and %q on stderr, want 0 and nothing: %s", got, log.String(), out.String())
	}
}

// The log of run is whole lines above the bar, and nothing of the bar is left.
func TestCRunLogsBesideTheBar(t *testing.T) {
	s, term := newSlowSite(t), terminaltest.New(t, 80)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, process{args: []string{"run", "-c", s.config}, env: []string{"TERM=xterm"}, now: func() time.Time { s.clock.Add(1); return s.now() }, stdout: term.File, stderr: term.File})
	}()
	term.Await(t, `msg="nothing is served[^\n]*\n(.*\n)*asking 글  \d+ (s|min) so far$`)
	close(s.answer)
	term.Await(t, `msg="everything stands`)
	end()
	if got := <-ended; got != 0 {
		t.Errorf("ended with %d, want 0", got)
	}
	screen := term.Await(t, `msg=ended\n$`)
	for line := range strings.Lines(screen) {
		if !strings.HasPrefix(line, "time=") {
			t.Errorf("got the line %q, want nothing but the log:\n%s", line, screen)
		}
	}
}

// What was read of the articles before a Ctrl-C is no report of them.
func TestCACheckThatIsCutOffReportsNothing(t *testing.T) {
	s, term := newSlowSite(t), terminaltest.New(t, 80)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	var out bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, process{args: []string{"check", "-c", s.config}, env: []string{"TERM=xterm"}, now: func() time.Time { s.clock.Add(1); return s.now() }, stdout: &out, stderr: term.File})
	}()
	term.Await(t, `^asking 글  \d+ (s|min) so far$`)
	interrupt()
	if got := <-ended; got != 1 || out.Len() > 0 {
		t.Errorf("ended with %d and %q on stdout, want 1 and nothing", got, out.String())
	}
	term.Await(t, `^herald: context canceled\n$`)
}
