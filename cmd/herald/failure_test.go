package main

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

// Where several statuses apply, the first of 2, 3, 1 is given.
func TestWorse(t *testing.T) {
	order := []int{statusWrong, statusHeld, statusNotDone, statusDone}
	for i, a := range order {
		for j, b := range order {
			if got := worse(a, b); got != order[min(i, j)] {
				t.Errorf("worse(%d, %d) = %d", a, b, got)
			}
		}
	}
}

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
