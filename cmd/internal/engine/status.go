package engine

// The statuses that a report carries; as exit statuses the operator's contract fixes them.
const (
	StatusDone    = 0
	StatusNotDone = 1 // something was not done; the last good outputs stay
	StatusWrong   = 2 // the command line or the config is wrong; nothing was touched
	StatusHeld    = 3 // a change waits for approve or --force
)

// Worse returns the one of two statuses that the program ends with: the first of 2, 3, 1, 0.
func Worse(a, b int) int {
	for _, s := range []int{StatusWrong, StatusHeld, StatusNotDone} {
		if a == s || b == s {
			return s
		}
	}
	return StatusDone
}
