package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxFaults bounds what is reported: more helps nobody.
const maxFaults = 100

// faults gathers what is wrong and odd.
type faults struct {
	file     string
	errors   Errors
	warnings []Warning
}

func (f *faults) add(at position, path, message string) {
	f.errors = append(f.errors, &Error{File: at.file, Line: at.line, Column: at.column, Path: path, Message: message})
}

// of reports a fault of v's value: the first one only.
func (f *faults) of(v *value, format string, args ...any) {
	if v.bad {
		return
	}
	v.bad = true
	message := fmt.Sprintf(format, args...)
	if strings.Contains(v.raw, "${") {
		message = strings.ReplaceAll(message, strconv.Quote(v.text), strconv.Quote(v.raw))
	}
	f.add(v.at, v.path, message)
}

// all returns the faults in the order of the file, those of the environment last.
func (f *faults) all() Errors {
	slices.SortStableFunc(f.errors, func(a, b *Error) int {
		if (a.Line == 0) != (b.Line == 0) {
			return cmp.Compare(b.Line, a.Line)
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if more := len(f.errors) - maxFaults; more > 0 {
		f.errors = append(f.errors[:maxFaults:maxFaults], &Error{File: f.file, Message: fmt.Sprintf("and %d faults more", more)})
	}
	return f.errors
}
