package marks

import (
	"regexp"
	"strings"

	"herald/source/marks/syntax"
)

var (
	importLine = regexp.MustCompile(`^import(?:\s+([\w$*{}\s,]+?)\s+from)?\s*["'][^"'\n]+["']\s*;?\s*$`)
	importOpen = regexp.MustCompile(`^import\s+[\w$*{}\s,]*$`)
	exportLine = regexp.MustCompile(`^export\s+(?:const|let|var|default|async|function|class|\{|\*)`)
	jsxTag     = regexp.MustCompile(`^</?(?:[A-Z][\w$.]*|[a-z][\w-]*|)(?:\s|/?>|\{|$)`)
	jsxName    = regexp.MustCompile(`[\w$]+`)
	jsxValue   = regexp.MustCompile(`(?:^|\s)(src|href|alt|title|url|id)=(?:"([^"]*)"|'([^']*)'|\{\s*["'` + "`" + `]([^"'` + "`" + `{}$]*)["'` + "`" + `]\s*\})`)
)

// module drops the lines of the modules of MDX: imports, and in MDX exports, up to the next empty line.
func (e *expander) module(line string, next int) bool {
	isImport := strings.HasPrefix(line, "import")
	if !isImport && !(e.facts.MDX && strings.HasPrefix(line, "export")) {
		if strings.TrimSpace(line) != "" {
			e.jsx.begun = true
		}
		return false
	}
	if !e.facts.MDX {
		if m := importLine.FindStringSubmatch(line); m == nil || e.jsx.begun && !e.likeMDX(m[1]) {
			e.jsx.begun = true
			return false
		}
		e.emptyLine("", next)
		return true
	}
	switch {
	case importLine.MatchString(line):
		e.emptyLine("", next)
	case importOpen.MatchString(line), exportLine.MatchString(line):
		e.dropStatement()
	default:
		return false
	}
	return true
}

// likeMDX reports whether a body uses what one of its imports names, or has comments of MDX.
func (e *expander) likeMDX(names string) bool {
	if e.jsx.like == unknown {
		e.jsx.like = no
		if strings.Contains(e.text, "{/*") {
			e.jsx.like = yes
		}
	}
	const limit = 50
	for _, name := range jsxName.FindAllString(names, limit) {
		if e.jsx.looked++; e.jsx.looked <= limit && e.jsx.like == no && isComponent(name) && strings.Contains(e.text, "<"+name) {
			e.jsx.like = yes
		}
	}
	return e.jsx.like == yes
}

// dropStatement drops a statement of a module: to the first empty line outside braces.
func (e *expander) dropStatement() {
	depth := 0
	for e.at < len(e.text) {
		line, next := e.rest()
		depth += strings.Count(line, "{") + strings.Count(line, "(") + strings.Count(line, "[") -
			strings.Count(line, "}") - strings.Count(line, ")") - strings.Count(line, "]")
		e.at = next
		if depth <= 0 && (strings.TrimSpace(line) == "" || strings.HasSuffix(strings.TrimSpace(line), ";")) {
			return
		}
	}
}

// expression drops a comment of MDX, and in MDX any expression in braces; a text or a field that it names stays.
func (e *expander) expression() bool {
	if strings.HasPrefix(e.text[e.at:], "{/*") {
		end := e.ends.Closing("*/", e.at+3)
		if end < 0 {
			return false
		}
		rest := e.text[end+2:]
		if bare := strings.TrimLeft(rest, " \t\n"); strings.HasPrefix(bare, "}") {
			e.line.marked = true
			e.at = end + 2 + len(rest) - len(bare) + 1
			return true
		}
		return false
	}
	if !e.facts.MDX {
		return false
	}
	end := braceEnd(e.text, e.at)
	if end == 0 {
		return false
	}
	inner := strings.TrimSpace(e.text[e.at+1 : end-1])
	m := syntax.Mark{Form: syntax.OutputForm, Start: e.at, End: end, Name: syntax.FirstWord(inner), Args: inner}
	if m.Name == "" {
		m.Name = "…"
	}
	if text, ok := strings.CutPrefix(inner, "`"); ok && !strings.ContainsAny(text, "$\\") && strings.HasSuffix(text, "`") {
		e.put(m, strings.TrimSuffix(text, "`"))
	} else if inner == "" {
		e.drop(m)
	} else {
		e.output(m)
	}
	return true
}

// maxBraces is how deep braces in an expression nest.
const maxBraces = 20

// braceEnd returns the end of the expression that begins at a brace, or 0.
func braceEnd(s string, at int) int {
	depth, quote := 0, byte(0)
	for i := at; i < min(len(s), at+syntax.MaxMark); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote || c == '\n' && quote != '`' {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == '{':
			if depth++; depth > maxBraces {
				return 0
			}
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// component takes the tag of a component of MDX, or one with expressions in it, apart: HTML stays, a component leaves
// what is between its tags.
func (e *expander) component() bool {
	if !jsxTag.MatchString(e.text[e.at:min(len(e.text), e.at+100)]) {
		return false
	}
	end := tagEnd(e.text, e.at)
	if end == 0 || !e.facts.MDX && !isJSX(e.text[e.at:end]) {
		return false
	}
	inner := e.text[e.at:end]
	name := strings.TrimLeft(inner, "</")
	name = syntax.FirstWord(strings.TrimSuffix(name, "/>"))
	unwrap := name == "" || isComponent(name)
	if !unwrap && !strings.ContainsAny(inner, "{") {
		return false
	}
	m := syntax.Mark{Start: e.at, End: end, Form: syntax.TagForm, Name: name}
	values := ""
	for _, v := range jsxValue.FindAllStringSubmatch(inner, 20) {
		values += attr(v[1], v[2]+v[3]+v[4])
	}
	switch kept := jsxElement(name, values); {
	case kept != "":
		e.put(m, kept)
	case unwrap:
		e.drop(m)
	case strings.HasPrefix(inner, "</"):
		return false
	default:
		closing := ">"
		if strings.HasSuffix(inner, "/>") {
			closing = "/>"
		}
		e.put(m, "<"+name+values+closing)
	}
	return true
}

// jsxElement returns the element that a component of a usual name shows.
func jsxElement(name, values string) string {
	switch name {
	case "Image", "Img", "Picture":
		if strings.Contains(values, " src=") {
			return "<img" + values + ">"
		}
	case "YouTube", "Youtube":
		if id := jsxValue.FindStringSubmatch(values); id != nil && id[1] == "id" {
			if to := byID("https://www.youtube.com/watch?v=", id[2], ""); to != "" {
				return link(to, "")
			}
		}
	}
	return ""
}

// tagEnd returns the end of the tag that begins at an offset, expressions in it taken as a whole, or 0.
func tagEnd(s string, at int) int {
	quote := byte(0)
	for i := at + 1; i < min(len(s), at+syntax.MaxMark); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			end := braceEnd(s, i)
			if end == 0 {
				return 0
			}
			i = end - 1
		case c == '>':
			return i + 1
		case c == '<' || c == '\n' && strings.HasPrefix(s[i:], "\n\n"):
			return 0
		}
	}
	return 0
}

// isJSX reports whether a tag has expressions for values, as no HTML has.
func isJSX(tag string) bool { return strings.Contains(tag, "={") && !strings.Contains(tag, "{%") }

// isComponent reports whether a tag of JSX is a component: no element of HTML begins with a capital.
func isComponent(name string) bool { return name[0] >= 'A' && name[0] <= 'Z' }
