package preset

import (
	"regexp"
	"strings"
)

// globMatches reports whether a path is meant by a pattern of Hugo's: * is anything in a part of a path, ** anything, ? one
// letter, {a,b} one of some, [abc] and [!abc] a letter of some. A pattern that is none matches itself.
func globMatches(pattern, at string) bool {
	re, err := regexp.Compile(globExpression(pattern))
	if err != nil {
		return pattern == at
	}
	return re.MatchString(at)
}

func globExpression(pattern string) string {
	var b strings.Builder
	b.WriteString("^")
	depth := 0
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '*' && strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(".*")
			i++
		case c == '*':
			b.WriteString("[^/]*")
		case c == '?':
			b.WriteString("[^/]")
		case c == '{':
			b.WriteString("(?:")
			depth++
		case c == '}' && depth > 0:
			b.WriteString(")")
			depth--
		case c == ',' && depth > 0:
			b.WriteString("|")
		case c == '[' || c == ']' || c == '\\':
			b.WriteByte(c)
		case c == '!' && i > 0 && pattern[i-1] == '[':
			b.WriteByte('^')
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	return b.String() + "$"
}
