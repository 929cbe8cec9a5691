package config

import (
	"bytes"
	"encoding/json"
)

// schemaFile returns herald.schema.json, the JSON Schema (draft 2020-12) of herald.yaml, for editors that complete
// and check while one types. Load decides: it also knows what keys mean together. What is not in this version may
// only be empty, so editors mark it. The bytes are always the same.
func schemaFile() []byte {
	s := object(root())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "herald.yaml"
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(s) // maps, slices and strings only: cannot fail
	return b.Bytes()
}

type schema = map[string]any

// object describes a mapping with k's keys and no others.
func object(k *key) schema {
	properties, required := schema{}, []string{}
	for i := range k.keys {
		c := &k.keys[i]
		properties[c.name] = property(c)
		if c.def == "(required)" {
			required = append(required, c.name)
		}
	}
	s := schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// property describes all that may stand after a key.
func property(k *key) schema {
	if k.notYet && instead(k) == "" {
		return schema{"type": "null", "description": k.doc + "; not in this version"}
	}
	any := shapes(k)
	if k.list {
		items := *k
		items.list = false
		list := schema{"type": "array", "items": schema{"anyOf": shapes(&items)}}
		if k.def == "(required)" {
			list["minItems"] = 1
		}
		any = []schema{list}
		if k.orOne {
			any = append(any, shapes(&items)...)
		}
	}
	if k.def != "(required)" {
		any = append(any, schema{"type": "null"}) // an empty value is one that is not given
	}
	s := schema{"anyOf": any}
	if k.doc != "" {
		s["description"] = k.doc
	}
	if k.def != "" && !inWords(k.def) {
		s["default"] = k.def
	}
	return s
}

// shapes describes one value: its scalar forms, then its mapping. A ${…} may stand for any scalar.
func shapes(k *key) []schema {
	reference := schema{"type": "string", "pattern": `\$\{`}
	scalar := schema{"type": []string{"string", "number", "boolean"}}
	var all []schema
	switch {
	case k.notYet:
		return only(k)
	case k.free:
		return []schema{{"type": "object", "additionalProperties": schema{"type": "string"}}}
	case k.kind == plain && len(k.values) > 0:
		all = []schema{{"enum": k.values}, reference}
	case k.kind == plain || k.kind == orBool:
		all = []schema{scalar}
	case k.kind == document:
		all = []schema{{"type": "string"}, {"const": false}}
	case k.kind == boolean:
		all = []schema{{"type": "boolean"}, reference}
	case k.kind == whole:
		all = []schema{{"type": "integer"}, reference}
	case k.kind == duration:
		all = []schema{{"type": "string", "pattern": `^([0-9.]+(ns|us|µs|ms|s|m|h))+$`}, {"const": 0}, reference}
	case k.kind == size:
		all = []schema{{"type": "integer"}, {"type": "string", "pattern": `^[0-9.]+ *([kKmMgG][iI]?)?[bB]$`}, reference}
	case k.kind == limit:
		all = []schema{{"type": "integer", "minimum": 0}, {"type": "string", "pattern": `^[0-9.]+ *%$`}, reference}
	}
	if k.keys != nil {
		all = append(all, object(k))
	}
	return all
}

// only describes a key of another version: it may say its default.
func only(k *key) []schema {
	if k.kind == boolean {
		return []schema{{"const": k.def == "true"}}
	}
	return []schema{{"const": k.def}}
}
