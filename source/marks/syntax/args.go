package syntax

import (
	"regexp"
	"strings"
)

// Args are the arguments of a tag.
type Args struct {
	List  []string          // those without a name, in order
	named map[string]string // by name, lower case
}

// argument matches one argument: a name with "=" or ":", or none, and a text in quotes or a word.
var argument = regexp.MustCompile("^(?:([\\pL_][\\pL\\pN_-]*)\\s*[=:]\\s*)?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|`([^`]*)`|([^\\s,]+))")

// unquote takes the backslashes out of a quoted value.
var unquote = strings.NewReplacer(`\"`, `"`, `\'`, `'`, `\\`, `\`)

// ReadArgs reads arguments as shortcodes, Liquid and Nunjucks write them.
func ReadArgs(s string) Args {
	a := Args{named: map[string]string{}}
	for {
		if s = strings.TrimLeft(s, " \t\r\n,"); s == "" || s == "/" {
			return a
		}
		m := argument.FindStringSubmatchIndex(s)
		if m == nil {
			return a
		}
		value := ""
		for group := 2; group <= 5; group++ {
			if m[2*group] >= 0 {
				value = s[m[2*group]:m[2*group+1]]
			}
		}
		if m[4] >= 0 || m[6] >= 0 {
			value = unquote.Replace(value)
		}
		if m[2] >= 0 && !strings.HasPrefix(s[m[3]:], "://") {
			a.named[strings.ToLower(s[m[2]:m[3]])] = value
		} else {
			a.List = append(a.List, s[m[0]:m[1]])
			if m[2] < 0 {
				a.List[len(a.List)-1] = value
			}
		}
		s = s[m[1]:]
	}
}

// Get returns the first of the named arguments that is there.
func (a Args) Get(names ...string) string {
	for _, name := range names {
		if v := a.named[name]; v != "" {
			return v
		}
	}
	return ""
}

// At returns an argument by its position, or "".
func (a Args) At(i int) string {
	if i < len(a.List) {
		return a.List[i]
	}
	return ""
}

// Words returns the arguments without a name up to the first address.
func (a Args) Words() string {
	for i, word := range a.List {
		if strings.Contains(word, "://") {
			return strings.Join(a.List[:i], " ")
		}
	}
	return strings.Join(a.List, " ")
}

// First returns a named argument, else the first without a name.
func (a Args) First(names ...string) string {
	if v := a.Get(names...); v != "" {
		return v
	}
	return a.At(0)
}
