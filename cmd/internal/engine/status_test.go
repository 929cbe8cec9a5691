package engine

import "testing"

// Where several statuses apply, the first of 2, 3, 1 is given.
func TestWorse(t *testing.T) {
	order := []int{StatusWrong, StatusHeld, StatusNotDone, StatusDone}
	for i, a := range order {
		for j, b := range order {
			if got, want := Worse(a, b), order[min(i, j)]; got != want {
				t.Errorf("Worse(%d, %d): got %d, want %d", a, b, got, want)
			}
		}
	}
}
