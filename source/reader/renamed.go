package reader

import (
	"maps"
	"slices"
	"strings"

	"herald/source/frontmatter"
)

// renamed returns fields in which what the source's files call by names of their own stands under ours. names maps a field
// of ours to their keys, the first that is there counts; a dot leads into a map.
func renamed(fields []frontmatter.Field, names map[string][]string) []frontmatter.Field {
	if len(names) == 0 {
		return fields
	}
	for _, ours := range slices.Sorted(maps.Keys(names)) {
		f, known := fieldNamed(ours)
		if !known {
			continue
		}
		for _, theirs := range names[ours] {
			if v := dotted(fields, theirs); isThere(v) {
				fields = replaced(fields, f, v)
				break
			}
		}
	}
	return fields
}

// replaced returns fields with a value before all others that could be the field's.
func replaced(fields []frontmatter.Field, f field, v frontmatter.Value) []frontmatter.Field {
	all := []frontmatter.Field{{Key: f.keys[0], Value: v}}
	for _, other := range fields {
		if !isKey(other.Key, f.keys[:1]) && !(f.together && isKey(other.Key, f.keys)) {
			all = append(all, other)
		}
	}
	return all
}

// dotted returns the value of a key; a dot in it leads into a map, where no key has it, and into each map of a list.
func dotted(fields []frontmatter.Field, key string) frontmatter.Value {
	if _, v := frontmatter.Lookup(fields, key); v.Kind != frontmatter.Null {
		return v
	}
	head, tail, found := strings.Cut(key, ".")
	if !found {
		return frontmatter.Value{}
	}
	_, v := frontmatter.Lookup(fields, head)
	if v.Kind == frontmatter.List {
		return dottedAll(v, tail)
	}
	return dotted(v.Fields, tail)
}

// dottedAll returns the list of what the maps of a list have at a key; no value where none has any.
func dottedAll(list frontmatter.Value, key string) frontmatter.Value {
	all := frontmatter.Value{Kind: frontmatter.List, Line: list.Line, Column: list.Column}
	for _, item := range list.Items {
		if v := dotted(item.Fields, key); isThere(v) {
			all.Items = append(all.Items, v)
		}
	}
	if len(all.Items) == 0 {
		return frontmatter.Value{}
	}
	return all
}

// isThere reports whether a value says anything.
func isThere(v frontmatter.Value) bool {
	return v.Kind == frontmatter.List || v.Kind == frontmatter.Mapping || v.Kind == frontmatter.Scalar && strings.TrimSpace(v.Text) != ""
}
