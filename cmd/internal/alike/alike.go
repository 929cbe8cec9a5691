// Package alike makes one line of warnings that say the same of many files.
package alike

import (
	"fmt"
	"regexp"
	"strings"
)

// named is how many places a line names; that many warnings stand each for itself.
const named = 3

// Line is one warning, or what stands for several.
type Line struct {
	Text  string
	Count int // of the warnings that it stands for
}

var (
	// place is where a warning was found, before its words: a file, a line of it, or an entry of a source.
	place = regexp.MustCompile(`^(.+?(?:: (?:(?:row|item) .+?|\d+))?(?::\d+)?(?::\d+)?): `)
	// particular is what differs between warnings that say the same: what they quote, and numbers.
	particular = regexp.MustCompile(`"[^"]*"|'[^']*'|\d+`)
)

// group is warnings whose words are alike.
type group struct {
	words  string   // of the first
	whole  []string // the first of them
	places []string // of these
	count  int
}

// Lines returns the lines of warnings, each "file:line:column: words", in the order in which each kind came first. Where
// more than three are alike, one line has their number, the words of the first, and three places.
func Lines(warnings []string) (lines []Line) {
	byWords, order := map[string]*group{}, []*group{}
	for _, w := range warnings {
		at, words := apart(w)
		key := particular.ReplaceAllString(words, `""`)
		g := byWords[key]
		if g == nil {
			g = &group{words: words}
			byWords[key] = g
			order = append(order, g)
		}
		if g.count++; g.count <= named {
			g.places, g.whole = append(g.places, at), append(g.whole, w)
		}
	}
	for _, g := range order {
		if g.count > named {
			lines = append(lines, Line{fmt.Sprintf("%s (%d times: %s and %d more)", g.words, g.count, strings.Join(g.places, ", "), g.count-named), g.count})
			continue
		}
		for _, w := range g.whole {
			lines = append(lines, Line{w, 1})
		}
	}
	return lines
}

// apart separates the place of a warning from its words; "" where it has none.
func apart(warning string) (at, words string) {
	found := place.FindStringSubmatch(warning)
	if found == nil {
		return "", warning
	}
	return found[1], warning[len(found[0]):]
}
