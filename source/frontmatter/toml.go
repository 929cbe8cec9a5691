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
	if line := denseLine(text, "\n,=.[{"); line > 0 {
		return nil, nil, source.Refuse(line, 1, errMarks.Error())
	}
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
	places := tomlPlaces(text)
	for i := range fields {
		f := &fields[i]
		f.Value.Line, f.Value.Column = places[f.Key].line, places[f.Key].column
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
	if !twice || !named {
		return "", warning, false
	}
	place := tomlPlaces(text)[key]
	if place.line == 0 || place.line >= bad.Position.Line {
		return "", warning, false
	}
	start := 0
	for range place.line - 1 {
		start += strings.IndexByte(text[start:], '\n') + 1
	}
	last := Field{Key: key, Value: Value{Line: bad.Position.Line, Column: max(bad.Position.Col, 1)}}
	return comment(text, start), twiceWarning(Field{Key: key, Value: Value{Line: place.line, Column: place.column}}, last), true
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

// tomlPlace is where the value of a key stands.
type tomlPlace struct{ line, column int }

// tomlPlaces returns where the values of the top-level keys stand, as far as a look at the line starts can show.
func tomlPlaces(text string) map[string]tomlPlace {
	places := map[string]tomlPlace{}
	line := 0
	for l := range strings.Lines(text) {
		line++
		rest := strings.TrimLeft(l, " \t[")
		from := 0
		if quoted, isQuoted := strings.CutPrefix(rest, `"`); isQuoted {
			from = strings.IndexByte(quoted, '"') + 2
		}
		end := strings.IndexAny(rest[from:], "=.]")
		if end < 0 {
			continue
		}
		key, after := strings.TrimRight(rest[:from+end], " \t"), rest[from+end+1:]
		if unquoted := strings.Trim(key, `"`); from > 1 && len(unquoted) == len(key)-2 {
			key = unquoted
		}
		if _, known := places[key]; !known {
			places[key] = tomlPlace{line, 1 + len(l) - len(strings.TrimLeft(after, " \t"))}
		}
	}
	return places
}
