// Package near finds the name that was most likely meant.
package near

import (
	"fmt"
	"strings"
)

// Name returns the candidate that name was most likely meant to be, "" if none is near.
func Name(name string, candidates []string) string {
	best, least := "", max(2, len([]rune(name))/2)+1
	for _, c := range candidates {
		d := distance(strings.ToLower(name), strings.ToLower(c))
		if len(name) > 2 && strings.HasPrefix(c, strings.ToLower(name)) {
			d = 1 // an abbreviation
		}
		if d >= max(len([]rune(name)), len([]rune(c))) {
			continue // they share no letter
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

// OneOff reports whether one letter added, left out, changed, or two neighbours swapped make b of a.
func OneOff(a, b string) bool { return distance(a, b) == 1 }

// DidYouMean returns "; did you mean X?", "" where nothing is near.
func DidYouMean(name string, candidates []string) string {
	if best := Name(name, candidates); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}
