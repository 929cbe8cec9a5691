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
	text = comment(text, len(text)-len(strings.TrimLeft(text, " \t\n"))) // keeps lines and columns
	if line := tomlTooDeep(text); line > 0 {
		return nil, nil, source.Refuse(line, 1, errDepth.Error())
	}
	table, text, warnings, err := decodeTOML(text)
	if err != nil {
		return nil, nil, err
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
	return fields, warnings, nil
}

// maxTwiceTOML bounds how many keys may stand twice: each costs another reading.
const maxTwiceTOML = 10

// decodeTOML decodes a table and returns the text that was read: of a key that stands twice the first line is left out, if it
// holds all of the value.
func decodeTOML(text string) (table map[string]any, read string, warnings []source.Warning, err error) {
	for {
		table = nil
		_, err := toml.Decode(text, &table)
		var bad toml.ParseError
		switch {
		case err == nil:
			return table, text, warnings, nil
		case !errors.As(err, &bad):
			return nil, "", nil, source.Refuse(1, 1, "front matter: "+err.Error())
		}
		without, warning, found := dropFirst(text, bad)
		if !found || len(warnings) == maxTwiceTOML {
			return nil, "", nil, source.Refuse(bad.Position.Line, max(bad.Position.Col, 1), "front matter: "+bad.Message)
		}
		text, warnings = without, append(warnings, warning)
	}
}

// dropFirst returns the text without the first line of the top-level key that an error says stands twice.
func dropFirst(text string, bad toml.ParseError) (without string, warning source.Warning, found bool) {
	key, twice := strings.CutSuffix(bad.Message, "' has already been defined.")
	key, named := strings.CutPrefix(key, "Key '")
	line, column := tomlPlace(text, key)
	if !twice || !named || line == 0 || line >= bad.Position.Line {
		return "", warning, false
	}
	start := 0
	for range line - 1 {
		start += strings.IndexByte(text[start:], '\n') + 1
	}
	last := Field{Key: key, Value: Value{Line: bad.Position.Line, Column: max(bad.Position.Col, 1)}}
	return comment(text, start), twiceWarning(Field{Key: key, Value: Value{Line: line, Column: column}}, last), true
}

// comment makes a comment of the line that begins at an offset.
func comment(text string, at int) string { return text[:at] + "#" + text[at+1:] }

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
