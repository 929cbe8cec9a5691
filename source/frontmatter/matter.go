// Package frontmatter takes the front matter off a text and reads it into fields: YAML, TOML and JSON, with the
// line and column of each value.
package frontmatter

import (
	"slices"
	"strings"

	"herald/source"
)

// Matter is a file taken apart.
type Matter struct {
	Present  bool
	Fields   []Field // top level, keys unique, in the order of the file
	Body     string
	Warnings []source.Warning
}

// Field is one key and its value.
type Field struct {
	Key   string
	Value Value
}

// Kind is what a value is.
type Kind uint8

// The kinds of values.
const (
	Null Kind = iota
	Scalar
	List
	Mapping
)

// Value is what stands behind a key, the same for YAML, TOML and JSON.
type Value struct {
	Kind         Kind
	Plain        bool   // of a scalar of YAML: it stands without quotes
	Clean        bool   // of a scalar of FromMap or FromRow: see text.IsPlain
	Text         string // of a scalar, as written: 1.10 stays "1.10"
	Items        []Value
	Fields       []Field
	Line, Column int // of the value in the file; column 0 is unknown
}

// scalarValue returns a scalar, or null where YAML 1.2 section 10.2 reads it so.
func scalarValue(text string, plain bool) Value {
	if plain {
		switch text {
		case "", "~", "null", "Null", "NULL":
			return Value{}
		}
	}
	return Value{Kind: Scalar, Text: text, Plain: plain}
}

// Lookup returns the first of keys that is there and not null, as it is written there, and its value. Keys count in any
// case, and "-" as "_".
func Lookup(fields []Field, keys ...string) (string, Value) {
	for _, key := range keys {
		for i := range fields {
			if fields[i].Value.Kind != Null && SameKey(fields[i].Key, key) {
				return fields[i].Key, fields[i].Value
			}
		}
	}
	return "", Value{}
}

// SameKey reports whether two keys are one: in any case, and with "-" for "_".
func SameKey(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if a[i] != b[i] && foldKeyByte(a[i]) != foldKeyByte(b[i]) {
			return false
		}
	}
	return true
}

// FoldKey returns the one spelling of all keys that are the same.
func FoldKey(key string) string {
	for i := range len(key) {
		if foldKeyByte(key[i]) == key[i] {
			continue
		}
		folded := []byte(key)
		for j := i; j < len(folded); j++ {
			folded[j] = foldKeyByte(folded[j])
		}
		return string(folded)
	}
	return key
}

func foldKeyByte(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c | 0x20
	case c == '-':
		return '_'
	}
	return c
}

// Merge returns fields with those of more whose keys they do not have, keys as SameKey compares them.
func Merge(fields, more []Field) []Field {
	all := slices.Clone(fields)
	for _, f := range more {
		if !slices.ContainsFunc(all, func(have Field) bool { return SameKey(have.Key, f.Key) }) {
			all = append(all, f)
		}
	}
	return all
}

// Member returns the text of the first of keys that a mapping has. Of a key that stands twice the last counts.
func (v Value) Member(keys ...string) string {
	for _, key := range keys {
		for i := len(v.Fields) - 1; i >= 0; i-- {
			f := &v.Fields[i]
			if f.Value.Kind == Scalar && SameKey(f.Key, key) && strings.TrimSpace(f.Value.Text) != "" {
				return strings.TrimSpace(f.Value.Text)
			}
		}
	}
	return ""
}
