package frontmatter

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"herald/source"
	"herald/source/text"
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
	v, err := (&budget{}).convertTOML(table, 0)
	if err != nil {
		return nil, nil, source.Refuse(1, 1, err.Error())
	}
	for i := range v.Fields {
		f := &v.Fields[i]
		f.Value.Line, f.Value.Column = tomlPlace(text, f.Key)
	}
	slices.SortStableFunc(v.Fields, func(a, b Field) int { return a.Value.Line - b.Value.Line })
	return v.Fields, nil, nil
}

// tomlTooDeep gives the line where brackets nest deeper than front matter may, or 0. The decoder
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

// tomlPlace gives the line and column of a top-level key's value as far as a look at the line
// starts tells; 0, 0 otherwise.
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

// convertTOML turns a decoded value into ours; tables are sorted by key.
func (b *budget) convertTOML(x any, depth int) (v Value, err error) {
	if err := b.spend(depth); err != nil {
		return v, err
	}
	switch x := x.(type) {
	case string:
		return Value{Kind: Scalar, Text: text.DropForbidden(x)}, nil
	case bool, int64:
		return Value{Kind: Scalar, Text: fmt.Sprint(x), Plain: true}, nil
	case float64:
		return Value{Kind: Scalar, Text: strconv.FormatFloat(x, 'f', -1, 64), Plain: true}, nil
	case time.Time:
		return Value{Kind: Scalar, Text: tomlTime(x), Plain: true}, nil
	case []any:
		return b.convertTOMLList(x, depth)
	case []map[string]any:
		items := make([]any, len(x))
		for i := range x {
			items[i] = x[i]
		}
		return b.convertTOMLList(items, depth)
	case map[string]any:
		v.Kind = Mapping
		for _, key := range sortedKeys(x) {
			item, err := b.convertTOML(x[key], depth+1)
			if err != nil {
				return v, err
			}
			v.Fields = append(v.Fields, Field{key, item})
		}
	}
	return v, nil
}

func (b *budget) convertTOMLList(x []any, depth int) (Value, error) {
	v := Value{Kind: List}
	for _, item := range x {
		i, err := b.convertTOML(item, depth+1)
		if err != nil {
			return v, err
		}
		v.Items = append(v.Items, i)
	}
	return v, nil
}

// tomlTime writes a TOML date or time as text again; the decoder marks local ones by their zone.
func tomlTime(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return t.Format(time.DateOnly)
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05")
	case "time-local":
		return t.Format(time.TimeOnly)
	}
	return t.Format(time.RFC3339)
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
