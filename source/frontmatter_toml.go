package source

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// tomlFields reads TOML front matter (TOML 1.0). text begins with the file's first line and
// holds the opening fence.
func tomlFields(text string) ([]field, []Warning, error) {
	text = strings.Replace(text, "+++", "#++", 1) // keeps lines and columns
	if line := tomlTooDeep(text); line > 0 {
		return nil, nil, refusal(line, 1, errDepth.Error())
	}
	var table map[string]any
	if _, err := toml.Decode(text, &table); err != nil {
		var bad toml.ParseError
		if errors.As(err, &bad) {
			return nil, nil, refusal(bad.Position.Line, max(bad.Position.Col, 1), "front matter: "+bad.Message)
		}
		return nil, nil, refusal(1, 1, "front matter: "+err.Error())
	}
	v, err := (&budget{}).convertTOML(table, 0)
	if err != nil {
		return nil, nil, refusal(1, 1, err.Error())
	}
	for i := range v.fields {
		f := &v.fields[i]
		f.value.line, f.value.column = tomlPlace(text, f.key)
	}
	slices.SortStableFunc(v.fields, func(a, b field) int { return a.value.line - b.value.line })
	return v.fields, nil, nil
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
func (b *budget) convertTOML(x any, depth int) (v value, err error) {
	if err := b.spend(depth); err != nil {
		return v, err
	}
	switch x := x.(type) {
	case string:
		return value{kind: scalar, text: dropForbidden(x)}, nil
	case bool, int64:
		return value{kind: scalar, text: fmt.Sprint(x), plain: true}, nil
	case float64:
		return value{kind: scalar, text: strconv.FormatFloat(x, 'f', -1, 64), plain: true}, nil
	case time.Time:
		return value{kind: scalar, text: tomlTime(x), plain: true}, nil
	case []any:
		return b.convertTOMLList(x, depth)
	case []map[string]any:
		items := make([]any, len(x))
		for i := range x {
			items[i] = x[i]
		}
		return b.convertTOMLList(items, depth)
	case map[string]any:
		v.kind = mapping
		for _, key := range sortedKeys(x) {
			item, err := b.convertTOML(x[key], depth+1)
			if err != nil {
				return v, err
			}
			v.fields = append(v.fields, field{key, item})
		}
	}
	return v, nil
}

func (b *budget) convertTOMLList(x []any, depth int) (value, error) {
	v := value{kind: list}
	for _, item := range x {
		i, err := b.convertTOML(item, depth+1)
		if err != nil {
			return v, err
		}
		v.items = append(v.items, i)
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
