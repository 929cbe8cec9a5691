package config

import _ "embed"

// Schema is the JSON Schema of herald.yaml (draft 2020-12).
//
//go:embed herald.schema.json
var Schema string

// Setting is one value that was given, wherever it was given: in the file, by a reference in it, or in the environment.
type Setting struct {
	Path  string // of the value: "sources[0].permalink"
	Value string // with references replaced
	// Refers: it holds a reference. Secret: it may be a secret, for it holds one or stands where secrets do.
	Refers, Secret bool
}

// settings returns all values that are given below v.
func (v *value) settings() []Setting {
	var all []Setting
	for _, name := range v.order {
		all = append(all, v.keys[name].settings()...)
	}
	for _, item := range v.items {
		all = append(all, item.settings()...)
	}
	if v.keys == nil && len(v.items) == 0 {
		all = append(all, Setting{Path: v.path, Value: v.text, Refers: v.referred, Secret: v.referred || holdsSecrets(v.path) && v.key.isText()})
	}
	return all
}
