package frontmatter

import (
	"fmt"

	"herald/source"
)

// newMatter returns front matter whose keys are unique.
func newMatter(fields []Field, body string, warnings []source.Warning) Matter {
	fields, twice := KeepLast(fields)
	return Matter{Present: true, Fields: fields, Body: body, Warnings: append(warnings, twice...)}
}

// fewFields is how many fields are compared each with each; of more a map is made.
const fewFields = 16

// KeepLast returns the fields without those whose key stands again later, in whatever case, and warns of each.
func KeepLast(fields []Field) ([]Field, []source.Warning) {
	var later map[string]int
	if len(fields) > fewFields {
		later = make(map[string]int, len(fields))
		for i := range fields {
			later[FoldKey(fields[i].Key)] = i
		}
	}
	var warnings []source.Warning
	kept := fields[:0]
	for i := range fields {
		j := lastOf(fields, i, later)
		if j == i {
			kept = append(kept, fields[i])
			continue
		}
		if len(warnings) < maxTwiceWarnings {
			warnings = append(warnings, twiceWarning(fields[i], fields[j]))
		}
	}
	return kept, warnings
}

// maxTwiceWarnings bounds the warnings of keys that stand twice.
const maxTwiceWarnings = 10

// lastOf returns the place of the last field that has the key of the field at i. later holds the places of the last of
// each key; nil: they are looked for.
func lastOf(fields []Field, i int, later map[string]int) int {
	if later != nil {
		return later[FoldKey(fields[i].Key)]
	}
	for j := len(fields) - 1; j > i; j-- {
		if SameKey(fields[i].Key, fields[j].Key) {
			return j
		}
	}
	return i
}

// twiceWarning is the warning of a key that stands twice.
func twiceWarning(first, last Field) source.Warning {
	w := source.Warning{Line: last.Value.Line, Column: last.Value.Column}
	switch {
	case first.Key != last.Key:
		w.Message = fmt.Sprintf("front matter: the key %q appears twice, first as %q; the last counts", last.Key, first.Key)
	case first.Value.Line > 0:
		w.Message = fmt.Sprintf("front matter: the key %q appears twice, first in line %d; the last counts", last.Key, first.Value.Line)
	default:
		w.Message = fmt.Sprintf("front matter: the key %q appears twice; the last counts", last.Key)
	}
	return w
}
