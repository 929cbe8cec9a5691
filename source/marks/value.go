package marks

import (
	"net/url"
	"regexp"
	"strings"

	"herald/source/marks/syntax"
)

// output handles "{{ expression }}".
func (e *expander) output(m syntax.Mark) {
	if v, ok := e.evaluate(m.Args); ok {
		e.put(m, v)
		return
	}
	e.dropUnknown(m)
}

var (
	stringLiteral = regexp.MustCompile(`^(?:"([^"]*)"|'([^']*)')`)
	pathValue     = regexp.MustCompile(`^[\pL_][\pL\pN_-]*(?:\.[\pL\pN_-]+|\[["'][^"'\]]+["']\])*`)
	numberValue   = regexp.MustCompile(`^-?\d+(?:\.\d+)?`)
	filterName    = regexp.MustCompile(`^\s*\|\s*([a-zA-Z_]+)\s*`)
)

// rootOf returns the variable that an expression begins with.
func rootOf(expression string) string {
	path := pathValue.FindString(strings.TrimSpace(expression))
	if at := strings.IndexAny(path, ".["); at >= 0 {
		return path[:at]
	}
	return path
}

// evaluate returns the value of an expression of Liquid or Nunjucks: a text or a known path, with known filters.
func (e *expander) evaluate(expression string) (value string, known bool) {
	value, rest, known := e.operand(strings.TrimSpace(expression))
	for known && rest != "" {
		filter := filterName.FindStringSubmatch(rest)
		if filter == nil {
			return "", false
		}
		rest = rest[len(filter[0]):]
		var args []string
		if args, rest, known = e.arguments(rest); known {
			value, known = e.filter(filter[1], value, args)
			known = known && len(value) < 4*syntax.MaxMark
		}
	}
	return value, known
}

// subscripts writes `a["b"]` as "a.b".
var subscripts = strings.NewReplacer(`["`, ".", `['`, ".", `"]`, "", `']`, "")

// operand reads one text, number or path, and returns what stands behind it.
func (e *expander) operand(s string) (value, rest string, known bool) {
	if m := stringLiteral.FindStringSubmatch(s); m != nil {
		return m[1] + m[2], strings.TrimSpace(s[len(m[0]):]), true
	}
	if n := numberValue.FindString(s); n != "" {
		return n, strings.TrimSpace(s[len(n):]), true
	}
	path := pathValue.FindString(s)
	if path == "" {
		return "", s, false
	}
	value, known = e.path(subscripts.Replace(path))
	return value, strings.TrimSpace(s[len(path):]), known
}

// arguments reads the operands of a filter: behind a colon as Liquid has them, or in parentheses.
func (e *expander) arguments(s string) (args []string, rest string, known bool) {
	call := strings.HasPrefix(s, "(")
	if !call && !strings.HasPrefix(s, ":") {
		return nil, s, true
	}
	rest = strings.TrimSpace(s[1:])
	for {
		var arg string
		if arg, rest, known = e.operand(rest); !known {
			return nil, rest, false
		}
		args = append(args, arg)
		if !strings.HasPrefix(rest, ",") {
			break
		}
		rest = strings.TrimSpace(rest[1:])
	}
	if call {
		rest, known = strings.CutPrefix(rest, ")")
		rest = strings.TrimSpace(rest)
	}
	return args, rest, known
}

// path returns a value of the site, of the article's front matter, or that the body assigned.
func (e *expander) path(path string) (string, bool) {
	root, name, _ := strings.Cut(path, ".")
	if v, ok := e.vars[path]; ok {
		return v, true
	}
	if e.unknown[root] {
		return "", false
	}
	switch root {
	case "site", "config", "metadata", "meta":
		return e.siteValue(name)
	case "page", "frontmatter", "$frontmatter":
		if e.facts.Field != nil && name != "" && name != "url" && name != "content" {
			return e.facts.Field(name)
		}
	}
	return "", false
}

// siteValue returns a value of the site's settings.
func (e *expander) siteValue(name string) (string, bool) {
	origin, base := e.siteURL()
	switch strings.ToLower(name) {
	case "url":
		return origin, origin != ""
	case "baseurl":
		return base, true
	case "root":
		return base + "/", true
	case "title":
		return e.facts.Title, e.facts.Title != ""
	}
	return "", false
}

// siteURL returns the site's URL without its path, and its path without a closing slash.
func (e *expander) siteURL() (origin, base string) {
	u, err := url.Parse(e.facts.URL)
	if err != nil || u.Host == "" {
		return "", ""
	}
	return u.Scheme + "://" + u.Host, strings.TrimRight(u.EscapedPath(), "/")
}

// filter returns what a filter makes of a value.
func (e *expander) filter(name, v string, args []string) (string, bool) {
	if f, ok := plainFilters[name]; ok && len(args) == 0 {
		return f(v), true
	}
	origin, base := e.siteURL()
	switch name {
	case "relative_url", "url", "url_for":
		return relativeURL(base, v), true
	case "absolute_url", "absoluteUrl", "full_url_for":
		return absoluteURL(origin, base, v), true
	case "default":
		if v == "" && len(args) > 0 {
			return args[0], true
		}
		return v, true
	}
	if len(args) == 0 {
		return "", false
	}
	switch name {
	case "prepend":
		return args[0] + v, true
	case "append":
		return v + args[0], true
	case "remove":
		return strings.ReplaceAll(v, args[0], ""), args[0] != ""
	case "replace":
		return strings.ReplaceAll(v, args[0], args[len(args)-1]), args[0] != "" && len(args) == 2 && len(v) < syntax.MaxMark
	}
	return "", false
}

// plainFilters are the filters without arguments.
var plainFilters = map[string]func(string) string{
	"escape": escaped, "xml_escape": escaped, "escape_once": escaped, "safe": keep, "markdownify": keep, "smartify": keep, "string": keep,
	"strip": strings.TrimSpace, "trim": strings.TrimSpace, "lstrip": strings.TrimSpace, "rstrip": strings.TrimSpace,
	"upcase": strings.ToUpper, "upper": strings.ToUpper, "downcase": strings.ToLower, "lower": strings.ToLower,
	"url_encode": url.QueryEscape, "cgi_escape": url.QueryEscape, "urlencode": url.QueryEscape, "uri_escape": keep, "normalize_whitespace": strings.TrimSpace,
}

func keep(s string) string { return s }

// relativeURL returns a path below the site's own; a whole address stays.
func relativeURL(base, v string) string {
	if strings.Contains(v, "://") || strings.HasPrefix(v, "//") {
		return v
	}
	return base + "/" + strings.TrimLeft(v, "/")
}

// absoluteURL returns the whole address of a path of the site.
func absoluteURL(origin, base, v string) string {
	if strings.Contains(v, "://") || strings.HasPrefix(v, "//") {
		return v
	}
	return origin + relativeURL(base, v)
}
