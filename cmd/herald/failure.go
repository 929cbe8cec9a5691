package main

import (
	"errors"
	"fmt"

	"herald/cmd/internal/engine"
)

// failure ends a command with a status other than 0. A nil cause means that the command has
// reported everything itself.
type failure struct {
	status int
	err    error
}

// Error returns the cause's text.
func (f *failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit status %d", f.status)
	}
	return f.err.Error()
}

// Unwrap returns the cause.
func (f *failure) Unwrap() error { return f.err }

func notDone(err error) error { return &failure{engine.StatusNotDone, err} }
func wrong(err error) error   { return &failure{engine.StatusWrong, err} }

// notInThisVersion ends what the contract names and this version lacks.
func notInThisVersion(what string) error { return wrong(fmt.Errorf("%s is not in this version", what)) }

// ended turns the status of a command that has reported everything into its error.
func ended(status int) error {
	if status == engine.StatusDone {
		return nil
	}
	return &failure{status: status}
}

// statusOf returns the exit status of an error. One that is no *failure comes from the command line
// parser.
func statusOf(err error) int {
	var f *failure
	switch {
	case err == nil:
		return engine.StatusDone
	case errors.As(err, &f):
		return f.status
	}
	return engine.StatusWrong
}
