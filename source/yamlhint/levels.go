package yamlhint

import (
	"fmt"
	"regexp"
	"strings"
)

// keyed is a line that begins with a key.
var keyed = regexp.MustCompile(`^\s*(?:- +)*([^\s:#"'{}\[\],&*!|>%@-][^:#"'{}\[\],]*):(\s+|$)`)

// level is an indent at which keys stand, with one of them.
type level struct {
	indent, line int
	key          string
}

// levels are the indents that are open, the outermost first.
type levels struct {
	open  []level
	opens bool // the last key has no value in its line: others may stand below it
}

// misplaced notes the key of a line, and returns how it must be indented where it stands at no indent that is open.
func (l *levels) misplaced(line string, indent, number int) (column int, remedy string) {
	found := keyed.FindStringSubmatchIndex(line)
	if found == nil {
		return 0, ""
	}
	at := found[2]
	this := level{at, number, line[found[2]:found[3]]}
	below := l.opens || len(l.open) == 0
	value := strings.TrimSpace(line[found[3]+1:])
	l.opens = value == "" || value[0] == '#' || value[0] == '&' || value[0] == '!'
	for i, one := range l.open {
		if one.indent == at {
			l.open = append(l.open[:i], this)
			return 0, ""
		}
	}
	if below && (len(l.open) == 0 || at > l.open[len(l.open)-1].indent) {
		l.open = append(l.open, this)
		return 0, ""
	}
	like, what := l.nearest(at), line[indent:found[3]]
	if by := like.indent - (at - indent); by > 0 {
		return indent + 1, fmt.Sprintf("indent %q by %d, as %q in line %d is", what, by, like.key, like.line)
	}
	return indent + 1, fmt.Sprintf("do not indent %q: %q in line %d is not", what, like.key, like.line)
}

// nearest returns the open level whose indent is nearest to one, the inner one of two.
func (l *levels) nearest(at int) level {
	best := l.open[0]
	for _, one := range l.open {
		if distance(one.indent, at) <= distance(best.indent, at) {
			best = one
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }
