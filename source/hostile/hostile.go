// Package hostile writes articles that cost a careless reader minutes or gigabytes: one construct of a language, repeated to
// any length. Tests hold with them that the cost of an article is bounded.
package hostile

import (
	"fmt"
	"strings"
)

// Input is a construct.
type Input struct {
	Name string
	File string                // the name of the file, which says what markup it is in
	Make func(size int) []byte // a file of about so many bytes, with front matter where File is no page
}

const front = "---\ntitle: 제목\ndate: 2024-05-06\n---\n"

// repeat returns a maker of a piece repeated.
func repeat(piece string) func(int) string {
	return func(size int) string { return strings.Repeat(piece, size/len(piece)+1) }
}

// around returns a maker of a piece repeated, with a beginning and an end.
func around(begin, piece, end string) func(int) string {
	return func(size int) string { return begin + repeat(piece)(size) + end }
}

// nested returns a maker of pieces and as many ends.
func nested(open, middle, end string) func(int) string {
	return func(size int) string {
		n := size/(len(open)+len(end)) + 1
		return strings.Repeat(open, n) + middle + strings.Repeat(end, n)
	}
}

// halves returns a maker of so many of one piece and then of another.
func halves(first, then string) func(int) string {
	return func(size int) string { return repeat(first)(size/2) + repeat(then)(size/2) }
}

// counted returns a maker of lines that hold their number.
func counted(format string) func(int) string {
	return func(size int) string {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
}
