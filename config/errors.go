package config

import (
	"fmt"
	"strings"
)

// Error is one fault of a config. Line and Column count from 1; Line 0 means that the fault has
// no place in the file. File is then the file, or where else the value came from ("environment
// HERALD_SITE_URL"). Path names the key ("sources[0].schedule"), "" means the file as a whole.
// Message quotes a value with ${…} as it is written, and never shows the password of a URL.
type Error struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Path    string `json:"key,omitempty"`
	Message string `json:"message"`
	Text    string `json:"text,omitempty"` // the line as it stands in the file; "" where there is none, or where a secret may be in it
	Err     error  `json:"-"`              // the cause, if any; its text is part of Message
}

// Error returns "file:line:column: path: message".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	b.WriteString(": ")
	if e.Path != "" {
		b.WriteString(e.Path + ": ")
	}
	b.WriteString(e.Message)
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errors is every fault of a config, in the order of the file; never empty where returned.
type Errors []*Error

// Error returns one fault a line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the single faults.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// Warning is something odd that does not make a config wrong. File is where it comes from.
type Warning struct{ File, Message string }

// String returns "file: message".
func (w Warning) String() string { return w.File + ": " + w.Message }
