package main

import (
	"errors"
	"fmt"
)

// The exit statuses, as the operator's contract fixes them.
const (
	statusDone    = 0
	statusNotDone = 1 // something was not done; the last good outputs stay
	statusWrong   = 2 // the command line or the config is wrong; nothing was touched
	statusHeld    = 3 // a change waits for approve or --force
)

// failure ends a command with a status other than 0. A nil cause means that the command has
// said everything itself.
type failure struct {
	status int
	err    error
}

// Error gives the cause's text.
func (f *failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit status %d", f.status)
	}
	return f.err.Error()
}

// Unwrap gives the cause.
func (f *failure) Unwrap() error { return f.err }

func notDone(err error) error { return &failure{statusNotDone, err} }
func wrong(err error) error   { return &failure{statusWrong, err} }

// ended turns the status of a command that has reported everything into its error.
func ended(status int) error {
	if status == statusDone {
		return nil
	}
	return &failure{status: status}
}

// worse gives the one of two statuses that the program ends with: the first of 2, 3, 1, 0.
func worse(a, b int) int {
	for _, s := range []int{statusWrong, statusHeld, statusNotDone} {
		if a == s || b == s {
			return s
		}
	}
	return statusDone
}

// statusOf gives the status that an error stands for. What no command has marked was found by
// the command line parser.
func statusOf(err error) int {
	var f *failure
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &f):
		return f.status
	}
	return statusWrong
}
