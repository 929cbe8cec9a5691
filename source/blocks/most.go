package blocks

import (
	"strings"

	"github.com/yuin/goldmark/parser"
)

// Tally is what a text costs beyond what its length says, by kinds.
type Tally [len(bounds)]int

// Exceeds reports whether any of it is beyond its bound.
func (t Tally) Exceeds() bool {
	for k, n := range t {
		if n > bounds[k].most {
			return true
		}
	}
	return false
}

// Spent returns what the text that was parsed with a context did cost. What is beyond a bound counts as one more than that.
func Spent(pc parser.Context) Tally {
	c, _ := pc.Get(costKey).(*cost)
	if c == nil {
		return Tally{}
	}
	return c.spent
}

// Most returns what Markdown may cost at most, without parsing it: most articles are so far from each bound that nobody need
// look closer. The text has "\n" for line ends, and its blank lines are empty.
func Most(s string) Tally {
	lines := strings.Count(s, "\n") + 1
	most := Tally{
		nested:  lines * maxDepth,
		cells:   mostCells(s, lines),
		steps:   2 * strings.Count(s, `\|`) * strings.Count(s, "`"),
		notes:   strings.Count(s, "[^"),
		defined: strings.Count(s, "]:"),
	}
	if most[nested] > bounds[nested].most {
		most[nested] = lines * countAny(s, ">-+*:0123456789", maxDepth)
	}
	if !strings.ContainsAny(s, "[]") {
		return most
	}
	most[copied] = mostCopied(s)
	// A paragraph does not go beyond a blank line.
	for rest, more := s, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, "\n\n")
		lines := strings.Count(part, "\n") + 1
		most[steps] += strings.Count(part, "]")*(lines+4*(len(part)+1)) + strings.Count(part, "](")*len(part) + 2*strings.Count(part, "[^")*(most[defined]+lines)
	}
	return most
}

// countAny returns how many of the bytes of a text are among these; enough is as many as anybody asks for.
func countAny(s, of string, enough int) (n int) {
	for at := 0; n < enough; n++ {
		next := strings.IndexAny(s[at:], of)
		if next < 0 {
			break
		}
		at += next + 1
	}
	return n
}

// mostCells returns how many cells the rows of tables may lack.
func mostCells(s string, lines int) int {
	widest := strings.Count(s, "|")
	if widest == 0 {
		return 0
	}
	if (widest+1)*lines <= bounds[cells].most {
		return (widest + 1) * lines
	}
	widest = 0
	for line := range strings.Lines(s) {
		widest = max(widest, strings.Count(line, "|"))
	}
	return (widest + 1) * lines
}

// mostCopied returns how many bytes of targets references may repeat.
func mostCopied(s string) int {
	longest := 0
	for rest := s; ; {
		_, behind, found := strings.Cut(rest, "]:")
		if !found {
			break
		}
		target, _, _ := strings.Cut(behind, "\n\n")
		longest, rest = max(longest, len(target)), behind[len(target):]
	}
	return longest * strings.Count(s, "]")
}
