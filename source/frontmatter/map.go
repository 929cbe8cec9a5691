package frontmatter

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"herald/source/text"
)

// FromMap turns fields that are Go values into Fields, sorted by key, within the bounds of front matter. It knows
// what decoders of TOML, JSON and SQL return: nil, strings, []byte, booleans, numbers, times, and lists and maps of
// these. Their Line and Column are 0.
func FromMap(fields map[string]any) ([]Field, error) {
	v, err := (&budget{}).convertGo(fields, 0)
	return v.Fields, err
}

// FromRow is FromMap for values beside their names, which ascend and are unique. A value that is nil is no field.
func FromRow(names []string, values []any) ([]Field, error) {
	b, fields := &budget{}, make([]Field, 0, len(names))
	for i, name := range names {
		if values[i] == nil {
			continue
		}
		v, err := b.convertGo(values[i], 1)
		if err != nil {
			return nil, err
		}
		fields = append(fields, Field{name, v})
	}
	return fields, nil
}

// convertGo turns a Go value into a Value.
func (b *budget) convertGo(x any, depth int) (v Value, err error) {
	if err := b.spend(depth); err != nil {
		return v, err
	}
	switch x := x.(type) {
	case nil:
		return v, nil
	case map[string]any:
		v.Kind, v.Fields = Mapping, make([]Field, 0, len(x))
		for _, key := range slices.Sorted(maps.Keys(x)) {
			item, err := b.convertGo(x[key], depth+1)
			if err != nil {
				return v, err
			}
			v.Fields = append(v.Fields, Field{key, item})
		}
		return v, nil
	case []any:
		return convertList(b, x, depth)
	case []string:
		return convertList(b, x, depth)
	case []map[string]any:
		return convertList(b, x, depth)
	}
	return goScalar(x)
}

func convertList[T any](b *budget, x []T, depth int) (Value, error) {
	v := Value{Kind: List, Items: make([]Value, 0, len(x))}
	for _, item := range x {
		i, err := b.convertGo(item, depth+1)
		if err != nil {
			return v, err
		}
		v.Items = append(v.Items, i)
	}
	return v, nil
}

// goScalar writes a scalar as people would.
func goScalar(x any) (Value, error) {
	v := Value{Kind: Scalar}
	switch x := x.(type) {
	case string:
		if v.Text, v.Clean = x, text.IsPlain(x); !v.Clean {
			v.Text = text.ForXML(x)
		}
	case []byte:
		return goScalar(string(x))
	case json.Number:
		v.Text = x.String()
	case bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		v.Text = fmt.Sprint(x)
	case float32:
		v.Text = strconv.FormatFloat(float64(x), 'f', -1, 32)
	case float64:
		v.Text = strconv.FormatFloat(x, 'f', -1, 64)
	case time.Time:
		v.Text = writeTime(x)
	default:
		return Value{}, fmt.Errorf("a value of the type %T is no text, number, time, list or map", x)
	}
	return v, nil
}

// writeTime writes a date or time as text. The decoder of TOML names local ones by their zone.
func writeTime(t time.Time) string {
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
