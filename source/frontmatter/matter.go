// Package frontmatter takes the front matter off a text and reads it into fields: YAML, TOML and JSON, with the
// line and column of each value.
package frontmatter

import (
	"fmt"
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
	return Value{Kind: Scalar, Text: text}
}

// Lookup returns the value of the first of keys that is there and not null.
func Lookup(fields []Field, keys ...string) (string, Value) {
	for _, key := range keys {
		for _, f := range fields {
			if f.Key == key && f.Value.Kind != Null {
				return key, f.Value
			}
		}
	}
	return "", Value{}
}

// Member returns the text of the first of keys that a mapping has.
func (v Value) Member(keys ...string) string {
	for _, key := range keys {
		for _, f := range v.Fields {
			if f.Key == key && f.Value.Kind == Scalar && strings.TrimSpace(f.Value.Text) != "" {
				return strings.TrimSpace(f.Value.Text)
			}
		}
	}
	return ""
}

// checkUnique refuses keys that stand twice.
func checkUnique(fields []Field) error {
	seen := make(map[string]int, len(fields))
	for _, f := range fields {
		if line, twice := seen[f.Key]; twice {
			return source.Refuse(f.Value.Line, f.Value.Column, fmt.Sprintf("front matter: the key %q stands twice, first in line %d", f.Key, line))
		}
		seen[f.Key] = f.Value.Line
	}
	return nil
}

func hasKey(fields []Field, key string) bool {
	for _, f := range fields {
		if f.Key == key {
			return true
		}
	}
	return false
}
