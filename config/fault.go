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

// err returns the faults in the order of the file, those of the environment last; nil if none.
func (f *faults) err() error {
	if len(f.errors) == 0 {
		return nil
	}
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

// nearest returns the candidate that name was most likely meant to be, "" if none is near.
func nearest(name string, candidates []string) string {
	best, least := "", max(2, len([]rune(name))/2)+1
	for _, c := range candidates {
		d := distance(strings.ToLower(name), strings.ToLower(c))
		if len(name) > 2 && strings.HasPrefix(c, strings.ToLower(name)) {
			d = 1 // an abbreviation
		}
		if d < least || (d == least && best != "" && c < best) {
			best, least = c, d
		}
	}
	return best
}

// distance is the number of letters to add, drop, change or swap with a neighbour.
func distance(from, to string) int {
	a, b := []rune(from), []rune(to)
	if len(a) > 64 {
		return len(a)
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			d := min(rows[i][j]+cost, rows[i][j+1]+1, rows[i+1][j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = d
		}
	}
	return rows[len(a)][len(b)]
}

// didYouMean returns "; did you mean X?", "" where nothing is near.
func didYouMean(name string, candidates []string) string {
	if best := nearest(name, candidates); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}
