// Package finding is what the linters say of a document: one finding for each fault, with its place, a code that stays
// the same for ever, how bad it is, and what to do.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Severity says what a fault means for readers of the document.
type Severity string

// An error breaks a rule of the format, so that some program refuses the document or misreads it. A warning is allowed,
// and troubles some readers.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Finding is one fault of a document.
type Finding struct {
	File     string   `json:"file"` // as the caller names the document; "" until it does
	Line     int      `json:"line"`
	Column   int      `json:"column"` // in characters; lines and columns count from 1
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // what is wrong, and what to do
}

// String is the finding as a line of text: file:line:column: severity code: message.
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s %s: %s", f.File, f.Line, f.Column, f.Severity, f.Code, f.Message)
}

// Rule is what one code means.
type Rule struct {
	Severity Severity
	Advice   string // what to do
}

// maxOfOne is how many findings of one code a list keeps: after so many the fault is understood, and a hostile document
// fills no memory.
const maxOfOne = 1000

// tooMany is the code of the finding that counts what a list did not keep.
const tooMany = "TooManyFindings"

// maxQuoted bounds what a message repeats of a document, in characters.
const maxQuoted = 120

// List gathers the findings of one document. The zero value knows no rules: see NewList.
type List struct {
	rules map[string]Rule
	all   []Finding
	count map[string]int
}

// NewList returns an empty list of findings under rules, by code.
func NewList(rules map[string]Rule) *List {
	return &List{rules: rules, count: map[string]int{}}
}

// Add adds a finding: what is wrong, in words; the rule of the code says what to do. A code without a rule is an error of
// the program, and stands as an error that says no more.
func (l *List) Add(line, column int, code, what string) {
	l.count[code]++
	if l.count[code] > maxOfOne {
		return
	}
	rule, known := l.rules[code]
	if !known {
		rule = Rule{Error, ""}
	}
	message := what
	if rule.Advice != "" {
		message += ": " + rule.Advice
	}
	l.all = append(l.all, Finding{Line: line, Column: column, Code: code, Severity: rule.Severity, Message: message})
}

// Count returns how many findings of a code were added.
func (l *List) Count(code string) int { return l.count[code] }

// Drop takes back every finding of a code.
func (l *List) Drop(code string) {
	l.all = slices.DeleteFunc(l.all, func(f Finding) bool { return f.Code == code })
	delete(l.count, code)
}

// All returns the findings in the order of their places.
func (l *List) All() []Finding {
	all := slices.Clone(l.all)
	for code, count := range l.count {
		if count > maxOfOne {
			last := Finding{Line: 1, Column: 1, Code: tooMany, Severity: Warning}
			last.Message = fmt.Sprintf("%d more findings of %s are not listed: fix those that are and lint again", count-maxOfOne, code)
			all = append(all, last)
		}
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return all
}

// Quote is a piece of a document as a message shows it: short, on one line, in quotes.
func Quote(s string) string {
	if utf8.RuneCountInString(s) > maxQuoted {
		runes := []rune(s)
		s = string(runes[:maxQuoted]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
