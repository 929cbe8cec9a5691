package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/engine"
)

func TestStatusOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{io.EOF, 2},
		{notDone(io.EOF), 1},
		{fmt.Errorf("x: %w", wrong(io.EOF)), 2},
		{errors.Join(ended(3), io.EOF), 3},
		{ended(0), 0},
	} {
		if got := statusOf(c.err); got != c.want {
			t.Errorf("statusOf(%v) = %d, want %d", c.err, got, c.want)
		}
	}
}

// full is a stdout that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestAReportThatCannotBeWrittenIsNotDone(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"version", "--json"}} {
		var stderr strings.Builder
		if got := run(t.Context(), process{args: args, stdout: full{}, stderr: &stderr, now: time.Now}); got != engine.StatusNotDone || !strings.Contains(stderr.String(), "write stdout") {
			t.Errorf("%q ended with %d: %s", args, got, stderr.String())
		}
	}
}
