package frontmatter

import (
	"errors"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"herald/source"
)

// tomlFields reads TOML front matter (TOML 1.0). text begins with the file's first line and
// holds the opening fence.
func tomlFields(text string) ([]Field, []source.Warning, error) {
	text = strings.Replace(text, "+++", "#++", 1) // keeps lines and columns
	if line := tomlTooDeep(text); line > 0 {
		return nil, nil, source.Refuse(line, 1, errDepth.Error())
	}
	var table map[string]any
	if _, err := toml.Decode(text, &table); err != nil {
		var bad toml.ParseError
		if errors.As(err, &bad) {
			return nil, nil, source.Refuse(bad.Position.Line, max(bad.Position.Col, 1), "front matter: "+bad.Message)
		}
		return nil, nil, source.Refuse(1, 1, "front matter: "+err.Error())
	}
	fields, err := FromMap(table)
	if err != nil {
		return nil, nil, source.Refuse(1, 1, err.Error())
	}
	for i := range fields {
		f := &fields[i]
		f.Value.Line, f.Value.Column = tomlPlace(text, f.Key)
	}
	slices.SortStableFunc(fields, func(a, b Field) int { return a.Value.Line - b.Value.Line })
	return fields, nil, nil
}

// tomlTooDeep returns the line where brackets nest deeper than front matter may, or 0. The decoder
// itself recurses without a bound. Brackets inside strings count only within their line.
func tomlTooDeep(text string) int {
	depth, number := 0, 0
	for line := range strings.Lines(text) {
		number++
		var quote rune
		for _, r := range line {
			switch {
			case quote != 0:
				if r == quote {
					quote = 0
				}
			case r == '"' || r == '\'':
				quote = r
			case r == '[' || r == '{':
				depth++
			case r == ']' || r == '}':
				depth = max(depth-1, 0)
			}
			if depth > maxMatterDepth {
				return number
			}
		}
		if key, _, found := strings.Cut(line, "="); found && strings.Count(key, ".") > maxMatterDepth || strings.Count(line, ".") > maxMatterDepth && strings.HasPrefix(line, "[") {
			return number
		}
	}
	return 0
}

// tomlPlace returns the line and column of a top-level key's value as far as a look at the line
// starts can show; 0, 0 otherwise.
func tomlPlace(text, key string) (line, column int) {
	for l := range strings.Lines(text) {
		line++
		rest := strings.TrimLeft(l, " \t[")
		for _, form := range []string{key, `"` + key + `"`} {
			after, found := strings.CutPrefix(rest, form)
			after = strings.TrimLeft(after, " \t")
			if found && after != "" && strings.ContainsRune("=.]", rune(after[0])) {
				return line, 1 + len(l) - len(strings.TrimLeft(after[1:], " \t"))
			}
		}
	}
	return 0, 0
}
